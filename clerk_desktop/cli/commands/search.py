"""``search``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json, print_table
from clerk_desktop.model.errors import ExitCode
from clerk_desktop.model.search import CaseHit, DocumentHit, Origin, SearchResult
from clerk_desktop.model.search_texts import ORIGINS, SERVER_PARTS
from clerk_desktop.usecases.server_search import merged

MOST = 50
TOLD_EVERY = 50


def register(commands: Subparsers, _: Translate) -> None:
    """Add the command."""
    search = commands.add_parser("search", help=_("find cases, and words in documents"))
    search.add_argument("words", nargs="+", metavar="WORD", help=_("number, name or word; word* for its beginning"))
    search.add_argument("--limit", type=int, default=MOST, metavar="N", help=_("at most so many of each kind"))
    search.add_argument("--local", action="store_true", help=_("only on this computer, without asking the server"))
    search.add_argument("--json", action="store_true")
    search.set_defaults(run=run_search)


def run_search(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Search and print what was found, the best first."""
    text = " ".join(arguments.words)
    with context.open_desk() as desk:
        rounds = 0
        while desk.search.indexing.run_once():
            rounds += 1
            if rounds % TOLD_EVERY == 0:
                print(context.texts.gettext("Preparing the search …"), file=sys.stderr, flush=True)
        result = desk.search.here(text, arguments.limit)
        if not arguments.local:
            result = merged(result, desk.search.on_server(text, arguments.limit))
    if context.json:
        print_json(result_json(text, result))
        return ExitCode.DONE
    _ = context.texts.gettext
    rows = [_case_row(hit, _) for hit in result.cases] + [_document_row(hit, _) for hit in result.documents]
    print_table((_("Kind"), _("Case number"), _("Subject"), _("Page"), _("Found"), _("Id")), rows)
    if not rows:
        context.say(_("Nothing found"))
    print(_(SERVER_PARTS[result.server]), file=sys.stderr)
    return ExitCode.DONE


def result_json(text: str, result: SearchResult) -> dict[str, object]:
    """Return what ``search --json`` prints."""
    return {
        "query": text,
        "server": result.server.value,
        "unknown": result.unknown,
        "hits": [*map(_case_json, result.cases), *map(_document_json, result.documents)],
    }


def _case_json(hit: CaseHit) -> dict[str, object]:
    return {
        "kind": "case",
        "caseId": hit.case.case_id,
        "caseNumber": hit.case.case_number,
        "subject": hit.case.subject,
        "municipality": hit.case.municipality,
        "origins": [origin.value for origin in hit.origins],
    }


def _document_json(hit: DocumentHit) -> dict[str, object]:
    return {
        "kind": "document",
        "documentId": hit.document.document_id,
        "caseId": hit.document.case_id,
        "caseNumber": hit.case_number or None,
        "title": hit.document.title,
        "sender": hit.document.sender,
        "municipality": hit.document.municipality,
        "page": hit.page or None,
        "excerpt": hit.excerpt,
        "origins": [origin.value for origin in hit.origins],
    }


def _case_row(hit: CaseHit, _: Translate) -> tuple[str, ...]:
    return _("Case"), hit.case.case_number, hit.case.subject, "", _origins(hit.origins, _), hit.case.case_id


def _document_row(hit: DocumentHit, _: Translate) -> tuple[str, ...]:
    page = str(hit.page) if hit.page else ""
    document = hit.document
    return _("Document"), hit.case_number, document.title, page, _origins(hit.origins, _), document.document_id


def _origins(origins: Sequence[Origin], _: Translate) -> str:
    return ", ".join(_(ORIGINS[origin]) for origin in origins)
