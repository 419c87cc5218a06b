"""Filing: index data, then into a case. One transaction with its outbox rows."""

from __future__ import annotations

from dataclasses import replace

from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document
from clerk_desktop.model.editing import DocumentChange, changed_document
from clerk_desktop.model.event import Event, EventKind
from clerk_desktop.model.ids import DocumentId, EventId, new_key
from clerk_desktop.model.outbox import CreateCase, FileDocument, UpdateDocument
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from clerk_desktop.system.clock import Clock
from clerk_desktop.usecases.contents import known_document
from clerk_desktop.usecases.people import actor
from clerk_desktop.usecases.worklist import known_case, new_case, note_event


class Filing:
    """Puts documents where they belong."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def file(self, document_id: DocumentId, case_number: str, changes: tuple[DocumentChange, ...] = ()) -> Document:
        """File a document into a known case. Raises ``NotKnown``, ``WrongUsage``."""
        with self._store.write() as session:
            return self._file(session, document_id, known_case(session, case_number), changes)

    def file_in_new_case(
        self,
        document_id: DocumentId,
        subject: str,
        filing_plan_number: str,
        changes: tuple[DocumentChange, ...] = (),
    ) -> tuple[Case, Document]:
        """Open a case from a letter and file the letter there. Raises ``NotKnown``, ``WrongUsage``."""
        now = self._clock.now()
        with self._store.write() as session:
            document = known_document(session, document_id)
            case = new_case(session, subject, filing_plan_number, document.municipality, now)
            session.cases.put(case)
            session.outbox.add(CreateCase(case_id=case.case_id), now)
            return case, self._file(session, document_id, case, changes)

    def index(self, document_id: DocumentId, changes: tuple[DocumentChange, ...]) -> Document:
        """Change index data only. Raises ``NotKnown``, ``WrongUsage``."""
        now = self._clock.now()
        with self._store.write() as session:
            before = known_document(session, document_id)
            after = changed_document(before, changes)
            if after != before:
                session.documents.put(after)
                session.outbox.add(UpdateDocument(document_id=document_id, changes=changes), now)
            return after

    def _file(
        self, session: Session, document_id: DocumentId, case: Case, changes: tuple[DocumentChange, ...]
    ) -> Document:
        now = self._clock.now()
        document = known_document(session, document_id)
        filed = replace(changed_document(document, changes), case_id=case.case_id)
        if filed == document:
            return document
        session.documents.put(filed)
        session.outbox.add(FileDocument(document_id=document_id, case_id=case.case_id, changes=changes), now)
        event = Event(
            event_id=EventId(new_key()),
            kind=EventKind.FILED,
            actor=actor(session),
            at=now,
            case_id=case.case_id,
            document_id=document_id,
            text=filed.title,
        )
        note_event(session, event, case.case_id, now)
        return filed
