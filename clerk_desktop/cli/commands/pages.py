"""``pages``: what can be done with the pages of letters in the inbox; scans and letters as they were are kept."""

from __future__ import annotations

import argparse

from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json
from clerk_desktop.model.errors import ExitCode
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.rearranging import PageAct, TakenPage
from clerk_desktop.usecases.desk import Desk
from clerk_desktop.usecases.rearranging import Prepared


def register(commands: Subparsers, _: Translate) -> None:
    """Add the commands."""
    pages = commands.add_parser("pages", help=_("split, join and rearrange letters of the inbox; scans are kept"))
    acts = pages.add_subparsers(dest="act", required=True, metavar="ACT")
    split = _act(acts, PageAct.SPLIT, _("cut a letter in two"))
    split.add_argument("--before", required=True, type=int, metavar="PAGE", help=_("the second letter begins here"))
    join = _act(acts, PageAct.JOIN, _("put a second letter behind a first one"))
    join.add_argument("other")
    collate = _act(acts, PageAct.COLLATE, _("lay the backs of a second letter between the fronts of a first one"))
    collate.add_argument("other")
    collate.add_argument("--first-back-first", action="store_true", help=_("the stack was not turned over as a whole"))
    collate.add_argument("--although", action="store_true", help=_("also where the numbers of pages do not fit"))
    remove = _act(acts, PageAct.REMOVE, _("sort pages out of a letter"))
    remove.add_argument("page", nargs="+", type=int)
    turn = _act(acts, PageAct.TURN, _("turn pages clockwise, their images untouched"))
    turn.add_argument("page", nargs="+", type=int)
    turn.add_argument("--by", required=True, type=int, choices=(90, 180, 270))
    move = _act(acts, PageAct.MOVE, _("move pages into another letter, or within one"))
    move.add_argument("page", nargs="+", type=int)
    move.add_argument("--to", required=True, metavar="DOCUMENT_ID")
    move.add_argument("--before", type=int, default=0, metavar="PAGE", help=_("behind the last page unless given"))
    replace = _act(acts, PageAct.REPLACE, _("put a page of another letter in the place of a page"))
    replace.add_argument("page", type=int)
    replace.add_argument("--by", required=True, metavar="DOCUMENT_ID")
    replace.add_argument("--by-page", type=int, default=1, metavar="PAGE")


def run_pages(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Do one act, and say which letters came of it."""
    with context.open_desk() as desk:
        done = desk.rearranging.commit(_prepared(desk, arguments))
    if context.json:
        letters = [{"documentId": each.document_id, "pages": _json(each.pages)} for each in done.letters]
        print_json({"letters": letters, "givenWay": list(done.given_way), "sortedOut": _json(done.sorted_out)})
        return ExitCode.DONE
    _ = context.texts.gettext
    for letter in done.letters:
        context.say(_("Letter {id}: {count} p.").format(id=letter.document_id, count=len(letter.pages)))
    if done.sorted_out:
        context.say(_("Sorted out, kept in the scan: {count} p.").format(count=len(done.sorted_out)))
    return ExitCode.DONE


def _act(acts: Subparsers, act: PageAct, text: str) -> argparse.ArgumentParser:
    made = acts.add_parser(act.value, help=text)
    made.add_argument("document_id")
    made.add_argument("--json", action="store_true")
    made.set_defaults(run=run_pages)
    return made


def _prepared(desk: Desk, arguments: argparse.Namespace) -> Prepared:
    work, document_id = desk.rearranging, DocumentId(arguments.document_id)
    match PageAct(arguments.act):
        case PageAct.SPLIT:
            return work.split(document_id, arguments.before)
        case PageAct.JOIN:
            return work.join(document_id, DocumentId(arguments.other))
        case PageAct.COLLATE:
            return work.collate(
                document_id,
                DocumentId(arguments.other),
                turned=not arguments.first_back_first,
                although_they_do_not_fit=arguments.although,
            )
        case PageAct.REMOVE:
            return work.remove(document_id, arguments.page)
        case PageAct.TURN:
            return work.turn(document_id, arguments.page, arguments.by)
        case PageAct.MOVE:
            return work.move(document_id, arguments.page, DocumentId(arguments.to), arguments.before)
        case PageAct.REPLACE:
            return work.replace(document_id, arguments.page, DocumentId(arguments.by), arguments.by_page)


def _json(pages: tuple[TakenPage, ...]) -> list[dict[str, object]]:
    return [{"documentId": page.document_id, "page": page.number, "turned": page.turned} for page in pages]
