"""Filing: index data, then into a case. One transaction with its outbox rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document, DocumentField
from clerk_desktop.model.editing import DocumentChange, changed_document, document_text
from clerk_desktop.model.errors import FiledMeanwhile, LetterGaveWay
from clerk_desktop.model.event import Event, EventKind
from clerk_desktop.model.ids import CaseId, DocumentId, EventId, new_key
from clerk_desktop.model.outbox import CreateCase, FileDocument, OutboxEntry, OutboxState, UpdateDocument
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from clerk_desktop.sync.conflicts import restore
from clerk_desktop.system.clock import Clock
from clerk_desktop.usecases.contents import known_document
from clerk_desktop.usecases.people import actor
from clerk_desktop.usecases.worklist import known_case, new_case, note_event


class Filing:
    """Puts documents where they belong."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def file(
        self,
        document_id: DocumentId,
        case_number: str,
        changes: tuple[DocumentChange, ...] = (),
        *,
        from_inbox: bool = False,
    ) -> Document:
        """File a document into a known case.

        ``from_inbox``: only as long as it lies in no case. Raises ``NotKnown``, ``WrongUsage``, ``FiledMeanwhile``.
        """
        with self._store.write() as session:
            if from_inbox:
                _refuse_filed(session, document_id)
            return self._file(session, document_id, known_case(session, case_number), changes)

    def file_in_new_case(
        self,
        document_id: DocumentId,
        subject: str,
        filing_plan_number: str,
        changes: tuple[DocumentChange, ...] = (),
        *,
        from_inbox: bool = False,
    ) -> tuple[Case, Document]:
        """Open a case from a letter and file the letter there.

        ``from_inbox``: only as long as it lies in no case. Raises ``NotKnown``, ``WrongUsage``, ``FiledMeanwhile``.
        """
        now = self._clock.now()
        with self._store.write() as session:
            if from_inbox:
                _refuse_filed(session, document_id)
            document = known_document(session, document_id)
            case = new_case(session, subject, filing_plan_number, document.municipality, now)
            session.cases.put(case)
            session.outbox.add(CreateCase(case_id=case.case_id), now)
            return case, self._file(session, document_id, case, changes)

    def take_back(self, before: Document) -> bool:
        """Put a letter back into the inbox as it was ``before`` it was filed, as long as the filing was not sent.

        A case that was opened for it goes too, while nothing else is in it. False, and nothing is changed, when the
        server has the filing already. Raises ``NotKnown``.
        """
        document_id = before.document_id
        with self._store.write() as session:
            now = known_document(session, document_id)
            entry = _unsent_filing(session, document_id)
            known = session.baselines.get(document_id)
            there = known.document if known is not None else None
            if entry is None or not isinstance(entry.operation, FileDocument):
                return False
            if there is not None and there.case_id is not None:
                return False  # only the reply was lost
            session.outbox.discard(entry.operation_id)
            if there is not None:
                restore(session, document_id)
            else:
                session.documents.put(replace(_without(now, before, entry.operation.changes), case_id=None))
            case_id = entry.operation.case_id
            _forget_event(session, document_id, case_id)
            _forget_new_case(session, case_id)
        return True

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

    def number_stack(self, document_ids: Sequence[DocumentId], number: str) -> None:
        """Enter one batch number (of the paper's box) for letters that were scanned together. Raises ``NotKnown``."""
        now, changes = self._clock.now(), (DocumentChange(field=DocumentField.PAPER_BOX, text=number.strip()),)
        with self._store.write() as session:
            for document_id in document_ids:
                before = known_document(session, document_id)
                after = changed_document(before, changes)
                if after != before:
                    session.documents.put(after)
                    session.outbox.add(UpdateDocument(document_id=document_id, changes=changes), now)

    def _file(
        self, session: Session, document_id: DocumentId, case: Case, changes: tuple[DocumentChange, ...]
    ) -> Document:
        now = self._clock.now()
        document = known_document(session, document_id)
        if session.rearrangements.get(document_id) is not None and document.case_id is None:
            raise LetterGaveWay
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


def _refuse_filed(session: Session, document_id: DocumentId) -> None:
    case_id = known_document(session, document_id).case_id
    if case_id is not None:
        case = session.cases.get(case_id)
        raise FiledMeanwhile(number=case.case_number if case is not None else case_id)


def _without(now: Document, before: Document, changes: tuple[DocumentChange, ...]) -> Document:
    """Return a document with these fields as they were before."""
    undone = (DocumentChange(field=change.field, text=document_text(before, change.field)) for change in changes)
    return changed_document(now, tuple(undone))


def _unsent_filing(session: Session, document_id: DocumentId) -> OutboxEntry | None:
    """Return the newest filing of a document that still goes by itself; one in conflict is decided elsewhere."""
    filings = [each for each in session.outbox.touching(document_id) if isinstance(each.operation, FileDocument)]
    return filings[-1] if filings and filings[-1].state is OutboxState.WAITING else None


def _forget_event(session: Session, document_id: DocumentId, case_id: CaseId) -> None:
    """Take the note about a filing back; it waits behind the filing, so it was not sent either."""
    mine = [
        event
        for event in session.events.of_document(document_id)
        if event.kind is EventKind.FILED and event.case_id == case_id and session.outbox.touching(event.event_id)
    ]
    for event in mine[-1:]:
        for entry in session.outbox.touching(event.event_id):
            session.outbox.discard(entry.operation_id)
        session.events.remove(event.event_id)


def _forget_new_case(session: Session, case_id: CaseId) -> None:
    """Take back a case that no server has yet, unless somebody did more with it than open it."""
    entries = session.outbox.touching(case_id)
    only_opened = len(entries) == 1 and isinstance(entries[0].operation, CreateCase)
    if only_opened and entries[0].attempts == 0 and not session.documents.in_case(case_id):
        session.outbox.discard(entries[0].operation_id)
        session.cases.remove(case_id)
        session.baselines.remove(case_id)  # what was to be created, where a number was drawn already
