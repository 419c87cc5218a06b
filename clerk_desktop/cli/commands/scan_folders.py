"""``scan-folder add | list | remove | check``."""

from __future__ import annotations

import argparse
from pathlib import Path

from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json, print_table
from clerk_desktop.model.batch import BatchMode
from clerk_desktop.model.errors import ExitCode
from clerk_desktop.usecases.scan_folders import WatchFinding


def register(commands: Subparsers, _: Translate) -> None:
    """Add the commands."""
    folders = commands.add_parser("scan-folder", help=_("watched folders")).add_subparsers(required=True)
    add = folders.add_parser("add", help=_("watch a folder"))
    add.add_argument("folder", type=Path, metavar="DIR")
    add.add_argument("--municipality", required=True)
    add.add_argument("--keep-originals", type=int, default=None, metavar="DAYS")
    modes = [mode.value for mode in BatchMode]
    add.add_argument("--batch", choices=modes, default=modes[0], help=_("which files of the scanner belong together"))
    add.add_argument(
        "--batch-quiet", type=float, default=20.0, metavar="SECONDS", help=_("after which no more pages are expected")
    )
    add.add_argument(
        "--batch-wait", type=float, default=600.0, metavar="SECONDS", help=_("for an index file, then without it")
    )
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


def run_add(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Watch a folder."""
    with context.open_desk() as desk:
        desk.scan_folders.add(
            arguments.folder,
            arguments.municipality,
            arguments.keep_originals,
            batch=BatchMode(arguments.batch),
            batch_quiet=arguments.batch_quiet,
            batch_wait=arguments.batch_wait,
        )
    return ExitCode.DONE


def run_list(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Show the watched folders."""
    with context.open_desk() as desk:
        folders = desk.scan_folders.all()
    if context.json:
        print_json(
            [{"path": each.path, "municipality": each.municipality, "batch": each.batch.value} for each in folders]
        )
    else:
        _ = context.texts.gettext
        rows = [(folder.path, folder.municipality, folder.batch.value) for folder in folders]
        print_table((_("Folder"), _("Municipality"), _("Batches")), rows)
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
                "fileSystem": finding.file_system.name,
                "remote": finding.file_system.remote,
                "writable": finding.writable,
                "mode": finding.mode.value,
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
    system = finding.file_system
    place = _("network share") if system.remote else _("on this machine")
    told = [
        f"{_('File system')}: {system.name} ({place})",
        _("Listing the folder ({files} files) takes {milliseconds} ms.").format(
            files=finding.files, milliseconds=round(finding.listing * 1000)
        ),
    ]
    if not finding.writable:
        told.append(_("The folder cannot be written. Originals would stay where they are: check the rights."))
    elif finding.event_after is not None:
        milliseconds = round(finding.event_after * 1000)
        told.append(_("A new file announces itself after {milliseconds} ms.").format(milliseconds=milliseconds))
    elif system.remote:
        told.append(_("Shares do not tell what other machines write there, so the folder is looked at by the clock."))
    else:
        told.append(_("A new file does not announce itself here, so the folder is looked at by the clock."))
    told.append(_("In any case the folder is looked at every {seconds} s.").format(seconds=round(finding.look_every)))
    return told
