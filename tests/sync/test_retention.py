"""What makes room takes no text of content that stays; what was let go stays for others who have the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.document import Document
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.pin import Keeping
from clerk_desktop.sync.absorb import forget
from clerk_desktop.sync.retention import IN_USE, Retention
from tests.office.memory_backend import MemoryServer
from tests.office.office import Office
from tests.office.station import Station


class Desk:
    """A station that has the content of a letter here, and its text."""

    def __init__(self, station: Station, letter: DocumentId) -> None:
        self.station, self._letter = station, letter
        self.retention = Retention(station.store, lambda: Keeping(limit=0))
        self.look()
        sha256 = self._sha256
        with station.store.write() as session:
            session.texts.put(sha256, [(1, "Hundesteuer")], complete=True)

    @property
    def document(self) -> Document:
        document = self.station.document(self._letter)
        assert document is not None
        return document

    @property
    def _sha256(self) -> str:
        return self.document.sha256

    def look(self) -> None:
        """Somebody looks at the letter."""
        self.station.fetch_content(self._letter)
        self.station.store.blobs.used(self._sha256)

    def has(self) -> tuple[bool, int]:
        """Whether the content is here, and how many pages of text."""
        sha256 = self._sha256
        with self.station.store.read() as session:
            return self.station.store.blobs.has(sha256), session.texts.pages(sha256)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    office = Office(tmp_path, MemoryServer())
    mailroom, clerk = office.station("post"), office.station("clerk")
    (letter,) = mailroom.scan(b"Hundesteuer")
    office.settle()
    yield Desk(clerk, letter)
    office.close()


@pytest.mark.parametrize("because", ["limit", "full disk"])
def test_what_somebody_looks_at_keeps_its_text_until_it_goes(desk: Desk, because: str) -> None:
    def make_room() -> bool:
        now = desk.station.clock.now()
        return desk.retention.make_room(now, 0) if because == "limit" else desk.retention.clear(now)

    assert not make_room()
    assert desk.has() == (True, 1)
    desk.station.clock.pass_by(IN_USE.total_seconds() + 1)
    assert make_room()
    assert desk.has() == (False, 0)


def test_one_that_was_used_when_the_clock_was_ahead_goes_when_it_was_not_used_since(desk: Desk) -> None:
    clock = desk.station.clock
    clock.pass_by(3600)
    desk.look()
    clock.pass_by(-3600)
    assert not desk.retention.clear(clock.now())
    assert desk.has() == (True, 1)
    clock.pass_by(IN_USE.total_seconds() + 1)
    assert desk.retention.clear(clock.now())
    assert desk.has() == (False, 0)


def test_the_content_of_a_letter_that_is_no_more_stays_for_another_with_the_same_bytes(desk: Desk) -> None:
    store = desk.station.store
    desk.station.clock.pass_by(IN_USE.total_seconds() + 1)
    letter = desk.document
    twin = replace(letter, document_id=DocumentId("twin"))
    patient = Retention(store, Keeping)
    with store.write() as session:
        session.documents.put(twin)
        forget(session, ChangeKind.DOCUMENT, twin.document_id)
    patient.run_once(desk.station.clock.now())
    assert desk.has() == (True, 1)
    with store.write() as session:
        forget(session, ChangeKind.DOCUMENT, letter.document_id)
    assert store.blobs.has(twin.sha256)
    patient.run_once(desk.station.clock.now())
    assert not store.blobs.has(twin.sha256)
