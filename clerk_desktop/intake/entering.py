"""Writes what was understood of a scan: first the documents, then what is to be sent. Two transactions, each whole.

A station that took a scan over from a dead one may find its documents in the store already, pulled from the server:
they stay as they are, wherever a clerk filed them meanwhile, and depositing them again only confirms them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec

from clerk_desktop.intake.claim import first_of
from clerk_desktop.intake.identity import document_key, event_key, source_key
from clerk_desktop.intake.noting import Notary
from clerk_desktop.intake.originals import relative
from clerk_desktop.intake.scans import Scan
from clerk_desktop.intake.twins import looks_of
from clerk_desktop.intake.understand import Understood, UnderstoodPart
from clerk_desktop.model.case import CaseStatus
from clerk_desktop.model.document import Document, DocumentField
from clerk_desktop.model.editing import DocumentChange, changed_document, document_text
from clerk_desktop.model.event import Event, EventKind
from clerk_desktop.model.ids import RULE, DocumentId
from clerk_desktop.model.ledger import FilePart, FileState, ScanFolder, ScannedFile
from clerk_desktop.model.office_settings import OfficeSettings
from clerk_desktop.model.outbox import AddEvent, DepositDocument, FileDocument
from clerk_desktop.model.reading import MIME_TYPES
from clerk_desktop.model.suggestion import CaseSuggestion, Suggestions
from clerk_desktop.store.session import Session

SURE_FIELD = 0.8  # proposals from here on become index data of a letter that is filed without a clerk


def enter_documents(
    session: Session,
    scan: Scan,
    folder: ScanFolder,
    understood: Understood,
    proposals: Sequence[Suggestions],
    notary: Notary,
    now: datetime,
) -> bool:
    """Write documents, proposals, parts and transfer notes, and bring the file to ``UNDERSTOOD``.

    False when that was done before.
    """
    known = session.ledger.get(scan.file.file_id)
    if known is None or known.state is not FileState.CLAIMED:
        return False
    source = _free_source_key(session, known, folder, understood)
    twin = first_of(session, known.duplicate_of) if known.duplicate_of is not None else None
    twin_parts = session.ledger.parts(twin.file_id) if twin is not None else ()
    parts = []
    for part, proposed in zip(understood.parts, proposals, strict=True):
        document_id = _key_of(source, part)
        parts.append(FilePart(file_id=known.file_id, document_id=document_id, pages=part.part.pages))
        if session.documents.get(document_id) is None:
            document = _document(document_id, source, known, folder, part, proposed)
            document = changed_document(document, _typed(understood))
            session.documents.put(replace(document, duplicate_of=twin_parts[0].document_id if twin_parts else ""))
            session.looks.put(document_id, folder.municipality, looks_of(part.readings), now)
            session.suggestions.put(document_id, _attached(proposed, part, parts[0].document_id))
        texts = ((reading.number, "\n".join(reading.lines)) for reading in part.readings)
        session.texts.put(part.sha256, texts, complete=True)
        notary.note(session, replace(scan, file=known), understood, part, document_id, now)
    session.ledger.add_parts(tuple(parts))
    session.ledger.move(known.file_id, FileState.UNDERSTOOD, refusal=None)
    return True


def enter_outbox(session: Session, file: ScannedFile, office: OfficeSettings, now: datetime) -> bool:
    """Put all that is to be sent for a file into the outbox and bring it to ``QUEUED``. False when done before."""
    known = session.ledger.get(file.file_id)
    if known is None or known.state is not FileState.UNDERSTOOD:
        return False
    for part in session.ledger.parts(known.file_id):
        session.outbox.add(DepositDocument(document_id=part.document_id), now)
        proposed = session.suggestions.get(part.document_id)
        event_id = event_key(part.document_id, EventKind.SUGGESTIONS.value)
        if proposed is not None and session.events.get(event_id) is None:
            text = msgspec.json.encode(proposed).decode()
            event = Event(
                event_id=event_id,
                kind=EventKind.SUGGESTIONS,
                actor=RULE,
                at=now,
                text=text,
                document_id=part.document_id,
            )
            session.events.put(event)
            session.outbox.add(AddEvent(event_id=event_id, beside=part.document_id), now)
            _file_by_rule(session, part.document_id, proposed, office, now)
    session.ledger.move(known.file_id, FileState.QUEUED)
    return True


def _file_by_rule(
    session: Session, document_id: DocumentId, proposed: Suggestions, office: OfficeSettings, now: datetime
) -> None:
    """File a letter without a clerk, where the office wants it and the case is certain and open."""
    certain = [case for case in proposed.cases if case.certain]
    document = session.documents.get(document_id)
    if not office.auto_file or len(certain) != 1 or document is None or document.case_id is not None:
        return
    case = session.cases.get(certain[0].case_id)
    if case is None or case.status is CaseStatus.CLOSED or case.municipality != document.municipality:
        return
    changes = tuple(
        DocumentChange(field=field.field, text=field.value)
        for field in proposed.fields
        if field.confidence >= SURE_FIELD and not document_text(document, field.field)
    )
    session.documents.put(replace(changed_document(document, changes), case_id=case.case_id))
    session.outbox.add(FileDocument(document_id=document_id, case_id=case.case_id, changes=changes), now)
    event = Event(
        event_id=event_key(document_id, EventKind.FILED.value),
        kind=EventKind.FILED,
        actor=RULE,
        at=now,
        text=_because(certain[0]),
        case_id=case.case_id,
        document_id=document_id,
    )
    session.events.put(event)
    session.outbox.add(AddEvent(event_id=event.event_id, beside=case.case_id), now)


def _because(case: CaseSuggestion) -> str:
    proof = case.evidence
    place = f", {proof.page}/{proof.line}" if proof.page else ""
    return f"{proof.text} ({proof.reason.value}{place})"


def _document(
    document_id: DocumentId,
    source: str,
    file: ScannedFile,
    folder: ScanFolder,
    part: UnderstoodPart,
    proposed: Suggestions,
) -> Document:
    return Document(
        document_id=document_id,
        municipality=folder.municipality,
        title=_title(file, part, proposed),
        received_on=file.received_on,
        page_count=len(part.part.pages),
        source_sha256=file.source_sha256,
        sha256=part.sha256,
        source_key=source,
        mime_type=MIME_TYPES[part.kind],
        length=part.length,
    )


def _typed(understood: Understood) -> tuple[DocumentChange, ...]:
    """Return the index data that somebody entered at the scanner."""
    return tuple(DocumentChange(field=field, text=text) for field, text in understood.index.fields)


def _key_of(source: str, part: UnderstoodPart) -> DocumentId:
    return document_key(source, part.part.pages, part.source.place if part.source is not None else ())


def _attached(proposed: Suggestions, part: UnderstoodPart, mail: DocumentId) -> Suggestions:
    """Return the proposals with the e-mail that the part came in, which is the first document of its file."""
    return proposed if part.source is None else replace(proposed, attached_to=mail)


def _title(file: ScannedFile, part: UnderstoodPart, proposed: Suggestions) -> str:
    """Return what people see in the inbox until a clerk says better: subject, else sender, else the file's name."""
    if part.source is not None and not part.kind.has_pages:
        return part.source.title
    for wanted in (DocumentField.SUBJECT, DocumentField.SENDER):
        for field in proposed.fields:
            if field.field is wanted:
                return field.value
    return part.source.title if part.source is not None else Path(file.path).stem


def _free_source_key(session: Session, file: ScannedFile, folder: ScanFolder, understood: Understood) -> str:
    """Return the scan's key; another one when this ledger made documents of the same scan before: a clerk wants it
    taken in again.
    """
    inside = relative(Path(folder.path), file).as_posix()
    for again in ("", file.file_id):
        source = source_key(file.source_sha256, inside, file.modified_ns, again)
        taken = [session.ledger.part_of(_key_of(source, part)) for part in understood.parts]
        if all(part is None or part.file_id == file.file_id for part in taken):
            break
    return source
