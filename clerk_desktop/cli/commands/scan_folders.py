"""``scan-folder add | list | remove | check``."""

from __future__ import annotations

import argparse
from pathlib import Path

from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json, print_table
from clerk_desktop.model.errors import ExitCode


def register(commands: Subparsers, _: Translate) -> None:
    """Add the commands."""
    folders = commands.add_parser("scan-folder", help=_("watched folders")).add_subparsers(required=True)
    add = folders.add_parser("add", help=_("watch a folder"))
    add.add_argument("folder", type=Path, metavar="DIR")
    add.add_argument("--municipality", required=True)
    add.add_argument("--keep-originals", type=int, default=None, metavar="DAYS")
    add.set_defaults(run=run_add)
    listing = folders.add_parser("list", help=_("show watched folders"))
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=run_list)
    remove = folders.add_parser("remove", help=_("stop watching a folder"))
    remove.add_argument("folder", type=Path, metavar="DIR")
    remove.set_defaults(run=run_remove)


def run_add(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Watch a folder."""
    with context.open_desk() as desk:
        desk.scan_folders.add(arguments.folder, arguments.municipality, arguments.keep_originals)
    return ExitCode.DONE


def run_list(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Show the watched folders."""
    with context.open_desk() as desk:
        folders = desk.scan_folders.all()
    if context.json:
        print_json([{"path": folder.path, "municipality": folder.municipality} for folder in folders])
    else:
        _ = context.texts.gettext
        print_table((_("Folder"), _("Municipality")), [(folder.path, folder.municipality) for folder in folders])
    return ExitCode.DONE


def run_remove(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Stop watching a folder."""
    with context.open_desk() as desk:
        desk.scan_folders.remove(arguments.folder)
    return ExitCode.DONE
