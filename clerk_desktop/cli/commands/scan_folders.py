"""``scan-folder add | list | remove | check``."""

from __future__ import annotations

import argparse
from pathlib import Path

from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json, print_table
from clerk_desktop.model.batch import BatchMode
from clerk_desktop.model.errors import ExitCode
from clerk_desktop.model.watching import WatchFinding
from clerk_desktop.usecases.scan_folders import Retention
from clerk_desktop.usecases.watching_words import how_watched


def register(commands: Subparsers, _: Translate) -> None:
    """Add the commands."""
    folders = commands.add_parser("scan-folder", help=_("watched folders")).add_subparsers(required=True)
    add = folders.add_parser("add", help=_("watch a folder"))
    add.add_argument("folder", type=Path, metavar="DIR")
    add.add_argument("--municipality", required=True)
    add.add_argument("--keep-originals", type=_retention, metavar=f"DAYS|{Retention.FOR_EVER.value}")
    modes = [mode.value for mode in BatchMode]
    add.add_argument("--batch", choices=modes, help=_("which files of the scanner belong together"))
    add.add_argument("--batch-quiet", type=float, metavar="SECONDS", help=_("after which no more pages are expected"))
    add.add_argument("--batch-wait", type=float, metavar="SECONDS", help=_("for an index file, then without it"))
    add.set_defaults(run=run_add)
    listing = folders.add_parser("list", help=_("show watched folders"))
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=run_list)
    remove = folders.add_parser("remove", help=_("stop watching a folder"))
    remove.add_argument("folder", type=Path, metavar="DIR")
    remove.set_defaults(run=run_remove)
    check = folders.add_parser("check", help=_("try a folder out: does a new file announce itself, and how fast?"))
    check.add_argument("folder", type=Path, metavar="DIR")
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=run_check)


def _retention(said: str) -> int | Retention:
    if said == Retention.FOR_EVER.value:
        return Retention.FOR_EVER
    try:
        return int(said)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{said}: DAYS, {Retention.FOR_EVER.value}") from error


def run_add(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Watch a folder; of one that is watched already, what is not said stays as it was."""
    with context.open_desk() as desk:
        desk.scan_folders.add(
            arguments.folder,
            arguments.municipality,
            arguments.keep_originals,
            batch=None if arguments.batch is None else BatchMode(arguments.batch),
            batch_quiet=arguments.batch_quiet,
            batch_wait=arguments.batch_wait,
        )
    return ExitCode.DONE


def run_list(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Show the watched folders."""
    with context.open_desk() as desk:
        folders, found = desk.scan_folders.all(), desk.scan_folders.findings()
    modes = {path: finding.mode.value for path, finding in found.items()}
    if context.json:
        print_json(
            [
                {
                    "path": each.path,
                    "municipality": each.municipality,
                    "batch": each.batch.value,
                    "mode": modes.get(each.path),
                }
                for each in folders
            ]
        )
    else:
        _ = context.texts.gettext
        rows = [
            (folder.path, folder.municipality, folder.batch.value, modes.get(folder.path, "")) for folder in folders
        ]
        print_table((_("Folder"), _("Municipality"), _("Batches"), _("Watched by")), rows)
        for finding in found.values():
            print(f"\n{finding.path}", *how_watched(finding, context.texts), sep="\n  ")
    return ExitCode.DONE


def run_remove(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Stop watching a folder."""
    with context.open_desk() as desk:
        desk.scan_folders.remove(arguments.folder)
    return ExitCode.DONE


def run_check(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Try a folder out; fails where originals could not be put away."""
    with context.open_desk() as desk:
        finding = desk.scan_folders.check(arguments.folder)
    if context.json:
        print_json(
            {
                "path": finding.path,
                "fileSystem": finding.file_system,
                "remote": finding.remote,
                "writable": finding.writable,
                "mode": finding.mode.value,
                "reason": finding.reason.value,
                "eventAfterSeconds": finding.event_after,
                "listingSeconds": finding.listing,
                "lookEverySeconds": finding.look_every,
                "files": finding.files,
            }
        )
    else:
        for sentence in _told(context, finding):
            print(sentence)
    return ExitCode.DONE if finding.writable else ExitCode.FAILED


def _told(context: Context, finding: WatchFinding) -> list[str]:
    _ = context.texts.gettext
    place = _("network share") if finding.remote else _("on this machine")
    return [
        f"{_('File system')}: {finding.file_system} ({place})",
        _("Listing the folder ({files} files) takes {milliseconds} ms.").format(
            files=finding.files, milliseconds=round(finding.listing * 1000)
        ),
        *how_watched(finding, context.texts),
    ]
