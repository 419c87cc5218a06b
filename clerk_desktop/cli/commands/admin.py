"""``admin check`` and ``admin install-types``."""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
from dataclasses import replace

from clerk_desktop.cli.admin_texts import NEEDS, STATES, STRATEGIES, TODO
from clerk_desktop.cli.commands.accounts import ask_who
from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json
from clerk_desktop.model.account import Account, SignInKind
from clerk_desktop.model.administration import Examination, Todo, TypeReport, TypeState
from clerk_desktop.model.errors import ExitCode, WrongUsage
from clerk_desktop.model.signing_in import SignInRequest
from clerk_desktop.system.resources import resources_folder
from clerk_desktop.system.settings import SIGN_IN
from clerk_desktop.usecases.desk import Desk

CONTENT_MODELS = "content-models"
PROGRAM = "clerk-desktop"


def register(commands: Subparsers, _: Translate) -> None:
    """Add the commands."""
    admin = commands.add_parser("admin", help=_("prepare a server for the office")).add_subparsers(required=True)
    check = admin.add_parser("check", help=_("what a server can do, and what must be added to it"))
    check.set_defaults(run=run_check)
    install = admin.add_parser("install-types", help=_("create the program's types where the server allows it"))
    install.set_defaults(run=run_install)
    for parser in (check, install):
        parser.add_argument("url", nargs="?", default="", metavar="URL", help=_("another server than the profile's"))
        parser.add_argument("--user", default="", metavar="NAME")
        parser.add_argument("--password-stdin", action="store_true", help=_("read the password from standard input"))
        parser.add_argument("--repository", default="", metavar="ID")
        parser.add_argument(
            "--mapping", default="", metavar="NAME", help=_("DMS mapping; otherwise as the settings say")
        )
        parser.add_argument("--json", action="store_true")


def run_check(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Look and tell. 5 when something must be added before clerks can begin."""
    with context.open_desk() as desk:
        who = _who(context, desk, arguments)
        found = desk.administration.check(who)
    if context.json:
        print_json(_as_json(found))
    else:
        _print(context, found, install_command(who, sys.platform))
    return ExitCode.DONE if found.ready else ExitCode.NEEDS_CLERK


def run_install(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Create what is absent and tell what was done. 1 when a type cannot be used afterwards."""
    with context.open_desk() as desk:
        who = _who(context, desk, arguments)
        types = desk.administration.install_types(who)
    if context.json:
        print_json([_type_json(report) for report in types])
    else:
        _print_types(context, types)
    _ = context.texts.gettext
    if not types:
        context.say(_("With this mapping no types are needed: all fields are kept as a note."))
    for report in types:
        if report.state is TypeState.INCOMPLETE:
            what = f"{report.type_id}: {', '.join(report.missing)}"
            context.say(_(TODO[Todo.EXTEND_TYPE]).format(what=what))
    refused = [report for report in types if report.state is TypeState.REFUSED]
    if refused:
        context.say(_(TODO[Todo.ADD_TYPE]).format(what=", ".join(report.type_id for report in refused)))
        _point_to_the_model(context, who.mapping)
    return ExitCode.DONE if all(report.state.usable for report in types) else ExitCode.FAILED


def _who(context: Context, desk: Desk, arguments: argparse.Namespace) -> SignInRequest | Account:
    """Return who asks of which server: the account of the profile, by another mapping if told so, or somebody else."""
    current = desk.accounts.current()
    url = arguments.url or (current.url if current else "")
    if current is not None and url == current.url and arguments.user in ("", current.user):
        repository = arguments.repository or current.repository
        return replace(current, repository=repository, mapping=arguments.mapping or current.mapping)
    if not url:
        raise WrongUsage(what="URL")
    kind = SignInKind(desk.settings.load().value(SIGN_IN))
    if kind.asks_password and not arguments.user:
        raise WrongUsage(what="--user")
    arguments.url = url
    return ask_who(context, desk, arguments, kind)


def install_command(who: SignInRequest | Account, platform: str) -> str:
    """Return the line that creates the types on that server, quoted for the shell of ``platform``."""
    user = ("--user", who.user) if who.user else ()
    repository = ("--repository", who.repository) if who.repository else ()
    words = (PROGRAM, "admin", "install-types", who.url, *user, *repository, "--mapping", who.mapping)
    return " ".join(map(_for_windows, words)) if platform == "win32" else shlex.join(words)


def _for_windows(word: str) -> str:
    """Quote for the Windows prompt, which takes more than blanks as its own."""
    quoted = subprocess.list2cmdline([word])
    return f'"{quoted}"' if quoted == word and set(word) & set("&|<>^()%") else quoted


def _print(context: Context, found: Examination, install: str) -> None:
    _ = context.texts.gettext
    print(f"{found.product}  ({found.repository}, --mapping {found.mapping})")
    told = ", ".join(f"{name} {value}" for name, value in found.told.items())
    print("  " + _("The server says of itself: {what}").format(what=told))
    for met in found.needs:
        print(f"  {_(NEEDS[met.need])}: {_(STRATEGIES[met.strategy])}")
    _print_types(context, found.types)
    for todo in dict.fromkeys(item.todo for item in found.todo):
        sign = "✗" if todo.hinders else "·"
        each = [item.what for item in found.todo if item.todo is todo]
        for what in each if todo is Todo.EXTEND_TYPE else (", ".join(each),):
            print(f"{sign} {_(TODO[todo]).format(what=what, command=install)}")
    if any(item.todo is Todo.ADD_TYPE for item in found.todo):
        _point_to_the_model(context, found.mapping)
    if found.ready:
        print(_("Clerks can work with this server."))


def _print_types(context: Context, types: tuple[TypeReport, ...]) -> None:
    _ = context.texts.gettext
    for report in types:
        sign = "✓" if report.state.usable else "✗"
        print(f"{sign} {report.type_id}: {_(STATES[report.state])}")


def _point_to_the_model(context: Context, mapping: str) -> None:
    model = resources_folder() / CONTENT_MODELS / f"{mapping}.xml"
    if model.is_file():
        _ = context.texts.gettext
        context.say(_("The content model to deploy on the server: {file}").format(file=model))


def _as_json(found: Examination) -> dict[str, object]:
    return {
        "product": found.product,
        "repository": found.repository,
        "mapping": found.mapping,
        "ready": found.ready,
        "server": found.told,
        "needs": {met.need.value: met.strategy.value for met in found.needs},
        "types": [_type_json(report) for report in found.types],
        "todo": [{"todo": item.todo.value, "what": item.what, "hinders": item.todo.hinders} for item in found.todo],
    }


def _type_json(report: TypeReport) -> dict[str, object]:
    return {"type": report.type_id, "state": report.state.value, "missing": list(report.missing)}
