"""Every command with its words."""

from __future__ import annotations

import argparse

from clerk_desktop import __version__
from clerk_desktop.cli.commands import (
    accounts,
    admin,
    background,
    bench,
    boxes,
    cases,
    collate,
    demo,
    doctor,
    documents,
    marks,
    pages,
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
from clerk_desktop.cli.options import global_options
from clerk_desktop.system.texts import Texts

GROUPS = (
    *(accounts, admin, background, bench, cases, demo, doctor, documents, marks, reconcile, scan_folders, serve),
    *(boxes, collate, pages, sample, scan, search, sheets, transfers, verify_log),
)


def parser(texts: Texts) -> argparse.ArgumentParser:
    """Return the parser of the whole command line; without a command it opens the window."""
    made = global_options(add_help=True)
    made.add_argument("--version", action="version", version=f"clerk-desktop {__version__}")
    made.set_defaults(run=window.run_window)
    commands = made.add_subparsers(metavar=texts.gettext("COMMAND"))
    for group in GROUPS:
        group.register(commands, texts.gettext)
    return made
