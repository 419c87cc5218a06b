"""``cases`` and ``case show | new | set``."""

from __future__ import annotations

import argparse
from datetime import date

from clerk_desktop.cli.commands import dispositions
from clerk_desktop.cli.commands.dispositions import event_json
from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json, print_table
from clerk_desktop.model.case import STATUSES, Case, CaseField, CaseFilter, CaseStatus, Confidentiality
from clerk_desktop.model.document import Document
from clerk_desktop.model.editing import CaseChange, case_text
from clerk_desktop.model.errors import ExitCode, WrongUsage
from clerk_desktop.model.field_names import CASE_FIELDS, PROTECTIONS
from clerk_desktop.model.pin import PinnedCase
from clerk_desktop.system.clock import office_day

JSON_NAMES = {
    "dueOn": CaseField.DUE_ON,
    "resubmitOn": CaseField.RESUBMIT_ON,
    "resubmitNote": CaseField.RESUBMIT_NOTE,
    "processStep": CaseField.PROCESS_STEP,
    "stepSince": CaseField.STEP_SINCE,
    "closedOn": CaseField.CLOSED_ON,
}
KEYS = {**{field.value: field for field in CaseField if field not in JSON_NAMES.values()}, **JSON_NAMES}
VALUES = {CaseField.STATUS: tuple(CaseStatus), CaseField.CONFIDENTIALITY: tuple(Confidentiality)}


def register(commands: Subparsers, _: Translate) -> None:
    """Add the commands."""
    many = commands.add_parser("cases", help=_("list cases"))
    many.add_argument("--query", default="", metavar="TEXT", help=_("words in number, subject or assignee"))
    many.add_argument("--mine", action="store_true", help=_("only those assigned to me"))
    many.add_argument("--due", action="store_true", help=_("only those due or to be resubmitted by today"))
    many.add_argument("--json", action="store_true")
    many.set_defaults(run=run_list)
    one = commands.add_parser("case", help=_("show, open and change a case")).add_subparsers(required=True)
    show = one.add_parser("show", help=_("show a case"))
    show.add_argument("case_number")
    show.add_argument("--json", action="store_true")
    show.set_defaults(run=run_show)
    new = one.add_parser("new", help=_("open a case"))
    new.add_argument("--subject", required=True)
    new.add_argument("--plan", required=True, metavar="NUMBER", help=_("filing-plan number"))
    new.add_argument("--municipality", default="")
    new.add_argument("--json", action="store_true")
    new.set_defaults(run=run_new)
    change = one.add_parser("set", help=_("change fields of a case"))
    change.add_argument("case_number")
    change.add_argument("changes", nargs="+", metavar="KEY=VALUE", help=_keys_text(_))
    change.add_argument("--json", action="store_true")
    change.set_defaults(run=run_set)
    for name, text, run in (
        ("pin", _("keep a case with all its documents for work without the server"), run_pin),
        ("unpin", _("keep a case no longer, and remove its documents from this computer"), run_unpin),
    ):
        pin = one.add_parser(name, help=text)
        pin.add_argument("case_number")
        pin.add_argument("--json", action="store_true")
        pin.set_defaults(run=run)
    dispositions.register(one, _)


def run_list(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """List cases."""
    with context.open_desk() as desk:
        wanted = CaseFilter(
            text=arguments.query,
            assignee=desk.worklist.me() if arguments.mine else "",
            pressing_by=office_day(desk.clock.now()) if arguments.due else None,
        )
        cases = desk.worklist.find(wanted)
    if context.json:
        print_json([case_json(case) for case in cases])
        return ExitCode.DONE
    _ = context.texts.gettext
    head = (_("Case number"), _("Subject"), _("Status"), _("Assignee"), _("Due"), _("Municipality"))
    rows = [
        (case.case_number, case.subject, _(STATUSES[case.status]), case.assignee, _day(case.due_on), case.municipality)
        for case in cases
    ]
    print_table(head, rows)
    return ExitCode.DONE


def run_show(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Show one case with documents and events."""
    with context.open_desk() as desk:
        view = desk.worklist.show(arguments.case_number)
        pinned = desk.pins.of(view.case.case_id)
    if context.json:
        document = case_json(view.case)
        document["documents"] = [document_json(each) for each in view.documents]
        document["offline"] = pin_json(pinned) if pinned else None
        document["events"] = [event_json(each) for each in view.events]
        print_json(document)
        return ExitCode.DONE
    _ = context.texts.gettext
    print(f"{view.case.case_number}  {view.case.subject}")
    for field in CaseField:
        text = case_text(view.case, field)
        if text and field is not CaseField.SUBJECT:
            print(f"  {_(CASE_FIELDS[field])}: {value_text(_, field, text)}")
    rows = [(each.title, each.sender, _day(each.received_on), str(each.page_count)) for each in view.documents]
    print_table((_("Document"), _("Sender"), _("Received"), _("Pages")), rows)
    return ExitCode.DONE


def run_new(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Open a case."""
    with context.open_desk() as desk:
        case = desk.worklist.open_case(arguments.subject, arguments.plan, arguments.municipality)
    if context.json:
        print_json(case_json(case))
    else:
        print(case.case_number)
    return ExitCode.DONE


def run_set(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Change a case."""
    changes = tuple(_change(text) for text in arguments.changes)
    with context.open_desk() as desk:
        case = desk.worklist.change(arguments.case_number, changes)
    if context.json:
        print_json(case_json(case))
    return ExitCode.DONE


def run_pin(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Make a case available offline."""
    with context.open_desk() as desk:
        pinned = desk.pins.pin(arguments.case_number)
    if context.json:
        print_json({"caseNumber": pinned.case_number, **pin_json(pinned)})
        return ExitCode.DONE
    texts = context.texts
    until = _day(office_day(pinned.pin.expires_at))
    print(texts.gettext("{number} is available offline until {day}.").format(number=pinned.case_number, day=until))
    if pinned.missing:
        text = texts.ngettext(
            "{count} document comes with the next sync.", "{count} documents come with the next sync.", pinned.missing
        )
        print(text.format(count=pinned.missing))
    return ExitCode.DONE


def run_unpin(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Keep a case no longer."""
    with context.open_desk() as desk:
        desk.pins.unpin(arguments.case_number)
    return ExitCode.DONE


def pin_json(pinned: PinnedCase) -> dict[str, object]:
    """Return how a pinned case stands."""
    return {
        "expiresAt": pinned.pin.expires_at,
        "asOf": pinned.as_of,
        "bytes": pinned.size,
        "missing": pinned.missing,
        "problem": pinned.pin.problem,
    }


def case_json(case: Case) -> dict[str, object]:
    """Return a case with the keys of ``cli.md``."""
    return {
        "caseId": case.case_id,
        "caseNumber": case.case_number,
        "subject": case.subject,
        "status": case.status.value,
        "municipality": case.municipality,
        "assignee": case.assignee,
        "dueOn": case.due_on,
        "resubmitOn": case.resubmit_on,
        "processStep": case.process_step,
        "pinned": case.pinned,
        "numberFinal": case.number_final,
        "filingPlanNumber": case.filing_plan_number,
    }


def document_json(document: Document) -> dict[str, object]:
    """Return a document with the keys of ``cli.md``."""
    return {
        "documentId": document.document_id,
        "title": document.title,
        "documentType": document.document_type,
        "sender": document.sender,
        "subject": document.subject,
        "letterDate": document.letter_date,
        "receivedOn": document.received_on,
        "pages": document.page_count,
        "version": document.version,
        "sha256": document.sha256,
    }


def value_text(_: Translate, field: CaseField, text: str) -> str:
    """Return a field's value, given in the text form of ``model.editing``, in words; days as commands take them."""
    words: dict[str, str] = {}
    if field is CaseField.STATUS:
        words = {status.value: said for status, said in STATUSES.items()}
    elif field is CaseField.CONFIDENTIALITY:
        words = {protection.value: said for protection, said in PROTECTIONS.items()}
    return _(words[text]) if text in words else text


def _keys_text(_: Translate) -> str:
    told = []
    for key, field in KEYS.items():
        values = ", ".join(f"{each.value} ({value_text(_, field, each.value)})" for each in VALUES.get(field, ()))
        told.append(f"{key}: {_(CASE_FIELDS[field])}" + (f" – {values}" if values else ""))
    return _("{keys}. Days as 2026-12-24; nothing behind = empties a field.").format(keys="; ".join(told))


def _change(text: str) -> CaseChange:
    key, equals, value = text.partition("=")
    field = JSON_NAMES.get(key) or next((each for each in CaseField if each.value == key), None)
    if not equals or field is None:
        raise WrongUsage(what=text)
    return CaseChange(field=field, text=value)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
