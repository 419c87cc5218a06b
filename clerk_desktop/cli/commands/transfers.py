"""``transfers``, ``quarantine`` and ``conflicts``."""

from __future__ import annotations

import argparse
from functools import partial

from clerk_desktop.cli.commands.cases import value_text
from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json, print_table
from clerk_desktop.model.case import CaseField
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.conflict import CASE_OF_DOCUMENT, Conflict, FieldConflict, Side
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.errors import ExitCode, named
from clerk_desktop.model.field_names import CASE_FIELDS, DOCUMENT_FIELDS
from clerk_desktop.model.ids import FileId, OperationId
from clerk_desktop.model.ledger import FileState, ScannedFile
from clerk_desktop.model.outbox import OutboxEntry
from clerk_desktop.model.verdicts import STATES
from clerk_desktop.usecases.sheets import missing_sentence
from clerk_desktop.usecases.transfer_words import UNSENT, operation_text
from clerk_desktop.usecases.transfers import FileTransfer


def register(commands: Subparsers, _: Translate) -> None:
    """Add the commands."""
    transfers = commands.add_parser("transfers", help=_("what moves, what needs help"))
    transfers.add_argument("--json", action="store_true")
    transfers.set_defaults(run=run_transfers)
    held = commands.add_parser("quarantine", help=_("files not taken in")).add_subparsers(required=True)
    listing = held.add_parser("list", help=_("show them with their reasons"))
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=run_quarantine)
    retry = held.add_parser("retry", help=_("try one again"))
    retry.add_argument("file_id")
    retry.set_defaults(run=run_retry)
    discard = held.add_parser("discard", help=_("give one up; the original stays"))
    discard.add_argument("file_id")
    discard.set_defaults(run=run_discard)
    conflicts = commands.add_parser("conflicts", help=_("what was changed on both sides"))
    conflicts.add_argument("--json", action="store_true")
    conflicts.set_defaults(run=run_conflicts)
    deciding = conflicts.add_subparsers().add_parser("resolve", help=_("keep one side"))
    deciding.add_argument("operation_id")
    deciding.add_argument("side", choices=[side.value for side in Side])
    deciding.set_defaults(run=run_resolve)


def run_transfers(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Show files and outbox."""
    with context.open_desk() as desk:
        overview = desk.transfers.overview()
    reason = partial(_reason, context)
    if context.json:
        print_json(
            {
                "files": [
                    {**_file_json(each, reason(each.file)), "notices": _notices(context, each)}
                    for each in overview.files
                ],
                "outbox": [_outbox_json(entry) for entry in overview.outbox],
            }
        )
        return ExitCode.DONE
    _ = context.texts.gettext
    rows = [(each.file.path, _(STATES[each.file.state]), reason(each.file)) for each in overview.files]
    print_table((_("File"), _("State"), _("Reason")), rows)
    for each in overview.files:
        for notice in _notices(context, each):
            print(f"{each.file.path}: {notice}")
    texts = context.texts
    waiting = [
        (operation_text(entry.operation, texts), _(UNSENT[entry.state]), _problem(context, entry.error))
        for entry in overview.outbox
    ]
    print_table((_("To send"), _("State"), _("Last error")), waiting)
    return ExitCode.DONE


def run_quarantine(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """List held files."""
    with context.open_desk() as desk:
        held = desk.transfers.quarantine()
        twins = {file.file_id: desk.transfers.first_of(file) for file in held}
    reasons = {
        file.file_id: " ".join(filter(None, (_reason(context, file), _twin_text(context, file, twins[file.file_id]))))
        for file in held
    }
    if context.json:
        print_json([_held_json(file, reasons[file.file_id], twins[file.file_id]) for file in held])
    else:
        _ = context.texts.gettext
        rows = [(file.file_id, file.path, _(STATES[file.state]), reasons[file.file_id]) for file in held]
        print_table((_("Id"), _("File"), _("State"), _("Reason")), rows)
    return ExitCode.NEEDS_CLERK if held else ExitCode.DONE


def run_retry(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Take a held file up again."""
    with context.open_desk() as desk:
        desk.transfers.retry_file(FileId(arguments.file_id))
    return ExitCode.DONE


def run_discard(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Give a held file up."""
    with context.open_desk() as desk:
        desk.transfers.discard_file(FileId(arguments.file_id))
    return ExitCode.DONE


def run_conflicts(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """List conflicts, both sides beside each other."""
    with context.open_desk() as desk:
        conflicts = desk.transfers.conflicts()
        about = {each.operation_id: desk.transfers.about(each.operation_id) for each in conflicts}
    concerned = {operation_id: one.text if one is not None else "" for operation_id, one in about.items()}
    if context.json:
        print_json([_conflict_json(each, concerned[each.operation_id]) for each in conflicts])
    else:
        _ = context.texts.gettext
        rows = [row for each in conflicts for row in _both_sides(context, each, concerned[each.operation_id])]
        print_table((_("Id"), _("About"), _("Field"), _("mine"), _("theirs"), _("by"), _("at")), rows)
    return ExitCode.NEEDS_CLERK if conflicts else ExitCode.DONE


def run_resolve(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Keep one side of a conflict."""
    with context.open_desk() as desk:
        desk.transfers.resolve(OperationId(arguments.operation_id), Side(arguments.side))
    return ExitCode.DONE


def _both_sides(context: Context, conflict: Conflict, about: str) -> list[tuple[str, ...]]:
    """Return a row for each field, or the one that says that the server no longer has it."""
    if conflict.gone or not conflict.fields:
        gone = context.texts.gettext("no longer on the server, or no longer visible") if conflict.gone else ""
        sides = (_sides(context, conflict.kind, field) for field in conflict.fields)
        mine = ", ".join(f"{name}: {value}" for name, value, _theirs in sides)
        return [(conflict.operation_id, about, "", mine, gone, "", "")]
    return [
        (
            conflict.operation_id,
            about,
            *_sides(context, conflict.kind, field),
            field.by,
            f"{field.at.astimezone():%Y-%m-%d %H:%M}" if field.at else "",
        )
        for field in conflict.fields
    ]


def _sides(context: Context, kind: ChangeKind, each: FieldConflict) -> tuple[str, str, str]:
    """Return a field's name, my value and theirs, in words."""
    _ = context.texts.gettext
    if kind is ChangeKind.CASE:
        field = CaseField(each.field)
        return _(CASE_FIELDS[field]), value_text(_, field, each.mine), value_text(_, field, each.theirs)
    if each.field == CASE_OF_DOCUMENT:
        return _("Case"), each.mine_number or _("Inbox"), each.theirs_number or _("Inbox")
    return _(DOCUMENT_FIELDS[DocumentField(each.field)]), each.mine, each.theirs


def _conflict_json(conflict: Conflict, about: str) -> dict[str, object]:
    return {
        "operationId": conflict.operation_id,
        "objectId": conflict.object_id,
        "kind": conflict.kind.value,
        "about": about,
        "gone": conflict.gone,
        "canKeepMine": conflict.can_keep_mine,
        "fields": [
            {
                "field": each.field,
                "mine": each.mine,
                "theirs": each.theirs,
                "by": each.by,
                "at": each.at,
                "mineNumber": each.mine_number,
                "theirsNumber": each.theirs_number,
            }
            for each in conflict.fields
        ],
    }


def _reason(context: Context, file: ScannedFile) -> str:
    return context.texts.reason(file.refusal) if file.refusal else ""


def _problem(context: Context, name: str) -> str:
    """Return what went wrong from the name of its class, "" for nothing."""
    return context.texts.title(named(name)) if name else ""


def _notices(context: Context, transfer: FileTransfer) -> list[str]:
    """What a person should look at although the file was taken in."""
    return [missing_sentence(missing, context.texts) for missing in transfer.sheets_missing]


def _file_json(transfer: FileTransfer, reason: str) -> dict[str, object]:
    file = transfer.file
    return {
        "id": file.file_id,
        "path": file.path,
        "sourceSha256": file.source_sha256,
        "size": file.size,
        "state": file.state.value,
        "reason": reason,
        "settledPath": file.settled_path,
        "documents": [
            {
                "documentId": each.part.document_id,
                "pages": list(each.part.pages),
                "state": each.part.progress.value,
                "caseNumber": each.case_number,
            }
            for each in transfer.parts
        ],
    }


def _outbox_json(entry: OutboxEntry) -> dict[str, object]:
    return {
        "id": entry.operation_id,
        "operation": type(entry.operation).__name__,
        "target": entry.operation.touches[0],
        "state": entry.state.value,
        "attempts": entry.attempts,
        "lastError": entry.error,
        "nextTry": entry.next_try,
    }


def _held_json(file: ScannedFile, reason: str, twin: FileTransfer | None) -> dict[str, object]:
    return {
        "id": file.file_id,
        "path": file.path,
        "size": file.size,
        "state": file.state.value,
        "reason": reason,
        "twin": None if twin is None else _twin_json(twin),
    }


def _twin_json(twin: FileTransfer) -> dict[str, object]:
    return {
        "id": twin.file.file_id,
        "path": twin.file.path,
        "state": twin.file.state.value,
        "documentIds": [each.part.document_id for each in twin.parts],
        "caseNumbers": sorted({each.case_number for each in twin.parts if each.case_number}),
    }


def _twin_text(context: Context, file: ScannedFile, twin: FileTransfer | None) -> str:
    if twin is None or file.state is not FileState.DUPLICATE:
        return ""
    _ = context.texts.gettext
    told = _("The first one: {twin}.") if file.refusal else _("It has the same content as {twin}.")
    parts = [told.format(twin=twin.file.path)]
    parts += [_("Document {id}.").format(id=each.part.document_id) for each in twin.parts]
    parts += [_("Filed in {number}.").format(number=each.case_number) for each in twin.parts if each.case_number]
    parts.append(_("Take it in as a letter of its own with quarantine retry, or give it up with quarantine discard."))
    return " ".join(parts)
