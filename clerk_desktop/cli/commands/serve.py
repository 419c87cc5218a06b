"""``serve`` and ``serve add-user``: the embedded CMIS server."""

from __future__ import annotations

import argparse
import signal
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from clerk_desktop.cli.commands.accounts import read_password
from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.model.errors import (
    AddressTaken,
    ExitCode,
    FolderNotServed,
    WorkerNotStarted,
    WorkersClosed,
    WrongUsage,
)
from clerk_desktop.model.municipality import MUNICIPALITIES, find_municipality
from clerk_desktop.system.resources import resources_folder
from clerk_desktop.usecases.full_text import EmbeddedTexts

TOWNS = {town.key: town.title for town in MUNICIPALITIES}


def register(commands: Subparsers, _: Translate) -> None:
    """Add the commands."""
    serve = commands.add_parser("serve", help=_("run the embedded server"))
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8765)
    serve.add_argument("--data", type=Path, default=None, metavar="DIR")
    serve.add_argument("--demo-data", action="store_true", help=_("with a sample office; on this machine only"))
    serve.add_argument("--tls-cert", type=Path, default=None, metavar="FILE")
    serve.add_argument("--tls-key", type=Path, default=None, metavar="FILE")
    serve.set_defaults(run=run_serve)
    user = serve.add_subparsers().add_parser("add-user", help=_("add a user and end"))
    user.add_argument("name")
    user.add_argument("--data", type=Path, required=True, metavar="DIR", dest="users_data")
    user.add_argument("--password-stdin", action="store_true")
    user.add_argument("--municipality", required=True)
    user.add_argument("--role", choices=("clerk", "mailroom", "admin"), default="clerk")
    user.set_defaults(run=run_add_user)


def run_serve(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Serve until stopped. Without ``--data`` the repository lasts as long as the server."""
    from clerk_desktop.server.faults import Fault
    from clerk_desktop.server.serving import AddressUnusable, CertificateUnusable, EmbeddedServer, InsecureHost, Tls

    if bool(arguments.tls_cert) != bool(arguments.tls_key):
        raise WrongUsage(what="--tls-cert, --tls-key")
    if arguments.demo_data and arguments.tls_cert:
        raise WrongUsage(what="--demo-data")
    tls = Tls(certificate=arguments.tls_cert, key=arguments.tls_key) if arguments.tls_cert else None
    with ExitStack() as open_things:
        data = arguments.data or Path(open_things.enter_context(tempfile.TemporaryDirectory(prefix="clerk-serve-")))
        texts = open_things.enter_context(closing(EmbeddedTexts()))
        try:
            server = EmbeddedServer(
                data,
                resources_folder() / "cmis-types",
                towns=TOWNS,
                host=arguments.host,
                port=arguments.port,
                tls=tls,
                text_of=_text_of(texts),
            )
        except InsecureHost as error:
            raise WrongUsage(what=f"--host {arguments.host}") from error
        except CertificateUnusable as error:
            what = f"--tls-cert {arguments.tls_cert} --tls-key {arguments.tls_key}"
            raise WrongUsage(what=what) from error
        except AddressUnusable as error:
            raise AddressTaken(what=str(error)) from error
        except (Fault, OSError) as error:
            raise FolderNotServed(what=str(data)) from error
        if arguments.demo_data:
            from clerk_desktop.demo.seed import seed

            seed(server)
        signal.signal(signal.SIGTERM, _interrupt)
        try:
            print(f"listening on {server.url}", flush=True)
            server.serve_forever()
        except KeyboardInterrupt:
            pass  # somebody ended it
        finally:
            texts.close()  # first: whoever reads a long PDF need not be waited for
            server.stop()  # whenever the signal came: threads that are left keep the process alive
    return ExitCode.DONE


def _text_of(texts: EmbeddedTexts) -> Callable[[BinaryIO], str]:
    from clerk_desktop.server.texts import TextUnavailable

    def text_of(source: BinaryIO) -> str:
        try:
            return texts.text(source)
        except (WorkerNotStarted, WorkersClosed) as error:
            raise TextUnavailable from error

    return text_of


def run_add_user(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Add a user, or change an existing one's password, town and role."""
    from clerk_desktop.server.accounts import Accounts
    from clerk_desktop.server.faults import Fault
    from clerk_desktop.server.repository.repository import users_only
    from clerk_desktop.server.rights import Role

    town = find_municipality(arguments.municipality)
    if town is None:
        raise WrongUsage(what=arguments.municipality)
    password = read_password(context.texts.gettext("Password: "), from_stdin=arguments.password_stdin)
    if not password:
        raise WrongUsage(what="--password-stdin")
    try:
        with users_only(arguments.users_data) as database:
            accounts = Accounts(database, TOWNS)
            accounts.add_user(arguments.name, password, municipality=town.key, role=Role(arguments.role))
    except (Fault, OSError) as error:
        if isinstance(error, Fault) and error.status == 400:
            raise WrongUsage(what=arguments.name) from error
        raise FolderNotServed(what=str(arguments.users_data)) from error
    return ExitCode.DONE


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
