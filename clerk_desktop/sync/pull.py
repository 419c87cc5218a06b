"""Brings the server's changes into the store, page by page, each page together with the token that leads to the next.

A crash repeats a page and never skips one. The change log is only a hint at *what* changed: each object it names is
fetched once per page and taken in as it is now, our own changes included (one small request; recognising them by time
or token would miss somebody else's change of the same moment). What cannot be read now is remembered and asked for
again in each round, so that one broken object neither stops the others nor gets lost.

The first time, when the log no longer reaches back, and once a day (a right that was taken away is not always told),
everything visible is listed instead. Where a server keeps no log, what was modified lately stands for it, pinned cases
are looked into each time, and everything is listed every ten minutes and whenever somebody waits.
Metadata only: content is fetched by ``content.py`` when somebody wants it.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

import msgspec

from clerk_desktop.model.account import Template
from clerk_desktop.model.errors import AbilityMissing, FailureKind, RequestRefused, ServerError
from clerk_desktop.model.remote import RemoteCase, RemoteDocument, RemoteEvent, RemoteObject, RemoteRef, Strategy
from clerk_desktop.store.session import Session
from clerk_desktop.sync.absorb import absorb_gone, at
from clerk_desktop.sync.absorb_page import absorb_all
from clerk_desktop.sync.asking import Asking
from clerk_desktop.sync.channel import Channel
from clerk_desktop.sync.following import Looked, in_pinned_cases, unknown
from clerk_desktop.sync.reports import PullReport
from clerk_desktop.sync.witness import Step
from clerk_desktop.system.decoding import decoder

PAGE = 50
WINDOW = 500
PORTION = 250
LONGEST_REST, LOOK_SECONDS = 0.1, 0.002
RELIST_EVERY = timedelta(days=1)
RELIST_WITHOUT_LOG_EVERY = timedelta(minutes=10)
TEMPLATES_EVERY = timedelta(hours=1)
UNREAD, LISTED = "unread", "listed"
Page: TypeAlias = Sequence[RemoteObject]
logger = logging.getLogger(__name__)


@dataclass(kw_only=True)
class Memory:
    """What a running program may forget: when the office's templates were fetched, what was looked at in vain."""

    templates_at: datetime | None = None
    looked: Looked = field(default_factory=Looked)


@dataclass(kw_only=True)
class Pull:
    """One round of fetching. ``monotonic`` counts seconds and ``wait`` lets some pass."""

    channel: Channel
    memory: Memory
    monotonic: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep
    taken_in: int = 0
    removed: int = 0

    def run(self, *, full: bool = False, impatient: bool = False) -> PullReport:
        """Fetch what changed, or list everything where that is due, or the only way and somebody waits."""
        with self.channel.store.read() as session:
            token = session.sync.token()
            noted = session.sync.note(LISTED)
        log = bool(token) and self.channel.backend.capabilities().tracking is Strategy.CHANGE_LOG
        every = RELIST_EVERY if log else RELIST_WITHOUT_LOG_EVERY
        listed = datetime.fromisoformat(noted) if noted else None
        # a clock that once ran ahead must not keep everything from being listed until then
        due = listed is None or not listed <= self.channel.now < listed + every
        full = full or (impatient and not log) or due
        try:
            if token and not full:
                full = not self._changes(token, PAGE if log else WINDOW)
            if not log and not full:
                self._look_into_pinned_cases()
            if full:
                self._everything()
            self._templates(full)
            with self.channel.store.write() as session:
                session.sync.set_last_sync(self.channel.now)
        except ServerError as error:
            logger.info("not fetched: %s", type(error).__name__, extra={"action": "pull"})
            return PullReport(taken_in=self.taken_in, removed=self.removed, full=full, stopped=error)
        return PullReport(taken_in=self.taken_in, removed=self.removed, full=full)

    def _changes(self, token: str, limit: int) -> bool:
        """Follow the changes to their end; return False when they no longer reach back to the token."""
        while True:
            try:
                page = self.channel.backend.changes(token, limit)
            except (RequestRefused, AbilityMissing):
                return False
            new = unknown(self.channel, self.memory.looked, page.changes)
            if not new and page.token == token and not self._unread():
                return True
            self._look_at([change.ref for change in new if change.ref], [each.server_id for each in new], page.token)
            if not page.more or page.token == token:
                return True
            token = page.token

    def _look_into_pinned_cases(self) -> None:
        """See what no window shows: what was deleted from pinned cases, or put into them or out of them."""
        wanted = in_pinned_cases(self.channel, self.memory.looked)
        if wanted:
            self._look_at(wanted, [ref.server_id for ref in wanted], None)

    def _look_at(self, told: Iterable[RemoteRef], server_ids: Sequence[str], token: str | None) -> None:
        unread = self._fetch(server_ids, token)
        self.memory.looked.note(ref for ref in told if ref.server_id not in unread)

    def _fetch(self, server_ids: Sequence[str], token: str | None) -> list[str]:
        """Fetch what is named, and what could not be read before, and take it in; with the last of it the token.

        Return what could not be read.
        """
        before, unread = self._unread(), list[str]()
        waiting = list(dict.fromkeys([*before, *server_ids]))
        while True:
            portion, waiting = waiting[:PAGE], waiting[PAGE:]
            asking = Asking(self.channel)
            asking.ask_all(portion)
            found = asking.found
            unread += found.unread
            self.channel.witness(Step.PAGE_FETCHED)
            with self.channel.store.write() as session:
                self._take_in(session, found.states.values())
                for server_id in found.gone:
                    self._take_out(session, server_id)
                left = set(waiting)
                self._note_unread(session, [*unread, *(each for each in before if each in left)])
                if token is not None and not waiting:
                    session.sync.set_token(token)
            self.channel.witness(Step.PAGE_STORED)
            if found.not_ours:
                self.memory.templates_at = None
            if not waiting:
                return unread

    def _unread(self) -> list[str]:
        with self.channel.store.read() as session:
            unread = session.sync.note(UNREAD)
        return decoder(list[str]).decode(unread) if unread else []

    def _note_unread(self, session: Session, unread: list[str]) -> None:
        session.sync.set_note(UNREAD, msgspec.json.encode(unread).decode() if unread else "")

    def _everything(self) -> None:
        """List all that is visible; what is known here and not in the list is looked at, then removed."""
        channel = self.channel
        token = self._newest_token()
        channel.witness(Step.TOKEN_READ)
        seen: set[str] = set()
        with closing(_portioned(channel.backend.everything(), seen)) as pages:
            for portions in pages:
                self._keep(portions)
        with channel.store.read() as session:
            unseen = session.baselines.known_beside(seen)
        asking = Asking(channel)
        asking.ask_all(unseen)
        found = asking.found
        with channel.store.write() as session:
            self._take_in(session, found.states.values())
            for server_id in found.gone:
                self._take_out(session, server_id)
            self._note_unread(session, found.unread)
            session.sync.set_note(LISTED, channel.now.isoformat())
            session.sync.set_token(token)
        channel.witness(Step.SWEPT)

    def _keep(self, portions: deque[Page]) -> None:
        """Take a page in, portion by portion: in one transaction, because each writes many places of the disk anew; as
        soon as another thread or process waits to write it ends with the portion at hand.

        Threads get their turn in order. Processes, such as a window beside ``run``, look whether the store is free: it
        is left alone until they found it so.
        """
        store = self.channel.store
        while portions:
            self.channel.witness(Step.PAGE_FETCHED)
            with store.write() as session:
                self._take_in(session, portions.popleft())
                while portions and not store.writers_waiting():
                    self._take_in(session, portions.popleft())
            self.channel.witness(Step.PAGE_STORED)
            until = self.monotonic() + LONGEST_REST
            while store.neighbours_are_waiting() and self.monotonic() < until:
                self.wait(LOOK_SECONDS)

    def _newest_token(self) -> str:
        try:
            return self.channel.backend.change_token()
        except AbilityMissing:
            return ""

    def _take_in(self, session: Session, states: Iterable[RemoteObject]) -> None:
        """Cases first, then documents, then events: each finds its place."""
        self.taken_in += absorb_all(session, sorted(states, key=_rank), self.channel.now)

    def _take_out(self, session: Session, server_id: str) -> None:
        known = at(session, server_id)
        if known is not None:
            absorb_gone(session, known.object_id)
            self.removed += 1

    def _templates(self, full: bool) -> None:
        last, now = self.memory.templates_at, self.channel.now
        if not full and last is not None and last <= now < last + TEMPLATES_EVERY:
            return
        for template in Template:
            try:
                content = self.channel.backend.template(template)
            except ServerError as error:
                if error.kind in (FailureKind.RETRY_LATER, FailureKind.SIGN_IN):
                    raise
                continue
            with self.channel.store.write() as session:
                if session.sync.template(template) == content:
                    continue
                if content is None:  # the office took it away
                    session.sync.forget_template(template)
                else:
                    session.sync.set_template(template, content)
        self.memory.templates_at = now


def _rank(remote: RemoteObject) -> int:
    if isinstance(remote, RemoteCase):
        return 0
    if isinstance(remote, RemoteDocument):
        return 1
    return 2 if isinstance(remote, RemoteEvent) else 3


def _portioned(pages: Iterable[Page], seen: set[str]) -> Generator[deque[Page]]:
    """Give pages as portions that are taken in without looking whether somebody waits, cases first, and note the
    lasting ids of what stands in them.
    """
    for page in pages:
        seen.update(remote.ref.series_id for remote in page)
        rest = sorted(page, key=_rank)
        portions = deque[Page](rest[begin : begin + PORTION] for begin in range(0, len(rest), PORTION))
        del page, rest  # what was taken in is kept by nobody
        yield portions
