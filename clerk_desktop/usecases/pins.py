"""Taking cases along: kept with all their content, for a while, up to a limit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from clerk_desktop.model.case import Case
from clerk_desktop.model.errors import NotKnown
from clerk_desktop.model.ids import CaseId
from clerk_desktop.model.pin import Keeping, Pin, PinnedCase
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from clerk_desktop.system.clock import Clock
from clerk_desktop.system.settings import OPENED_DAYS, PINNED_DAYS, STORAGE_LIMIT_MB, SettingsFiles
from clerk_desktop.usecases.worklist import known_case

MEGABYTE = 1024 * 1024


def keeping(settings: SettingsFiles) -> Keeping:
    """Return what the settings say about content on this computer."""
    now = settings.load()
    return Keeping(
        pinned_days=now.value(PINNED_DAYS),
        opened_days=now.value(OPENED_DAYS),
        limit=now.value(STORAGE_LIMIT_MB) * MEGABYTE,
    )


class Pins:
    """Pinned cases. ``rules`` tells what the settings say, ``let_go`` removes the content that was let go."""

    def __init__(self, store: Store, clock: Clock, rules: Callable[[], Keeping], let_go: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._rules = rules
        self._let_go = let_go

    def pin(self, case_number: str) -> PinnedCase:
        """Make a case available offline, or keep a pinned one for longer; its content comes with the next exchange.

        Raises ``NotKnown``.
        """
        with self._store.write() as session:
            case = known_case(session, case_number)
            self._pin(session, case)
        return self._known(case.case_id)

    def unpin(self, case_number: str) -> None:
        """Keep a case no longer, and remove its content unless it is not sent yet. Raises ``NotKnown``."""
        with self._store.write() as session:
            session.pins.remove(known_case(session, case_number).case_id)
        self._let_go()

    def toggle(self, case_id: CaseId) -> PinnedCase | None:
        """Pin a case that is not pinned, unpin one that is; return what it is then. Raises ``NotKnown``."""
        with self._store.write() as session:
            case = session.cases.get(case_id)
            if case is None:
                raise NotKnown(what=case_id)
            pinned = session.pins.get(case_id) is not None
            if pinned:
                session.pins.remove(case_id)
            else:
                self._pin(session, case)
        if pinned:
            self._let_go()
            return None
        return self._known(case_id)

    def of(self, case_id: CaseId) -> PinnedCase | None:
        """Return how a pinned case stands, None for one that is not pinned."""
        with self._store.read() as session:
            pin = session.pins.get(case_id)
            return None if pin is None else self._standing(session, pin)

    def all(self) -> tuple[PinnedCase, ...]:
        """Return all pinned cases, oldest pin first."""
        with self._store.read() as session:
            found = [self._standing(session, pin) for pin in session.pins.all()]
        return tuple(each for each in found if each is not None)

    def _pin(self, session: Session, case: Case) -> None:
        now = self._clock.now()
        expires = now + timedelta(days=self._rules().pinned_days)
        known = session.pins.get(case.case_id)
        complete: datetime | None = known.complete_at if known else None
        session.pins.put(Pin(case_id=case.case_id, pinned_at=now, expires_at=expires, complete_at=complete))

    def _known(self, case_id: CaseId) -> PinnedCase:
        found = self.of(case_id)
        if found is None:
            raise NotKnown(what=case_id)
        return found

    def _standing(self, session: Session, pin: Pin) -> PinnedCase | None:
        case = session.cases.get(pin.case_id)
        if case is None:
            return None
        documents = session.documents.in_case(pin.case_id)
        here = [each for each in documents if each.sha256 and self._store.blobs.has(each.sha256)]
        return PinnedCase(
            pin=pin,
            case_number=case.case_number,
            subject=case.subject,
            documents=len(documents),
            missing=len(documents) - len(here),
            size=sum(each.length for each in here),
            as_of=session.sync.last_sync(),
        )
