"""Work of a clerk that was offline for a long time, and whether each piece of it has arrived, once."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

from clerk_desktop.documents.xfdf import Xfdf
from clerk_desktop.model.annotation import Box, Mark, MarkKind
from clerk_desktop.model.case import CaseField
from clerk_desktop.model.disposition import Disposition
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.editing import CaseChange, DocumentChange, case_text, document_text
from clerk_desktop.model.event import EventKind
from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.ids import CaseId, DocumentId, MarkId, OperationId, new_key
from clerk_desktop.model.marking import AddMark
from clerk_desktop.model.outbox import (
    AddEvent,
    CreateCase,
    DepositDocument,
    FileDocument,
    OutboxEntry,
    PutAnnotations,
    SetAsideDocument,
    UpdateCase,
    UpdateDocument,
)
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from clerk_desktop.system.clock import SystemClock
from clerk_desktop.usecases.dispositions import Dispositions
from clerk_desktop.usecases.filing import Filing
from clerk_desktop.usecases.marks import Marks
from clerk_desktop.usecases.worklist import Worklist
from tests.office.letters import deliver

TOWN = "blomberg"
PLANS = ("32.10", "32.41", "66.20", "10.15")


class Absence:
    """A clerk works at a store without a server. ``marks``: who put which mark on which letter; ``owed``: what is to
    arrive of all that, in its order.
    """

    def __init__(self, store: Store, chance: random.Random, cases: list[CaseId]) -> None:
        clock = SystemClock()
        self._store, self._chance, self._cases, self._clock = store, chance, cases, clock
        self._letters: list[DocumentId] = []
        self._worklist, self._filing = Worklist(store, clock), Filing(store, clock)
        self._orders, self._marks = Dispositions(store, clock), Marks(store, clock, Xfdf())
        self._number = 0
        self._owed: dict[OperationId, OutboxEntry] = {}
        self.marks: dict[MarkId, DocumentId] = {}

    @property
    def owed(self) -> tuple[OutboxEntry, ...]:
        return tuple(self._owed.values())

    def work(self, count: int) -> None:
        """Do this and that until so many operations are pending."""
        acts: list[Callable[[int], None]] = [
            *[self._change] * 4, *[self._order] * 3, *[self._mark] * 3, *[self._index] * 3, *[self._file] * 2,
        ]  # fmt: skip
        while self._pending() < count:
            if self._number % 6 == 0:
                self._scan(self._number)
                self._open(self._number)
            self._chance.choice(acts)(self._number)
            self._number += 1
        with self._store.read() as session:
            self._owed.update((entry.operation_id, entry) for entry in session.outbox.all())

    def _pending(self) -> int:
        with self._store.read() as session:
            return session.outbox.count().waiting

    def _open(self, number: int) -> None:
        self._cases.append(self._worklist.open_case(f"Vorgang {number}", self._chance.choice(PLANS), TOWN).case_id)

    def _scan(self, number: int) -> None:
        self._letters += deliver(self._store, TOWN, self._clock.now(), b"Brief %d" % number)

    def _change(self, number: int) -> None:
        change = CaseChange(field=CaseField.SUBJECT, text=f"Betreff {number}")
        self._worklist.change_by_id(self._chance.choice(self._cases), (change,))

    def _order(self, number: int) -> None:
        wanted = Disposition(kind=EventKind.FOR_INFORMATION, text=f"zur Kenntnis {number}")
        self._orders.dispose_by_id(self._chance.choice(self._cases), wanted)

    def _index(self, number: int) -> None:
        change = DocumentChange(field=DocumentField.SENDER, text=f"Absender {number}")
        self._filing.index(self._chance.choice(self._letters), (change,))

    def _file(self, number: int) -> None:
        with self._store.read() as session:
            case = session.cases.get(self._chance.choice(self._cases))
        assert case is not None
        self._filing.file(self._chance.choice(self._letters), case.case_number)

    def _mark(self, number: int) -> None:
        letter = self._chance.choice(self._letters)
        now = self._clock.now() + timedelta(milliseconds=number)
        mark = Mark(
            mark_id=MarkId(new_key()),
            kind=MarkKind.NOTE,
            page=1,
            shape=Box(Rect(10, 10, 30, 30)),
            author=self._marks.me(),
            created=now,
            modified=now,
            text=f"Notiz {number}",
        )
        self._marks.edit(letter, AddMark(mark=mark))
        self.marks[mark.mark_id] = letter


def not_arrived(session: Session, owed: tuple[OutboxEntry, ...]) -> list[OutboxEntry]:
    """Return which operations are not to be seen at a station that fetched everything from the server."""
    last = _last_values(owed)
    return [entry for entry in owed if not _arrived(session, entry, last)]


def _last_values(owed: tuple[OutboxEntry, ...]) -> dict[tuple[str, str], str]:
    """Return what each changed field shall be in the end, and where each letter shall lie."""
    values: dict[tuple[str, str], str] = {}
    for entry in owed:
        match entry.operation:
            case UpdateCase(case_id=case_id, changes=case_changes):
                values.update({(case_id, change.field.value): change.text for change in case_changes})
            case UpdateDocument(document_id=document_id, changes=changes):
                values.update({(document_id, change.field.value): change.text for change in changes})
            case FileDocument(document_id=document_id, case_id=case_id):
                values[document_id, "case"] = case_id
            case _:
                pass
    return values


def _arrived(session: Session, entry: OutboxEntry, last: dict[tuple[str, str], str]) -> bool:
    match entry.operation:
        case CreateCase(case_id=case_id):
            case = session.cases.get(case_id)
            return case is not None and case.number_final
        case UpdateCase(case_id=case_id, changes=changes):
            case = session.cases.get(case_id)
            return case is not None and all(
                case_text(case, each.field) == last[case_id, each.field.value] for each in changes
            )
        case DepositDocument(document_id=document_id):
            return session.documents.get(document_id) is not None
        case UpdateDocument(document_id=document_id, changes=changes):
            document = session.documents.get(document_id)
            return document is not None and all(
                document_text(document, each.field) == last[document_id, each.field.value] for each in changes
            )
        case FileDocument(document_id=document_id):
            document = session.documents.get(document_id)
            return document is not None and document.case_id == last[document_id, "case"]
        case AddEvent(event_id=event_id):
            return session.events.get(event_id) is not None
        case SetAsideDocument(document_id=document_id):
            return all(each.document_id != document_id for each in session.documents.inbox())
        case PutAnnotations(annotation_set_id=annotation_set_id):
            return session.annotations.get(annotation_set_id) is not None
