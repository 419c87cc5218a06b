"""``boxes``: in which box the paper of a day lies, and from when on it may be destroyed."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json, print_table
from clerk_desktop.model.errors import ExitCode, WrongUsage
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.paper_boxes import destroy_text


def register(commands: Subparsers, _: Translate) -> None:
    """Add the commands."""
    below = commands.add_parser("boxes", help=_("boxes of paper that was scanned")).add_subparsers(required=True)
    listing = below.add_parser("list", help=_("from when on the paper of each box may be destroyed"))
    form = listing.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true")
    form.add_argument(
        "--pdf", type=Path, metavar="FILE", help=_("to be printed, in German unless --lang says otherwise")
    )
    listing.set_defaults(run=run_list)
    put = below.add_parser("put", help=_("say in which box the letters of a day lie that have none yet"))
    put.add_argument("number")
    put.add_argument("--date", required=True, metavar="YYYY-MM-DD")
    put.set_defaults(run=run_put)


def run_list(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """List the boxes."""
    with context.open_desk() as desk:
        accounts = desk.day_accounts
        boxes = accounts.boxes.of(accounts.of(None))
        if arguments.pdf is not None:
            if arguments.pdf.is_dir() or not arguments.pdf.parent.is_dir():
                raise WrongUsage(what=str(arguments.pdf))
            for_paper = context.texts if arguments.lang else Texts.for_language("de")
            accounts.boxes.write_pdf(boxes, arguments.pdf, for_paper)
    _ = context.texts.gettext
    if context.json:
        print_json(
            [
                {
                    "box": box.number,
                    "letters": box.letters,
                    "first": box.first,
                    "last": box.last,
                    "destroyOn": box.destroy_on,
                    "hindrances": [each.value for each in box.hindrances],
                }
                for box in boxes
            ]
        )
    elif arguments.pdf is not None:
        context.say(_("Written: {file}").format(file=arguments.pdf))
    else:
        rows = [(box.number or "–", str(box.letters), destroy_text(box, context.texts)) for box in boxes]
        print_table((_("Box"), _("Letters"), _("May be destroyed")), rows)
    return ExitCode.DONE


def run_put(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Put a day's letters into a box."""
    try:
        day = date.fromisoformat(arguments.date)
    except ValueError as error:
        raise WrongUsage(what=arguments.date) from error
    with context.open_desk() as desk:
        count = desk.day_accounts.boxes.put(arguments.number, day)
    text = context.texts.ngettext("{count} letter lies in box {box}.", "{count} letters lie in box {box}.", count)
    context.say(text.format(count=count, box=arguments.number))
    return ExitCode.DONE
