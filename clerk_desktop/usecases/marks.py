"""Marks on documents: everybody's are shown, one's own are edited; each edit is kept with what sends it."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from clerk_desktop.model.annotation import AnnotationSet, Mark, annotation_set, merged
from clerk_desktop.model.case import CaseField, CaseStatus
from clerk_desktop.model.editing import CaseChange, case_text
from clerk_desktop.model.errors import MarksRefused
from clerk_desktop.model.exchange import MarksFile, MarksFormat
from clerk_desktop.model.ids import DocumentId, annotation_set_id
from clerk_desktop.model.marking import MarkEdit, SetCase, applied
from clerk_desktop.model.outbox import PutAnnotations
from clerk_desktop.store.annotations import StoredAnnotations
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from clerk_desktop.sync.annotations import as_file, together
from clerk_desktop.system.clock import Clock, office_day
from clerk_desktop.usecases.contents import known_document
from clerk_desktop.usecases.people import actor
from clerk_desktop.usecases.worklist import change_case

log = logging.getLogger(__name__)


class Marks:
    """``marks`` reads and writes files of marks."""

    def __init__(self, store: Store, clock: Clock, marks: MarksFormat) -> None:
        self._store = store
        self._clock = clock
        self._marks = marks

    def me(self) -> str:
        """Return whose marks are made here: the account, "" before the first sign-in."""
        with self._store.read() as session:
            return actor(session)

    def sets(self, document_id: DocumentId) -> tuple[AnnotationSet, ...]:
        """Return everybody's marks on a document, by author; a set that cannot be read is left out."""
        with self._store.read() as session:
            stored = session.annotations.of_document(document_id)
        return tuple(one for each in stored if (one := self._readable(each)) is not None)

    def known(self, document_id: DocumentId) -> tuple[Mark, ...]:
        """Return everybody's marks on a document that is there. Raises ``NotKnown``."""
        with self._store.read() as session:
            known_document(session, document_id)
        return tuple(mark for each in self.sets(document_id) for mark in each.marks)

    def edit(self, document_id: DocumentId, *edits: MarkEdit) -> AnnotationSet:
        """Apply edits to my marks on a document and return them. Raises ``NotKnown``, ``MarksRefused``."""
        now = self._clock.now()
        with self._store.write() as session:
            mine = self._mine(session, document_id)
            for edit in edits:
                mine = applied(mine, edit, now)
                if isinstance(edit, SetCase):
                    _set_case(session, edit, now)
            self._keep(session, mine)
            return mine

    def closing(self, document_id: DocumentId) -> SetCase | None:
        """Return what closes the case that a document lies in; None where it lies in none, or that is closed."""
        with self._store.read() as session:
            document = session.documents.get(document_id)
            case = session.cases.get(document.case_id) if document is not None and document.case_id else None
        if case is None or case.status is CaseStatus.CLOSED:
            return None
        today = office_day(self._clock.now()).isoformat()
        after = (
            CaseChange(field=CaseField.STATUS, text=CaseStatus.CLOSED.value),
            CaseChange(field=CaseField.CLOSED_ON, text=today),
        )
        before = tuple(CaseChange(field=change.field, text=case_text(case, change.field)) for change in after)
        return SetCase(case_id=case.case_id, before=before, after=after)

    def take_in(self, document_id: DocumentId, xfdf: bytes) -> AnnotationSet:
        """Add the marks of a file as mine. Raises ``NotKnown``, ``MarksRefused``: then nothing was changed."""
        file = self._marks.read(xfdf)
        with self._store.write() as session:
            mine = self._mine(session, document_id)
            entries = (_as_mine(entry, mine.author) if isinstance(entry, Mark) else entry for entry in file.entries)
            added = annotation_set(document_id, mine.author, entries, file.foreign)
            mine = merged(mine, added)
            self._keep(session, mine)
            return mine

    def file(self, document_id: DocumentId) -> bytes:
        """Return everybody's marks on a document as one XFDF file, with what came along from other software.

        Raises ``NotKnown``.
        """
        marks = self.known(document_id)
        foreign = dict.fromkeys(element for each in self.sets(document_id) for element in each.foreign)
        return self._marks.write(MarksFile(entries=marks, foreign=tuple(foreign)))

    def _mine(self, session: Session, document_id: DocumentId) -> AnnotationSet:
        known_document(session, document_id)
        me = actor(session)
        stored = session.annotations.get(annotation_set_id(document_id, me))
        return together(self._marks, stored) if stored is not None else annotation_set(document_id, me)

    def _keep(self, session: Session, mine: AnnotationSet) -> None:
        session.annotations.put_local(as_file(self._marks, mine))
        waiting = session.outbox.touching(mine.annotation_set_id)
        if not any(isinstance(entry.operation, PutAnnotations) for entry in waiting):
            operation = PutAnnotations(annotation_set_id=mine.annotation_set_id, document_id=mine.document_id)
            session.outbox.add(operation, self._clock.now())

    def _readable(self, stored: StoredAnnotations) -> AnnotationSet | None:
        try:
            return together(self._marks, stored)
        except MarksRefused:
            log.warning("marks that cannot be read are not shown", extra={"action": "marks"})
            return None


def _set_case(session: Session, edit: SetCase, now: datetime) -> None:
    case = session.cases.get(edit.case_id)
    if case is not None:
        pairs = zip(edit.before, edit.after, strict=True)
        untouched = tuple(after for before, after in pairs if case_text(case, before.field) == before.text)
        change_case(session, case, untouched, now)


def _as_mine(mark: Mark, author: str) -> Mark:
    return replace(mark, author=author)
