"""Lets content go, and its text, that this workstation no longer needs: over its time or the limit, or not allowed.

Once a day also what nothing names any more: a process that died left it behind, or somebody read it when it was to go.

Never what only this workstation has (unsent work, scans that are not settled) and never a pinned case. Needs no server.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from clerk_desktop.model.errors import DiskFull
from clerk_desktop.model.pin import Keeping
from clerk_desktop.store.blobs import Held
from clerk_desktop.store.store import Store

LOOK_EVERY = timedelta(minutes=10)
IN_USE = timedelta(minutes=1)
SWEEP_EVERY = timedelta(days=1)
SWEPT = "swept"
log = logging.getLogger(__name__)


class Retention:
    """``rules`` tells what the settings say now. Used by one thread at a time."""

    def __init__(self, store: Store, rules: Callable[[], Keeping]) -> None:
        self._store = store
        self._rules = rules
        self._looked: datetime | None = None

    def run_once(self, now: datetime) -> None:
        """End pins whose time is over, remove what was let go, and every ten minutes what is old or too much."""
        self._expire(now)
        self._remove_leaving(now)
        if self._looked is None or not self._looked <= now < self._looked + LOOK_EVERY:
            first, self._looked = self._looked is None, now
            rules = self._rules()
            self._remove_old(now, timedelta(days=rules.opened_days))
            self._forget_texts()
            self.make_room(now, 0)
            if not first:  # the program has other things to do when it starts
                self._sweep(now)

    def make_room(self, now: datetime, wanted: int) -> bool:
        """Remove what was not used for longest until ``wanted`` bytes fit; return whether they do."""
        limit = self._rules().limit
        over = self._store.blobs.size() + wanted - limit
        return over <= 0 or self._remove(self._removable(), now - IN_USE, over) >= over

    def clear(self, now: datetime) -> bool:
        """Remove everything that may go, because the disk is full; return whether anything went."""
        return self._remove(self._removable(), now - IN_USE, None) > 0

    def let_all_go(self, now: datetime) -> None:
        """Remove all that the server has, pinned or not, also where the disk has no room to note it."""
        with self._store.read() as session:
            may_go = session.documents.content_hashes() - session.contents.irreplaceable()
        self._remove(list(self._store.blobs.held(may_go)), now, None)

    def _expire(self, now: datetime) -> None:
        with self._store.read() as session:
            expired = session.pins.expired(now)
        if not expired:
            return
        with self._store.write() as session:
            for pin in session.pins.expired(now):
                session.pins.remove(pin.case_id)
        log.info("%d pins ended", len(expired), extra={"action": "retention"})

    def _remove_leaving(self, now: datetime) -> None:
        with self._store.read() as session:
            leaving = session.contents.leaving()
            needed = session.contents.needed() if leaving else frozenset()
        if not leaving:
            return
        done = [sha256 for sha256 in sorted(leaving) if sha256 in needed or self._release(sha256, now)]
        with self._store.write() as session:
            session.contents.left(done)
        log.info("%d contents let go", len(done), extra={"action": "retention"})

    def _sweep(self, now: datetime) -> None:
        """Remove what nothing names. Another process of the profile may do the same at the same time."""
        with self._store.read() as session:
            last = session.sync.note(SWEPT)
            if last and datetime.fromisoformat(last) <= now < datetime.fromisoformat(last) + SWEEP_EVERY:
                return
            named = session.documents.content_hashes() | session.contents.needed() | session.contents.leaving()
        removed = self._store.blobs.sweep(named)
        with contextlib.suppress(DiskFull), self._store.write() as session:
            session.sync.set_note(SWEPT, now.isoformat())
        if removed:
            log.info("%d contents that nothing names removed", removed, extra={"action": "retention"})

    def _remove_old(self, now: datetime, age: timedelta) -> None:
        limit = now - max(age, IN_USE)
        ahead = now + IN_USE  # what is used while this goes on is no work of a clock that was wrong
        old = [held for held in self._removable() if not limit.timestamp() <= held.used_at <= ahead.timestamp()]
        self._remove(old, limit, None)

    def _removable(self) -> list[Held]:
        """Return what may go, longest unused first."""
        with self._store.read() as session:
            may_go = session.documents.content_hashes() - session.contents.needed()
        return sorted(self._store.blobs.held(may_go), key=lambda held: held.used_at)

    def _remove(self, held: list[Held], before: datetime, wanted: int | None) -> int:
        """Remove from the front until ``wanted`` bytes went, all for None; return how many went."""
        gone = 0
        for each in held:
            if wanted is not None and gone >= wanted:
                break
            if self._release(each.sha256, before):
                gone += each.size
        return gone

    def _release(self, sha256: str, before: datetime) -> bool:
        """Let a content go, its text first: what is found must be here. What is used since is left alone; text of what
        somebody begins to use in just this moment is read again.
        """
        if self._store.blobs.is_used_after(sha256, before):
            return False
        with contextlib.suppress(DiskFull), self._store.write() as session:  # full: the text goes at the next look
            session.texts.forget(sha256)
        return self._store.blobs.release(sha256, before)

    def _forget_texts(self) -> None:
        """Forget the text of content that went in any other way."""
        with self._store.read() as session:
            kept = session.texts.kept()
        gone = kept - {held.sha256 for held in self._store.blobs.held(sorted(kept))}
        for sha256 in sorted(gone):
            with self._store.write() as session:
                session.texts.forget(sha256)
