"""A letter, a case and an event of Blomberg, with every field filled."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime

from clerk_desktop.model.case import Case, CaseStatus, Confidentiality
from clerk_desktop.model.document import Document
from clerk_desktop.model.event import Event, EventKind
from clerk_desktop.model.ids import CaseId, DocumentId, EventId, new_key

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 300


def letter(content: bytes = PDF, municipality: str = "blomberg") -> Document:
    return Document(
        document_id=DocumentId(new_key()),
        municipality=municipality,
        title="Widerspruch: Hundesteuer / Bello („scharf“)",
        document_type="Widerspruch",
        sender="Müller, Jürgen",
        sender_reference="M/1",
        our_reference="20.22-2026/0001",
        subject="Widerspruch gegen Bescheid",
        letter_date=date(2026, 1, 30),
        received_on=date(2026, 2, 2),
        page_count=2,
        source_sha256="ab" * 32,
        sha256=hashlib.sha256(content).hexdigest(),
        source_key="scan/1.tif",
        paper_box="K 7",
        confidentiality=Confidentiality.CONFIDENTIAL,
        duplicate_of="none",
        length=len(content),
    )


def case(number: str = "20.22-2026/0001", municipality: str = "blomberg") -> Case:
    return Case(
        case_id=CaseId(new_key()),
        case_number=number,
        subject="Hundesteuer Müller",
        municipality=municipality,
        filing_plan_number="20.22",
        status=CaseStatus.WAITING,
        assignee="clerk.blomberg",
        participants=("Müller, Jürgen", "Ordnungsamt"),
        due_on=date(2026, 3, 1),
        resubmit_on=date(2026, 2, 15),
        resubmit_note="Antwort da?",
        process_id="widerspruch",
        process_step="pruefen",
        step_since=date(2026, 2, 2),
        opened_on=date(2026, 2, 2),
        closed_on=date(2026, 4, 1),
        confidentiality=Confidentiality.PERSONAL,
    )


def event(document: Document | None = None) -> Event:
    return Event(
        event_id=EventId(new_key()),
        kind=EventKind.NOTE,
        actor="clerk.blomberg",
        at=datetime(2026, 2, 2, 8, 15, 30, 123000, tzinfo=UTC),
        text="Bitte prüfen „sofort“",
        document_id=document.document_id if document else None,
        target_date=date(2026, 2, 5),
        target_user="post.blomberg",
        from_step="eingang",
        to_step="pruefen",
    )


def as_server_has_it(document: Document, version: str) -> Document:
    """The document without what the workstation alone knows, with the version a new one gets."""
    return replace(document, version=version, case_id=None)
