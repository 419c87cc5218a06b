"""What a clerk is told of without looking: letters that others put into their cases, deadlines of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from clerk_desktop.model.case import Case, CaseFilter, CaseOrder, CaseStatus, Confidentiality
from clerk_desktop.model.event import EventKind
from clerk_desktop.model.ids import DocumentId, EventId
from clerk_desktop.store.store import Store
from clerk_desktop.usecases.people import actor

MOST = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """A letter in one of my cases. ``title`` is "" where case or letter are protected."""

    document_id: DocumentId
    case_number: str
    title: str


class News:
    """Reads the news from the store; asks no server."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def arrived(self, event_ids: Sequence[EventId], since: datetime) -> tuple[Arrival, ...]:
        """Return what others, or a rule, filed into my cases by these events; older ones are no news."""
        found = []
        with self._store.read() as session:
            me = actor(session)
            for event_id in event_ids:
                event = session.events.get(event_id)
                if event is None or event.kind is not EventKind.FILED or event.at < since or event.actor == me:
                    continue
                case = session.cases.get(event.case_id) if event.case_id is not None else None
                if case is None or event.document_id is None or not me or case.assignee != me:
                    continue
                document = session.documents.get(event.document_id)
                classes = {case.confidentiality, document.confidentiality if document else Confidentiality.NORMAL}
                title = (document.subject or document.title) if document is not None else event.text
                shown = title if classes == {Confidentiality.NORMAL} else ""
                found.append(Arrival(document_id=event.document_id, case_number=case.case_number, title=shown))
        return tuple(found)

    def due_on(self, day: date) -> tuple[Case, ...]:
        """Return my cases whose deadline is that day and that are not closed; at most ``MOST``."""
        with self._store.read() as session:
            me = actor(session)
            if not me:
                return ()
            wanted = CaseFilter(assignee=me, due_by=day)
            last = session.cases.find(wanted, limit=MOST, order=CaseOrder.DUE_ON, descending=True)
        return tuple(case for case in last if case.due_on == day and case.status is not CaseStatus.CLOSED)
