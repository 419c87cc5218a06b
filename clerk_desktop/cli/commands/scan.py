"""``scan``: pages from a scanner on the network into a scan folder."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Callable
from pathlib import Path

from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json, print_table
from clerk_desktop.model.errors import ExitCode, NotKnown, WrongUsage
from clerk_desktop.model.scanning import ColourMode, ScanBatch, ScannerPlace, ScanSource, ScanWish
from clerk_desktop.usecases.desk import Desk
from clerk_desktop.usecases.scanning import LookedAt, ScanResult, trouble_of

DPI = 300


def register(commands: Subparsers, _: Translate) -> None:
    """Add the command."""
    scan = commands.add_parser("scan", help=_("scan from a scanner on the network into a scan folder"))
    scan.add_argument("--scanner", metavar="URL|NAME", help=_("address, or the name under which it announces itself"))
    scan.add_argument("--folder", type=Path, metavar="DIR", help=_("the scan folder, where there are several"))
    where = scan.add_mutually_exclusive_group()
    where.add_argument("--adf", action="store_const", dest="source", const=ScanSource.FEEDER, help=_("from the feeder"))
    where.add_argument(
        "--platen", action="store_const", dest="source", const=ScanSource.PLATEN, help=_("from the glass plate")
    )
    scan.add_argument("--duplex", action="store_true", help=_("both sides"))
    scan.add_argument("--dpi", type=int, metavar="N", help=_("resolution; 300 unless told otherwise"))
    scan.add_argument("--mode", choices=[mode.value for mode in ColourMode])
    instead = scan.add_mutually_exclusive_group()
    instead.add_argument("--list", action="store_true", help=_("show scanners and scans that were broken off"))
    instead.add_argument("--confirm", metavar="FINGERPRINT", help=_("trust the certificate that the device shows"))
    instead.add_argument("--continue", dest="go_on", metavar="SCAN", help=_("scan the rest of a stack"))
    instead.add_argument("--keep", metavar="SCAN", help=_("keep the pages of a scan that was broken off"))
    instead.add_argument("--discard", metavar="SCAN", help=_("throw the pages of a scan away that was broken off"))
    scan.add_argument("--json", action="store_true")
    scan.set_defaults(run=run_scan)


def run_scan(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Scan, or what is wanted instead."""
    with context.open_desk() as desk:
        if arguments.list:
            return _list(context, desk, arguments)
        if arguments.discard:
            desk.scanning.discard(arguments.discard)
            return ExitCode.DONE
        if arguments.keep:
            return _told(context, desk.scanning.keep(arguments.keep))
        stop = threading.Event()
        if arguments.go_on:
            return _told(context, desk.scanning.go_on(arguments.go_on, _progress(context), stop))
        place = _place(desk, arguments.scanner)
        if arguments.confirm:
            desk.scanning.confirm(place, arguments.confirm)
            return ExitCode.DONE
        wish = _wish(desk, place, arguments)
        return _told(context, desk.scanning.scan(place, wish, arguments.folder, _progress(context), stop))


def _place(desk: Desk, wanted: str | None) -> ScannerPlace:
    """Return the device that is meant: an address, a name that announces itself, or the only one there is."""
    if wanted and ("://" in wanted or "." in wanted or ":" in wanted):
        return desk.scanning.at(wanted)
    found = desk.scanning.find()
    if wanted:
        found = [place for place in found if wanted.casefold() in place.name.casefold()]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotKnown(what=wanted or "--scanner")
    raise WrongUsage(what="--scanner " + " | ".join(place.name for place in found))


def _wish(desk: Desk, place: ScannerPlace, arguments: argparse.Namespace) -> ScanWish:
    source = arguments.source
    if source is None:
        source = ScanSource.FEEDER if arguments.duplex else desk.scanning.look(place).usual()
    return ScanWish(
        source=source,
        both_sides=arguments.duplex,
        dpi=arguments.dpi or DPI,
        mode=ColourMode(arguments.mode) if arguments.mode else ColourMode.COLOUR,
    )


def _progress(context: Context) -> Callable[[int], None]:
    told = context.texts.gettext("Page {number} is here.")
    return lambda pages: context.say(told.format(number=pages))


def _told(context: Context, result: ScanResult) -> ExitCode:
    batch = result.batch
    if context.json:
        print_json(
            {
                "scan": batch.batch_id,
                "pages": batch.pages,
                "file": str(result.file) if result.file else None,
                "scanner": batch.scanner.name,
                "trouble": batch.trouble or None,
            }
        )
    elif result.file is not None:
        told = context.texts.ngettext("{pages} page scanned: {file}", "{pages} pages scanned: {file}", batch.pages)
        context.say(told.format(pages=batch.pages, file=result.file))
    if result.trouble is None:
        return ExitCode.DONE
    context.complain(_waits(context, batch))
    return ExitCode.NEEDS_CLERK


def _waits(context: Context, batch: ScanBatch) -> str:
    texts = context.texts
    came = texts.ngettext(
        "{pages} page came, then: {trouble}", "{pages} pages came, then: {trouble}", batch.pages
    ).format(pages=batch.pages, trouble=texts.sentence(trouble_of(batch)))
    ways = texts.gettext("Go on with: scan --continue {scan} · keep what is there: scan --keep {scan}")
    return f"{came}\n{ways.format(scan=batch.batch_id[:8])}"


def _list(context: Context, desk: Desk, arguments: argparse.Namespace) -> ExitCode:
    if arguments.scanner:
        return _show(context, desk.scanning.look(_place(desk, arguments.scanner)))
    waiting = desk.scanning.unfinished()
    found = desk.scanning.find()
    if context.json:
        print_json(
            {
                "scanners": [{"name": place.name, "url": place.url} for place in found],
                "unfinished": [
                    {"scan": batch.batch_id, "pages": batch.pages, "trouble": batch.trouble, "folder": batch.folder}
                    for batch in waiting
                ],
            }
        )
    else:
        _ = context.texts.gettext
        print_table((_("Scanner"), _("Address")), [(place.name, place.url) for place in found])
        if not found:
            context.say(_("No scanner announces itself here. Name one with --scanner and its address."))
        for batch in waiting:
            context.say(_waits(context, batch))
    return ExitCode.NEEDS_CLERK if waiting else ExitCode.DONE


def _show(context: Context, looked: LookedAt) -> ExitCode:
    facts = looked.facts
    ways = {"platen": facts.platen, "adf": facts.feeder, "duplex": facts.duplex}
    if context.json:
        print_json(
            {
                "name": facts.name,
                "serial": facts.serial,
                "url": looked.place.url,
                "paperIsIn": looked.paper_is_in,
                **{
                    name: {"dpi": way.resolutions, "modes": [mode.value for mode in way.modes], "formats": way.formats}
                    for name, way in ways.items()
                    if way is not None
                },
            }
        )
    else:
        _ = context.texts.gettext
        print_table(
            (facts.name, _("Resolutions"), _("Colours")),
            [
                (f"--{name}", ", ".join(map(str, way.resolutions)), ", ".join(mode.value for mode in way.modes))
                for name, way in ways.items()
                if way is not None
            ],
        )
    return ExitCode.DONE
