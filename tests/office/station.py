"""A workstation of the office: a real store, its own line to the server, and what a clerk does at it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec

from clerk_desktop.backend.port import Backend
from clerk_desktop.documents.xfdf import Xfdf
from clerk_desktop.model.account import Account
from clerk_desktop.model.annotation import Box, Mark, MarkKind
from clerk_desktop.model.case import Case, CaseField, CaseFilter
from clerk_desktop.model.conflict import Conflict, Side
from clerk_desktop.model.document import Document, DocumentField
from clerk_desktop.model.editing import CaseChange, DocumentChange, changed_case, changed_document
from clerk_desktop.model.errors import ClerkError
from clerk_desktop.model.event import Event, EventKind
from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.ids import CaseId, DocumentId, EventId, MarkId, new_key, short_key
from clerk_desktop.model.ledger import FileState, ScannedFile
from clerk_desktop.model.marking import AddMark
from clerk_desktop.model.outbox import (
    AddEvent,
    CreateCase,
    FileDocument,
    OutboxEntry,
    UpdateCase,
    UpdateDocument,
)
from clerk_desktop.model.pin import Keeping, Pin
from clerk_desktop.model.suggestion import Suggestions
from clerk_desktop.sync.conflicts import Conflicts
from clerk_desktop.sync.content import fetch_content
from clerk_desktop.sync.engine import Sync
from clerk_desktop.sync.reports import SyncReport
from clerk_desktop.sync.witness import Step
from clerk_desktop.system.store_key import StoreKey
from clerk_desktop.usecases.marks import Marks
from tests.new_store import open_store
from tests.office.letters import deliver
from tests.office.network import Network

KEY = StoreKey(bytes(range(32)))
PLAN = "32.41"
Connect = Callable[[str, Network], Backend]


class PulledPlug(BaseException):
    """The station died between two steps."""


class Clock:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.time = datetime.fromisoformat("2026-03-02T08:00:00+00:00")

    def now(self) -> datetime:
        return self.time

    def pass_by(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


class Station:
    """``user`` is signed in; ``pull_plug_after`` kills the station after so many steps of a synchronisation."""

    def __init__(self, home: Path, user: str, town: str, clock: Clock, connect: Connect) -> None:
        self.user, self.town, self.clock, self.net = user, town, clock, Network()
        self.pull_plug_after: int | None = None
        self.fail_after: dict[int, ClerkError] = {}
        self.steps: list[Step] = []
        self.keeping = Keeping()
        self._home, self._connect = home, connect
        self.meanwhile: Callable[[Step], None] | None = None
        self._start()
        with self.store.write() as session:
            session.account.put(Account(url="http://office/cmis", user=user, repository="clerk", mapping="embedded"))

    def _start(self) -> None:
        self.store = open_store(self._home, KEY, self.clock)
        self.engine = Sync(
            store=self.store,
            connect=lambda: self._connect(self.user, self.net),
            jitter=lambda: 0.5,
            marks=Xfdf(),
            witness=self._witness,
            keeping=lambda: self.keeping,
        )
        self.conflicts_here = Conflicts(self.store)
        self.marks = Marks(self.store, self.clock, Xfdf())

    def _witness(self, step: Step, object_id: str = "") -> None:
        self.steps.append(step)
        if self.meanwhile is not None:
            self.meanwhile(step)
        if len(self.steps) in self.fail_after:
            raise self.fail_after[len(self.steps)]
        if self.pull_plug_after is not None:
            self.pull_plug_after -= 1
            if self.pull_plug_after < 0:
                raise PulledPlug

    # the machine

    def connect_as(self, user: str) -> Backend:
        """A connection of its own, over this station's line."""
        return self._connect(user, self.net)

    def close(self) -> None:
        self.engine.close()
        self.store.close()

    def restart(self) -> None:
        self.close()
        self._start()

    def sync(self, *, impatient: bool = True, full: bool = False) -> SyncReport:
        self.clock.pass_by(1)
        return self.engine.run_once(self.clock.now(), impatient=impatient, full=full)

    def sync_dying_after(self, steps: int, *, impatient: bool = True) -> bool:
        """Die after that many steps and start again; False when the round ended before."""
        self.pull_plug_after = steps
        try:
            self.sync(impatient=impatient)
        except PulledPlug:
            self.net.doubts += 1
            self.restart()
            return True
        finally:
            self.pull_plug_after = None
        return False

    # what a clerk does

    def mark(self, document_id: DocumentId, text: str, page: int = 1) -> MarkId:
        """Put a note on a page."""
        now = self.clock.now()
        mark = Mark(
            mark_id=MarkId(new_key()),
            kind=MarkKind.NOTE,
            page=page,
            shape=Box(Rect(10, 10, 30, 30)),
            author=self.user,
            created=now,
            modified=now,
            text=text,
        )
        self.marks.edit(document_id, AddMark(mark=mark))
        return mark.mark_id

    def notes(self, document_id: DocumentId) -> set[str]:
        """Who wrote what, as it is shown here."""
        return {f"{mark.author}: {mark.text}" for each in self.marks.sets(document_id) for mark in each.marks}

    def scan(self, content: bytes, *, subject: str = "", parts: int = 1) -> list[DocumentId]:
        """The scanner delivers a file that becomes ``parts`` documents."""
        return deliver(self.store, self.town, self.clock.now(), content, subject=subject, parts=parts)

    def suggest(self, document_id: DocumentId, proposed: Suggestions) -> None:
        """Intake proposes something for a letter and tells the other stations."""
        event = Event(
            event_id=EventId(new_key()),
            kind=EventKind.SUGGESTIONS,
            actor=self.user,
            at=self.clock.now(),
            document_id=document_id,
            text=msgspec.json.encode(proposed).decode(),
        )
        with self.store.write() as session:
            session.suggestions.put(document_id, proposed)
            session.events.put(event)
            session.outbox.add(AddEvent(event_id=event.event_id, beside=document_id), self.clock.now())

    def open_case(self, subject: str) -> CaseId:
        case_id = CaseId(new_key())
        case = Case(
            case_id=case_id,
            case_number=f"{PLAN}-2026/v-{short_key(case_id)}",
            subject=subject,
            municipality=self.town,
            filing_plan_number=PLAN,
            opened_on=date(2026, 3, 2),
            number_final=False,
        )
        with self.store.write() as session:
            session.cases.put(case)
            session.outbox.add(CreateCase(case_id=case_id), self.clock.now())
        return case_id

    def edit_case(self, case_id: CaseId, **texts: str) -> None:
        changes = tuple(CaseChange(field=CaseField(name), text=text) for name, text in texts.items())
        with self.store.write() as session:
            case = session.cases.get(case_id)
            assert case is not None
            session.cases.put(changed_case(case, changes))
            session.outbox.add(UpdateCase(case_id=case_id, changes=changes), self.clock.now())

    def pin(self, case_id: CaseId) -> None:
        now = self.clock.now()
        with self.store.write() as session:
            session.pins.put(
                Pin(case_id=case_id, pinned_at=now, expires_at=now + timedelta(days=self.keeping.pinned_days))
            )

    def unpin(self, case_id: CaseId) -> None:
        with self.store.write() as session:
            session.pins.remove(case_id)

    def pinned(self, case_id: CaseId) -> Pin | None:
        with self.store.read() as session:
            return session.pins.get(case_id)

    def has_content(self, document_id: DocumentId) -> bool:
        document = self.document(document_id)
        return document is not None and bool(document.sha256) and self.store.blobs.has(document.sha256)

    def index(self, document_id: DocumentId, **texts: str) -> None:
        changes = tuple(DocumentChange(field=DocumentField(name), text=text) for name, text in texts.items())
        with self.store.write() as session:
            document = session.documents.get(document_id)
            assert document is not None
            session.documents.put(changed_document(document, changes))
            session.outbox.add(UpdateDocument(document_id=document_id, changes=changes), self.clock.now())

    def file(self, document_id: DocumentId, case_id: CaseId, **texts: str) -> EventId:
        now = self.clock.now()
        changes = tuple(DocumentChange(field=DocumentField(name), text=text) for name, text in texts.items())
        event = Event(
            event_id=EventId(new_key()),
            kind=EventKind.FILED,
            actor=self.user,
            at=now,
            case_id=case_id,
            document_id=document_id,
        )
        with self.store.write() as session:
            document = session.documents.get(document_id)
            assert document is not None
            session.documents.put(replace(changed_document(document, changes), case_id=case_id))
            session.outbox.add(FileDocument(document_id=document_id, case_id=case_id, changes=changes), now)
            session.events.put(event)
            session.outbox.add(AddEvent(event_id=event.event_id, beside=case_id), now)
        return event.event_id

    def resolve(self, conflict: Conflict, side: Side) -> None:
        self.conflicts_here.resolve(conflict.operation_id, side, self.clock.now())

    def fetch_content(self, document_id: DocumentId) -> bytes:
        with closing(self._connect(self.user, self.net)) as backend:
            sha256 = fetch_content(self.store, backend, document_id)
        return self.store.blobs.read(sha256)

    # what a clerk sees

    def case(self, case_id: CaseId) -> Case | None:
        with self.store.read() as session:
            return session.cases.get(case_id)

    def document(self, document_id: DocumentId) -> Document | None:
        with self.store.read() as session:
            return session.documents.get(document_id)

    def cases(self) -> tuple[Case, ...]:
        with self.store.read() as session:
            return session.cases.find(CaseFilter(), limit=10_000)

    def documents(self) -> tuple[Document, ...]:
        with self.store.read() as session:
            filed = (
                document
                for case in session.cases.find(CaseFilter(), limit=10_000)
                for document in session.documents.in_case(case.case_id)
            )
            return (*session.documents.inbox(), *filed)

    def events(self, case_id: CaseId) -> tuple[Event, ...]:
        with self.store.read() as session:
            return session.events.of_case(case_id)

    def suggestions(self, document_id: DocumentId) -> Suggestions | None:
        with self.store.read() as session:
            return session.suggestions.get(document_id)

    def outbox(self) -> tuple[OutboxEntry, ...]:
        with self.store.read() as session:
            return session.outbox.all()

    def conflicts(self) -> tuple[Conflict, ...]:
        return self.conflicts_here.all()

    def files(self) -> list[ScannedFile]:
        with self.store.read() as session:
            return list(session.ledger.in_state(*FileState))
