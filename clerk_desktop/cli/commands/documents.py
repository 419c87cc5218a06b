"""``inbox``, ``file`` and ``export``."""

from __future__ import annotations

import argparse
from pathlib import Path

from clerk_desktop.cli.commands.cases import case_json, document_json
from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json, print_table
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.editing import DocumentChange, document_text
from clerk_desktop.model.errors import ExitCode, WrongUsage
from clerk_desktop.model.exchange import LeftOut
from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.suggestion import FieldSuggestion
from clerk_desktop.usecases.export_words import left_out_text
from clerk_desktop.usecases.inbox import InboxItem
from clerk_desktop.usecases.notices import notices

JSON_FIELDS = {
    DocumentField.SENDER: "sender",
    DocumentField.SUBJECT: "subject",
    DocumentField.LETTER_DATE: "letterDate",
    DocumentField.DOCUMENT_TYPE: "documentType",
    DocumentField.SENDER_REFERENCE: "senderReference",
    DocumentField.OUR_REFERENCE: "ourReference",
}


def register(commands: Subparsers, _: Translate) -> None:
    """Add the commands."""
    inbox = commands.add_parser("inbox", help=_("documents not filed yet, with suggestions"))
    inbox.add_argument("--json", action="store_true")
    inbox.set_defaults(run=run_inbox)
    file = commands.add_parser("file", help=_("file a document into a case"))
    file.add_argument("document_id")
    file.add_argument("case_number", nargs="?", default="")
    file.add_argument("--new", action="store_true", help=_("open a new case for it"))
    file.add_argument("--subject", default="")
    file.add_argument("--plan", default="", metavar="NUMBER")
    file.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="changes")
    file.add_argument("--json", action="store_true")
    file.set_defaults(run=run_file)
    export = commands.add_parser("export", help=_("write a document to a file"))
    export.add_argument("document_id")
    export.add_argument("--out", required=True, type=Path, metavar="FILE")
    how = export.add_mutually_exclusive_group()
    how.add_argument("--with-marks", action="store_true", help=_("as PDF with the marks as standard annotations"))
    how.add_argument("--flatten", action="store_true", help=_("as PDF with the marks burnt into its pages"))
    export.add_argument("--note", type=Path, metavar="FILE", help=_("the transfer note beside it, as PDF or JSON"))
    export.add_argument("--json", action="store_true")
    export.set_defaults(run=run_export)


def run_inbox(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """List the inbox."""
    with context.open_desk() as desk:
        items = desk.inbox.items()
    if context.json:
        print_json([{**inbox_json(item), "notices": notices(item.suggestions, context.texts)} for item in items])
        return ExitCode.DONE
    _ = context.texts.gettext
    rows, told = [], list[str]()
    for item in items:
        best = item.suggestions.cases[0] if item.suggestions.cases else None
        proposal = f"{best.case_number} ({best.confidence:.0%})" if best else ""
        document = item.document
        rows.append((document.document_id, document.title, document.sender, str(document.page_count), proposal))
        told += [f"{document.title}: {notice}" for notice in notices(item.suggestions, context.texts)]
    print_table((_("Id"), _("Document"), _("Sender"), _("Pages"), _("Suggestion")), rows)
    for notice in told:
        print(notice)
    return ExitCode.DONE


def run_file(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """File a document."""
    changes = tuple(_change(text) for text in arguments.changes)
    document_id = DocumentId(arguments.document_id)
    if arguments.new == bool(arguments.case_number):
        raise WrongUsage(what="CASE_NUMBER | --new")
    with context.open_desk() as desk:
        if arguments.new:
            case, document = desk.filing.file_in_new_case(document_id, arguments.subject, arguments.plan, changes)
        else:
            document = desk.filing.file(document_id, arguments.case_number, changes)
            case = desk.worklist.show(arguments.case_number).case
    if context.json:
        print_json({"document": document_json(document), "case": case_json(case)})
    else:
        context.say(context.texts.gettext("Filed in {number}.").format(number=case.case_number))
    return ExitCode.DONE


def run_export(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Write a document's content to a file; a clerk should know of marks that are not in it."""
    document_id, left_out = DocumentId(arguments.document_id), LeftOut()
    with context.open_desk() as desk:
        if arguments.with_marks or arguments.flatten:
            left_out = desk.export.with_marks(document_id, arguments.out, flatten=arguments.flatten)
            if left_out:
                context.complain(left_out_text(left_out, context.texts))
        else:
            desk.export.document(document_id, arguments.out)
        if arguments.note is not None:
            desk.transfer_notes.write(document_id, arguments.note, context.texts)
    if context.json:
        counts = {"marksOnNoPage": left_out.astray, "marksOfOtherKinds": left_out.foreign}
        print_json({"documentId": document_id, "file": str(arguments.out), **counts})
    return ExitCode.NEEDS_CLERK if left_out else ExitCode.DONE


def inbox_json(item: InboxItem) -> dict[str, object]:
    """Return an inbox item with the keys of ``cli.md``; a field without a proposal carries its present value."""
    proposed = {suggestion.field: suggestion for suggestion in item.suggestions.fields}
    fields: dict[str, object] = {}
    for field, name in JSON_FIELDS.items():
        suggestion = proposed.get(field)
        if suggestion is not None:
            fields[name] = _field_json(suggestion)
        elif document_text(item.document, field):
            fields[name] = {"value": document_text(item.document, field), "confidence": 1.0}
    return {
        "documentId": item.document.document_id,
        "title": item.document.title,
        "receivedOn": item.document.received_on,
        "pages": item.document.page_count,
        "blankPages": list(item.suggestions.blank_pages),
        "mimeType": item.document.mime_type,
        "attachedTo": item.suggestions.attached_to,
        "municipality": item.document.municipality,
        "suggestions": [
            {
                "caseNumber": case.case_number,
                "confidence": case.confidence,
                "evidence": {
                    "reason": case.evidence.reason.value,
                    "page": case.evidence.page,
                    "line": case.evidence.line,
                    "text": case.evidence.text,
                    "rect": _rect(case.evidence.rect),
                },
            }
            for case in item.suggestions.cases
        ],
        "fields": fields,
    }


def _field_json(suggestion: FieldSuggestion) -> dict[str, object]:
    return {
        "value": suggestion.value,
        "confidence": suggestion.confidence,
        "page": suggestion.evidence.page,
        "rect": _rect(suggestion.evidence.rect),
        "reason": suggestion.evidence.reason.value,
    }


def _rect(rect: Rect | None) -> list[float] | None:
    return [round(value, 2) for value in (rect.x0, rect.y0, rect.x1, rect.y1)] if rect else None


def _change(text: str) -> DocumentChange:
    key, equals, value = text.partition("=")
    names = {name: field for field, name in JSON_FIELDS.items()} | {field.value: field for field in DocumentField}
    if not equals or key not in names:
        raise WrongUsage(what=text)
    return DocumentChange(field=names[key], text=value)
