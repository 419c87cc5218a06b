"""Case lists and cases: find, show, open, change. Writes the local store and the outbox in one transaction.

What only changes need is imported by them: a list is the first thing that a window shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from clerk_desktop.model.case import Case, CaseFilter, CaseOrder
from clerk_desktop.model.errors import NotKnown, WrongUsage
from clerk_desktop.model.ids import CaseId, DocumentId, EventId, new_key, spoken_key
from clerk_desktop.model.municipality import find_municipality
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from clerk_desktop.system.clock import Clock, office_day
from clerk_desktop.usecases.people import actor, names, town_of

if TYPE_CHECKING:
    from clerk_desktop.model.editing import CaseChange, ChangedCase
    from clerk_desktop.model.event import Event
    from clerk_desktop.usecases.case_view import CaseView


class Worklist:
    """Case lists over the local store; nothing here waits for a server."""

    def __init__(self, store: Store, clock: Clock, key: Callable[[], str] = new_key) -> None:
        """``key`` gives fresh object keys."""
        self._store = store
        self._clock = clock
        self._key = key

    def find(
        self,
        wanted: CaseFilter,
        *,
        offset: int = 0,
        limit: int = 1_000_000,
        order: CaseOrder = CaseOrder.NUMBER,
        descending: bool = False,
    ) -> tuple[Case, ...]:
        """Return a page of the cases that match, sorted."""
        with self._store.read() as session:
            called = names(session) if wanted.text else {}
            return session.cases.find(wanted, offset, limit, order, descending, called)

    def count(self, wanted: CaseFilter) -> int:
        """Return how many cases match."""
        with self._store.read() as session:
            return session.cases.count(wanted)

    def ordered(self, wanted: CaseFilter, order: CaseOrder, *, descending: bool) -> Sequence[int]:
        """Return the places of all cases that match, sorted; ``at`` reads what lies there."""
        with self._store.read() as session:
            return session.cases.ordered(wanted, order, descending, names(session))

    def names(self) -> dict[str, str]:
        """Return the names of the office's people by account, as last fetched."""
        with self._store.read() as session:
            return names(session)

    def at(self, places: Sequence[int]) -> dict[int, Case]:
        """Return the cases at these places, a screenful at once; one that is gone is missing."""
        with self._store.read() as session:
            return session.cases.at(places)

    def place_of(self, case_id: CaseId) -> int | None:
        """Return the place of a case, None for an unknown one."""
        with self._store.read() as session:
            return session.cases.place_of(case_id)

    def me(self) -> str:
        """Return the signed-in user's account name, "" before the first sign-in."""
        with self._store.read() as session:
            return actor(session)

    def show(self, case_number: str) -> CaseView:
        """Return one case. Raises ``NotKnown``."""
        with self._store.read() as session:
            return _view(session, known_case(session, case_number))

    def show_by_id(self, case_id: CaseId) -> CaseView:
        """Return one case by our id, which stays when the number becomes final. Raises ``NotKnown``."""
        with self._store.read() as session:
            return _view(session, _case_by_id(session, case_id))

    def case_of(self, document_id: DocumentId) -> CaseId | None:
        """Return the case that a document lies in, None for the inbox or an unknown one."""
        with self._store.read() as session:
            document = session.documents.get(document_id)
        return document.case_id if document is not None else None

    def open_case(self, subject: str, filing_plan_number: str, municipality: str = "") -> Case:
        """Open a case; its number is provisional until the server's counter gave one. Raises ``WrongUsage``."""
        from clerk_desktop.model.outbox import CreateCase

        now = self._clock.now()
        with self._store.write() as session:
            case = new_case(session, subject, filing_plan_number, municipality, now, self._key)
            session.cases.put(case)
            session.outbox.add(CreateCase(case_id=case.case_id), now)
        return case

    def change(self, case_number: str, changes: tuple[CaseChange, ...]) -> Case:
        """Change fields of a case and note it in its history. Raises ``NotKnown``, ``WrongUsage``."""
        with self._store.write() as session:
            return change_case(session, known_case(session, case_number), changes, self._clock.now())

    def change_by_id(self, case_id: CaseId, changes: tuple[CaseChange, ...]) -> ChangedCase:
        """Do the same for a case by our id, and tell what it was before. Raises ``NotKnown``, ``WrongUsage``."""
        from clerk_desktop.model.editing import ChangedCase

        with self._store.write() as session:
            before = _case_by_id(session, case_id)
            return ChangedCase(before=before, after=change_case(session, before, changes, self._clock.now()))


def known_case(session: Session, case_number: str) -> Case:
    """Return the case with that number. Raises ``NotKnown``."""
    case = session.cases.by_number(case_number)
    if case is None:
        raise NotKnown(what=case_number)
    return case


def change_case(session: Session, before: Case, changes: tuple[CaseChange, ...], now: datetime) -> Case:
    """Change fields of a case, note it in its history, and have it sent. Raises ``WrongUsage``."""
    from clerk_desktop.model.editing import case_text, changed_case
    from clerk_desktop.model.outbox import UpdateCase

    real = tuple(change for change in changes if case_text(before, change.field) != change.text)
    after = changed_case(before, real)
    if after != before:
        session.cases.put(after)
        session.outbox.add(UpdateCase(case_id=before.case_id, changes=real), now)
        note_event(session, _changed_event(before, real, actor(session), now), before.case_id, now)
    return after


def _case_by_id(session: Session, case_id: CaseId) -> Case:
    case = session.cases.get(case_id)
    if case is None:
        raise NotKnown(what=case_id)
    return case


def _view(session: Session, case: Case) -> CaseView:
    from clerk_desktop.usecases.case_view import CaseView

    documents = session.documents.in_case(case.case_id)
    events = session.events.of_case(case.case_id)
    return CaseView(case=case, documents=documents, events=events, names=names(session))


def new_case(
    session: Session,
    subject: str,
    plan: str,
    municipality: str,
    now: datetime,
    key: Callable[[], str] = new_key,
) -> Case:
    """Return a new case with a provisional number that no case here has, not yet stored. Raises ``WrongUsage``.

    That number is of the case's own key, so that two stations without a server do not give the same one either.
    """
    if not subject.strip() or not plan.strip():
        raise WrongUsage(what=subject or plan)
    town = find_municipality(municipality) if municipality else town_of(session)
    if town is None:
        raise WrongUsage(what=municipality or "--municipality")
    today = office_day(now)
    case_id, number = _provisional(session, plan, today.year, key)
    return Case(
        case_id=case_id,
        case_number=number,
        subject=subject.strip(),
        municipality=town.key,
        filing_plan_number=plan,
        assignee=actor(session),
        opened_on=today,
        number_final=False,
    )


def _provisional(session: Session, plan: str, year: int, key: Callable[[], str]) -> tuple[CaseId, str]:
    while True:
        case_id = CaseId(key())
        number = f"{plan}-{year}/v-{spoken_key(case_id)}"
        if session.cases.by_number(number) is None:
            return case_id, number


def note_event(session: Session, event: Event, beside: str, now: datetime) -> None:
    """Append an event locally and to the outbox."""
    from clerk_desktop.model.outbox import AddEvent

    session.events.put(event)
    session.outbox.add(AddEvent(event_id=event.event_id, beside=beside), now)


def _changed_event(case: Case, changes: tuple[CaseChange, ...], who: str, now: datetime) -> Event:
    from clerk_desktop.model.editing import case_text
    from clerk_desktop.model.event import Event, EventKind

    lines = (f"{change.field.value}: {case_text(case, change.field)} → {change.text}" for change in changes)
    return Event(
        event_id=EventId(new_key()),
        kind=EventKind.CHANGED,
        actor=who,
        at=now,
        case_id=case.case_id,
        text="\n".join(lines),
    )
