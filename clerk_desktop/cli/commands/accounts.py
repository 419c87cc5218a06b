"""``login`` and ``logout``."""

from __future__ import annotations

import argparse
import getpass
import sys
from contextlib import nullcontext

from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.model.account import SignInKind
from clerk_desktop.model.errors import ExitCode, StillAtWork
from clerk_desktop.model.signing_in import Browser, SignInRequest
from clerk_desktop.system.browser import open_address
from clerk_desktop.system.locks import Lock, Locks, Role
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.settings import DMS_MAPPING, SIGN_IN
from clerk_desktop.usecases.desk import Desk


def register(commands: Subparsers, _: Translate) -> None:
    """Add the commands."""
    login = commands.add_parser("login", help=_("sign in to the shared server"))
    login.add_argument("--url", required=True, metavar="SERVICE_URL")
    login.add_argument("--user", default="", metavar="NAME")
    login.add_argument(
        "--sign-in",
        choices=[kind.value for kind in SignInKind],
        help=_("how to sign in; otherwise as the settings say"),
    )
    login.add_argument(
        "--password-stdin", action="store_true", help=_("read what is asked for from standard input, a line each")
    )
    login.add_argument("--repository", default="", metavar="ID")
    login.add_argument("--mapping", default="", metavar="NAME", help=_("DMS mapping; otherwise as the settings say"))
    login.set_defaults(run=run_login)
    logout = commands.add_parser("logout", help=_("forget the password"))
    logout.add_argument("--purge", action="store_true", help=_("also destroy the local store"))
    logout.add_argument("--discard-unsent", action="store_true", help=_("even when work was not sent yet"))
    logout.set_defaults(run=run_logout)


def run_login(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Sign in."""
    _ = context.texts.gettext
    with context.open_desk() as desk:
        kind = SignInKind(arguments.sign_in or desk.settings.load().value(SIGN_IN))
        account = desk.accounts.log_in(ask_who(context, desk, arguments, kind))
    context.say(_("Signed in as {user}.").format(user=account.user))
    return ExitCode.DONE


def ask_who(context: Context, desk: Desk, arguments: argparse.Namespace, kind: SignInKind) -> SignInRequest:
    """Ask for what a kind of sign-in needs and return it with what the command line says."""
    _ = context.texts.gettext
    stdin = arguments.password_stdin
    password = read_password(_("Password: "), from_stdin=stdin) if kind.asks_password else ""
    locked = desk.accounts.certificate_locked()
    passphrase = read_password(_("Passphrase of the certificate: "), from_stdin=stdin) if locked else ""
    return SignInRequest(
        url=arguments.url,
        user=arguments.user,
        password=password,
        passphrase=passphrase,
        repository=arguments.repository,
        mapping=arguments.mapping or desk.settings.load().value(DMS_MAPPING),
        kind=kind,
        browser=_browser(context),
    )


def _browser(context: Context) -> Browser:
    _ = context.texts.gettext

    def show(url: str) -> None:
        print(
            _("Sign in in the browser. If none opens, open this address:"), url, sep="\n", file=sys.stderr, flush=True
        )
        open_address(url)

    return Browser(
        open=show,
        done=_("You can close this page and go on in clerk-desktop."),
        failed=_("The sign-in was not completed. You can close this page and try again in clerk-desktop."),
    )


def run_logout(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Sign out."""
    with _window_of(context) if arguments.purge else nullcontext(), context.open_desk() as desk:
        desk.accounts.log_out(purge=arguments.purge, discard_unsent=arguments.discard_unsent)
    return ExitCode.DONE


def _window_of(context: Context) -> Lock:
    """Keep a window from opening. Raises ``StillAtWork`` while there is one."""
    lock = Locks(Profile(context.home).locks).try_take(Role.WINDOW)
    if lock is None:
        raise StillAtWork
    return lock


def read_password(prompt: str, *, from_stdin: bool) -> str:
    """Return the password from standard input (one line) or from the terminal, never from the command line."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass(prompt)
