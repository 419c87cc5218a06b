"""Dispositions: written into the case's history, with what they change in the case, in one transaction; offline too."""

from __future__ import annotations

from datetime import date

from clerk_desktop.model.case import Case, CaseField, CaseStatus
from clerk_desktop.model.disposition import DISPOSITIONS, Disposition, Seal, sealed
from clerk_desktop.model.editing import CaseChange, case_text, changed_case
from clerk_desktop.model.errors import NotKnown, WrongUsage
from clerk_desktop.model.event import Event, EventKind
from clerk_desktop.model.ids import CaseId, EventId, new_key
from clerk_desktop.model.outbox import UpdateCase
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from clerk_desktop.system.clock import Clock, office_day
from clerk_desktop.usecases.contents import known_document
from clerk_desktop.usecases.people import actor
from clerk_desktop.usecases.worklist import known_case, note_event


class Dispositions:
    """What clerks order in cases."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def dispose(self, case_number: str, wanted: Disposition) -> Event:
        """Order something in a case. Raises ``NotKnown``, ``WrongUsage``."""
        with self._store.write() as session:
            return self._dispose(session, known_case(session, case_number), wanted)

    def dispose_by_id(self, case_id: CaseId, wanted: Disposition) -> Event:
        """Do the same for a case by our id. Raises ``NotKnown``, ``WrongUsage``."""
        with self._store.write() as session:
            case = session.cases.get(case_id)
            if case is None:
                raise NotKnown(what=case_id)
            return self._dispose(session, case, wanted)

    def _dispose(self, session: Session, case: Case, wanted: Disposition) -> Event:
        _check(wanted)
        now = self._clock.now()
        event = Event(
            event_id=EventId(new_key()),
            kind=wanted.kind,
            actor=actor(session),
            at=now,
            text=_text(session, case, wanted),
            case_id=case.case_id,
            document_id=wanted.document_id,
            target_date=wanted.on,
            target_user=wanted.to,
        )
        real = tuple(
            change for change in consequences(wanted, office_day(now)) if case_text(case, change.field) != change.text
        )
        if real:
            session.cases.put(changed_case(case, real))
            session.outbox.add(UpdateCase(case_id=case.case_id, changes=real), now)
        note_event(session, event, case.case_id, now)
        return event


def consequences(wanted: Disposition, today: date) -> tuple[CaseChange, ...]:
    """Return what a disposition changes in its case."""
    match wanted.kind:
        case EventKind.FOR_ACTION if wanted.to:
            return (CaseChange(field=CaseField.ASSIGNEE, text=wanted.to),)
        case EventKind.RESUBMISSION:
            day = wanted.on.isoformat() if wanted.on else ""
            return (
                CaseChange(field=CaseField.RESUBMIT_ON, text=day),
                CaseChange(field=CaseField.RESUBMIT_NOTE, text=wanted.text),
            )
        case EventKind.TO_FILES:
            return (
                CaseChange(field=CaseField.STATUS, text=CaseStatus.CLOSED.value),
                CaseChange(field=CaseField.CLOSED_ON, text=today.isoformat()),
            )
        case _:
            return ()


def _check(wanted: Disposition) -> None:
    """Raise ``WrongUsage`` for an order that says too little or too much."""
    if wanted.kind not in DISPOSITIONS:
        raise WrongUsage(what=wanted.kind.value)
    if (wanted.on is not None) != (wanted.kind is EventKind.RESUBMISSION):
        raise WrongUsage(what=wanted.on.isoformat() if wanted.on else wanted.kind.value)
    if (wanted.document_id is not None) and wanted.kind is not EventKind.CO_SIGNATURE:
        raise WrongUsage(what=wanted.document_id)


def _text(session: Session, case: Case, wanted: Disposition) -> str:
    """Return the text, bound to what is co-signed. Raises ``NotKnown`` for a document that is not in the case."""
    text = wanted.text.strip()
    if wanted.document_id is None:
        return text
    document = known_document(session, wanted.document_id)
    if document.case_id != case.case_id:
        raise NotKnown(what=wanted.document_id)
    if not document.sha256:
        raise WrongUsage(what=document.title)
    return sealed(text, Seal(version=document.version, sha256=document.sha256))
