"""``annotations`` and ``annotate``: marks out, and in as mine."""

from __future__ import annotations

import argparse
from pathlib import Path

from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json, print_table
from clerk_desktop.model.annotation import Mark
from clerk_desktop.model.errors import ExitCode, WrongUsage
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.mark_names import name_of
from clerk_desktop.system.files import write_whole


def register(commands: Subparsers, _: Translate) -> None:
    """Add the commands."""
    shown = commands.add_parser("annotations", help=_("everybody's marks on a document"))
    shown.add_argument("document_id")
    shown.add_argument("--xfdf", type=Path, default=None, metavar="FILE", help=_("write them as XFDF"))
    shown.add_argument("--json", action="store_true")
    shown.set_defaults(run=run_annotations)
    taken = commands.add_parser("annotate", help=_("take marks in as mine"))
    taken.add_argument("document_id")
    taken.add_argument("--xfdf", type=Path, required=True, metavar="FILE")
    taken.set_defaults(run=run_annotate)


def run_annotations(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """List marks, or write them to a file."""
    document_id = DocumentId(arguments.document_id)
    with context.open_desk() as desk:
        marks, pages = desk.marks.known(document_id), desk.export.known(document_id).page_count
        if arguments.xfdf is not None:
            _write(arguments.xfdf, desk.marks.file(document_id))
    if context.json:
        print_json([_mark_json(mark) for mark in marks])
    elif arguments.xfdf is None:
        _ = context.texts.gettext
        rows = [(_page(mark, pages, _), _(name_of(mark)), mark.author, mark.text) for mark in marks]
        print_table((_("Page"), _("Kind"), _("Author"), _("Text")), rows)
    return ExitCode.DONE


def run_annotate(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Take the marks of a file in."""
    try:
        content = arguments.xfdf.read_bytes()
    except OSError as error:
        raise WrongUsage(what=str(arguments.xfdf)) from error
    document_id = DocumentId(arguments.document_id)
    with context.open_desk() as desk:
        mine = desk.marks.take_in(document_id, content)
        pages = desk.export.known(document_id).page_count
    text = context.texts.ngettext("{count} mark of mine now.", "{count} marks of mine now.", len(mine.marks))
    context.say(text.format(count=len(mine.marks)))
    astray = sum(not mark.stands_among(pages) for mark in mine.marks)
    if astray:
        text = context.texts.ngettext(
            "{count} of them stands on no page of the document: it is kept and listed, and shown on none.",
            "{count} of them stand on no page of the document: they are kept and listed, and shown on none.",
            astray,
        )
        context.say(text.format(count=astray))
    return ExitCode.DONE


def _page(mark: Mark, pages: int, _: Translate) -> str:
    if not mark.page:
        return _("without a page")
    here = mark.stands_among(pages)
    return str(mark.page) if here else _("{page} (not in the document)").format(page=mark.page)


def _write(target: Path, content: bytes) -> None:
    try:
        write_whole(target, content)
    except OSError as error:
        raise WrongUsage(what=str(target)) from error


def _mark_json(mark: Mark) -> dict[str, object]:
    rect = mark.rect
    return {
        "id": mark.mark_id,
        "kind": mark.kind.value,
        "page": mark.page or None,
        "author": mark.author,
        "text": mark.text,
        "modified": mark.modified,
        "rect": [round(value, 2) for value in (rect.x0, rect.y0, rect.x1, rect.y1)],
    }
