"""The program's entry: reads the command line, runs one command, turns errors into a sentence and an exit code."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from clerk_desktop import __version__
from clerk_desktop.cli.commands import (
    accounts,
    admin,
    background,
    bench,
    cases,
    collate,
    demo,
    doctor,
    documents,
    marks,
    reconcile,
    sample,
    scan,
    scan_folders,
    search,
    serve,
    sheets,
    transfers,
    verify_log,
    window,
)
from clerk_desktop.cli.context import Context
from clerk_desktop.model.errors import ClerkError, ExitCode
from clerk_desktop.system import proxy_process
from clerk_desktop.system.paths import default_home
from clerk_desktop.system.texts import Texts

GROUPS = (
    *(accounts, admin, background, bench, cases, demo, doctor, documents, marks, reconcile, scan_folders, serve),
    *(collate, sample, scan, search, sheets, transfers, verify_log),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program. Returns the exit code of ``cli.md``."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words == [proxy_process.FLAG]:  # the frozen program has no other way to start a process of its own
        return proxy_process.main()
    early, _ = _globals(add_help=False).parse_known_args(words)
    texts = Texts.for_language(early.lang)
    arguments = _parser(texts).parse_args(words)
    context = Context(
        home=Path(arguments.home or default_home(os.environ)),
        texts=texts,
        json=getattr(arguments, "json", False),
    )
    logging.basicConfig(level=logging.INFO if arguments.verbose else logging.WARNING, stream=sys.stderr)
    try:
        return int(arguments.run(context, arguments))
    except ClerkError as error:
        print(texts.sentence(error), file=sys.stderr)
        return int(error.exit_code)
    except KeyboardInterrupt:
        return int(ExitCode.FAILED)


def _globals(*, add_help: bool) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="clerk-desktop", add_help=add_help)
    parser.add_argument("--home", metavar="DIR", default=None)
    parser.add_argument("--lang", choices=("de", "en"), default=None)
    parser.add_argument("--verbose", action="store_true")
    return parser


def _parser(texts: Texts) -> argparse.ArgumentParser:
    parser = _globals(add_help=True)
    parser.add_argument("--version", action="version", version=f"clerk-desktop {__version__}")
    parser.set_defaults(run=window.run_window)
    commands = parser.add_subparsers(metavar=texts.gettext("COMMAND"))
    for group in GROUPS:
        group.register(commands, texts.gettext)
    return parser
