"""Fetches what pinned cases need for work without a server, and keeps it up to date.

Cases, documents' data, marks and events come with every pull; here only content is fetched. What a clerk did meanwhile
goes first: between two pieces of a content the outbox is looked at.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import ClerkError, DiskFull, FailureKind, NotKnown, ServerError, StorageLimit
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.pin import Pin
from clerk_desktop.sync.channel import Channel
from clerk_desktop.sync.content import fetch_content
from clerk_desktop.sync.retention import Retention
from clerk_desktop.sync.witness import Step

AGAIN_AFTER = timedelta(minutes=10)
log = logging.getLogger(__name__)


@dataclass(kw_only=True)
class Refused:
    """What a running program may forget: which documents could not be fetched, why, and when to try again."""

    until: dict[DocumentId, tuple[datetime, str]] = field(default_factory=dict)


@dataclass(kw_only=True)
class Pinned:
    """One round. ``urgent`` sends what is due and raises what ends the round."""

    channel: Channel
    retention: Retention
    refused: Refused
    urgent: Callable[[], None]
    fetched: int = 0

    def run(self, *, impatient: bool = False) -> ClerkError | None:
        """Fetch what is missing; return why the round ended early."""
        if impatient:
            self.refused.until.clear()
        with self.channel.store.read() as session:
            pins = session.pins.all()
        try:
            for pin in pins:
                self._complete(pin)
        except (ServerError, DiskFull) as error:
            log.info("not fetched: %s", type(error).__name__, extra={"action": "pinned"})
            return error
        return None

    def _complete(self, pin: Pin) -> None:
        problem = ""
        for document in self._missing(pin):
            waits = self.refused.until.get(document.document_id)
            # a clock that is put back ends it
            if waits is not None and waits[0] - AGAIN_AFTER <= self.channel.now < waits[0]:
                problem = waits[1]
                continue
            try:
                self._fetch(document)
            except NotKnown:
                continue  # gone meanwhile
            except (ServerError, StorageLimit, DiskFull) as error:
                problem = type(error).__name__
                self.refused.until[document.document_id] = self.channel.now + AGAIN_AFTER, problem
                self._raise_if_general(pin, error)
        self._note(pin, "" if not self._missing(pin) else problem)

    def _fetch(self, document: Document) -> None:
        now = self.channel.now
        if not self.retention.make_room(now, document.length):
            raise StorageLimit
        try:
            fetch_content(self.channel.store, self.channel.backend, document.document_id, self.urgent)
        except DiskFull:
            if not self.retention.clear(now):
                raise
            fetch_content(self.channel.store, self.channel.backend, document.document_id, self.urgent)
        self.fetched += 1
        self.channel.witness(Step.CONTENT_KEPT, document.document_id)

    def _raise_if_general(self, pin: Pin, error: ClerkError) -> None:
        """End the round when the failure is not the one document's."""
        away = self.channel.why_away() if error.kind is FailureKind.RETRY_LATER else None
        if error.kind is FailureKind.SIGN_IN or away is not None:
            self.refused.until.clear()
            raise away or error
        if isinstance(error, DiskFull):
            self._note(pin, type(error).__name__)
            raise error

    def _missing(self, pin: Pin) -> list[Document]:
        with self.channel.store.read() as session:
            documents = session.documents.in_case(pin.case_id)
            return [each for each in documents if not (each.sha256 and self.channel.store.blobs.has(each.sha256))]

    def _note(self, pin: Pin, problem: str) -> None:
        complete = not self._missing(pin)
        with self.channel.store.read() as session:
            known = session.pins.get(pin.case_id)
        if known is None or ((known.complete_at is not None) == complete and known.problem == problem):
            return
        with self.channel.store.write() as session:
            known = session.pins.get(pin.case_id)
            if known is not None:
                at = (known.complete_at or self.channel.now) if complete else None
                session.pins.put(replace(known, complete_at=at, problem=problem))
