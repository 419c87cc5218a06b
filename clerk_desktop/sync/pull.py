"""Brings the server's changes into the store, page by page, each page together with the token that leads to the next.

A crash repeats a page and never skips one. The change log is only a hint at *what* changed: each object it names is
fetched once per page and taken in as it is now, our own changes included (one small request; recognising them by time
or token would miss somebody else's change of the same moment). What cannot be read now is remembered and asked for
again in each round, so that one broken object neither stops the others nor gets lost.

The first time, when the log no longer reaches back, and once a day (a right that was taken away is not always told),
everything visible is listed instead; where a server keeps no log, every ten minutes and whenever somebody waits.
Metadata only: content is fetched by ``content.py`` when somebody wants it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

import msgspec

from clerk_desktop.model.account import Template
from clerk_desktop.model.errors import (
    AbilityMissing,
    FailureKind,
    Missing,
    PermissionDenied,
    RequestRefused,
    ServerError,
)
from clerk_desktop.model.remote import ChangePage, RemoteCase, RemoteDocument, RemoteEvent, RemoteObject
from clerk_desktop.store.session import Session
from clerk_desktop.sync.absorb import absorb_gone, at
from clerk_desktop.sync.absorb_page import absorb_all
from clerk_desktop.sync.ahead import ahead
from clerk_desktop.sync.channel import Channel
from clerk_desktop.sync.reports import PullReport
from clerk_desktop.sync.witness import Step

PAGE = 50
PORTION = 500
RELIST_EVERY = timedelta(days=1)
RELIST_WITHOUT_LOG_EVERY = timedelta(minutes=10)
TEMPLATES_EVERY = timedelta(hours=1)
UNREAD, LISTED = "unread", "listed"
log = logging.getLogger(__name__)


@dataclass(kw_only=True)
class Memory:
    """What a running program may forget: when the office's templates were fetched."""

    templates_at: datetime | None = None


@dataclass(kw_only=True)
class Gathered:
    """What was asked from the server for one page. ``gone`` and ``unread`` are server ids."""

    states: dict[str, RemoteObject] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    not_ours: bool = False


@dataclass(kw_only=True)
class Pull:
    """One round of fetching."""

    channel: Channel
    memory: Memory
    taken_in: int = 0
    removed: int = 0

    def run(self, *, full: bool = False, impatient: bool = False) -> PullReport:
        """Fetch what changed, or list everything where that is due, or the only way and somebody waits."""
        with self.channel.store.read() as session:
            token = session.sync.token()
            listed = session.sync.note(LISTED)
        every = RELIST_EVERY if token else RELIST_WITHOUT_LOG_EVERY
        full = (
            full
            or (impatient and not token)
            or not listed
            or datetime.fromisoformat(listed) + every <= self.channel.now
        )
        try:
            if token and not full:
                full = not self._changes(token)
            if full:
                self._everything()
            self._templates(full)
            with self.channel.store.write() as session:
                session.sync.set_last_sync(self.channel.now)
        except ServerError as error:
            log.info("not fetched: %s", type(error).__name__, extra={"action": "pull"})
            return PullReport(taken_in=self.taken_in, removed=self.removed, full=full, stopped=error)
        return PullReport(taken_in=self.taken_in, removed=self.removed, full=full)

    def _changes(self, token: str) -> bool:
        """Follow the change log to its end; return False when it no longer reaches back to the token."""
        while True:
            try:
                page = self.channel.backend.changes(token, PAGE)
            except RequestRefused:
                return False
            if not page.changes and page.token == token and not self._unread():
                return True
            found = self._gather(page)
            self.channel.witness(Step.PAGE_FETCHED)
            with self.channel.store.write() as session:
                self._take_in(session, found.states.values())
                for server_id in found.gone:
                    self._take_out(session, server_id)
                session.sync.set_note(UNREAD, msgspec.json.encode(found.unread).decode() if found.unread else "")
                session.sync.set_token(page.token)
            self.channel.witness(Step.PAGE_STORED)
            if found.not_ours:
                self.memory.templates_at = None
            if not page.more or page.token == token:
                return True
            token = page.token

    def _gather(self, page: ChangePage) -> Gathered:
        found = Gathered()
        for server_id in dict.fromkeys([*self._unread(), *(change.server_id for change in page.changes)]):
            self._ask(server_id, found)
        return found

    def _unread(self) -> list[str]:
        with self.channel.store.read() as session:
            unread = session.sync.note(UNREAD)
        return msgspec.json.decode(unread, type=list[str]) if unread else []

    def _ask(self, server_id: str, found: Gathered) -> None:
        """Fetch one object; with a document a case that is not known yet, with a vanished case what lay in it."""
        if server_id in found.states or server_id in found.gone:
            return
        try:
            remote = self.channel.backend.fetch(server_id)
        except (Missing, PermissionDenied):
            found.gone.append(server_id)
            for child in self._children(server_id):
                self._ask(child, found)
            return
        except ServerError as error:
            self._unless_away(error)
            log.warning("one object cannot be read: %s", type(error).__name__, extra={"action": "pull"})
            found.unread.append(server_id)
            return
        if remote is None:
            found.not_ours = True
            return
        found.states[server_id] = remote
        folder = remote.ref.parent_id
        if isinstance(remote, RemoteDocument) and folder and not self.channel.knows_folder(folder):
            self._ask(folder, found)
            if folder not in found.states:
                self.channel.other_folders.add(folder)

    def _unless_away(self, error: ServerError) -> None:
        """Raise when the failure is the connection's and not the one object's."""
        if error.kind is FailureKind.SIGN_IN:
            raise error
        if error.kind is FailureKind.RETRY_LATER:
            away = self.channel.why_away()
            if away is not None:
                raise away

    def _children(self, server_id: str) -> list[str]:
        with self.channel.store.read() as session:
            folder = at(session, server_id)
            ids = {server_id, folder.ref.server_id, folder.ref.series_id} if folder else {server_id}
            return [child.ref.server_id for each in sorted(ids) for child in session.baselines.children(each)]

    def _everything(self) -> None:
        """List all that is visible; what is known here and not in the list is looked at, then removed."""
        channel = self.channel
        token = self._newest_token()
        channel.witness(Step.TOKEN_READ)
        seen: set[str] = set()
        for page in ahead(channel.backend.everything()):
            for portion in _portions(page):
                channel.witness(Step.PAGE_FETCHED)
                with channel.store.write() as session:
                    self._take_in(session, portion)
                channel.witness(Step.PAGE_STORED)
                seen.update(remote.ref.series_id for remote in portion)
        with channel.store.read() as session:
            known = session.baselines.known_ids()
        found = Gathered()
        for server_id, series_id in known:
            if series_id not in seen:
                self._ask(server_id, found)
        with channel.store.write() as session:
            self._take_in(session, found.states.values())
            for server_id in found.gone:
                self._take_out(session, server_id)
            session.sync.set_note(UNREAD, msgspec.json.encode(found.unread).decode() if found.unread else "")
            session.sync.set_note(LISTED, channel.now.isoformat())
            session.sync.set_token(token)
        channel.witness(Step.SWEPT)

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
        if not full and last is not None and now < last + TEMPLATES_EVERY:
            return
        for template in Template:
            try:
                content = self.channel.backend.template(template)
            except ServerError as error:
                if error.kind in (FailureKind.RETRY_LATER, FailureKind.SIGN_IN):
                    raise
                continue
            with self.channel.store.write() as session:
                if content is not None and session.sync.template(template) != content:
                    session.sync.set_template(template, content)
        self.memory.templates_at = now


def _rank(remote: RemoteObject) -> int:
    if isinstance(remote, RemoteCase):
        return 0
    if isinstance(remote, RemoteDocument):
        return 1
    return 2 if isinstance(remote, RemoteEvent) else 3


def _portions(page: Sequence[RemoteObject]) -> Iterator[list[RemoteObject]]:
    """Small transactions, so that a clerk's own writes never wait long."""
    rest = iter(sorted(page, key=_rank))
    while portion := list(islice(rest, PORTION)):
        yield portion
