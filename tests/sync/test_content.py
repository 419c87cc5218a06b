"""Content on demand: only what was promised is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import ContentDiffers, Missing, NotKnown, ServerUnreachable
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.sync.content import Contents
from tests.office.memory_backend import MemoryServer
from tests.office.office import Office
from tests.office.station import Station


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office[MemoryServer]]:
    made = Office(tmp_path, MemoryServer())
    yield made
    made.close()


@pytest.fixture
def clerk(office: Office[MemoryServer]) -> Station:
    return office.station("clerk")


def contents(office: Office[MemoryServer], clerk: Station) -> Contents:
    return Contents(clerk.store, lambda: office.server.connect(clerk.user, clerk.net))


def blobs_of(office: Office[MemoryServer], clerk: Station) -> list[Path]:
    return [path for path in (office.place / clerk.user / "store" / "blobs").rglob("*") if path.is_file()]


def a_letter_from(office: Office[MemoryServer], clerk: Station) -> DocumentId:
    [letter] = office.station("post").scan(b"letter")
    office.settle()
    return letter


def test_what_is_here_is_not_fetched_again(office: Office[MemoryServer], clerk: Station) -> None:
    letter = a_letter_from(office, clerk)
    fetcher = contents(office, clerk)
    assert fetcher.fetch(letter) == fetcher.fetch(letter)
    assert clerk.net.calls["content"] == 1
    fetcher.close()


def test_content_that_is_not_what_the_document_promises_is_not_kept(
    office: Office[MemoryServer], clerk: Station
) -> None:
    letter = a_letter_from(office, clerk)
    office.server.record(letter).content = b"something else"
    with pytest.raises(ContentDiffers):
        contents(office, clerk).fetch(letter)
    clerk.sync()
    assert blobs_of(office, clerk) == []


def test_content_of_another_letter_that_only_this_station_has_stays_when_it_comes_for_the_wrong_one(
    office: Office[MemoryServer], clerk: Station
) -> None:
    letter = a_letter_from(office, clerk)
    [own] = clerk.scan(b"unsent")
    document = clerk.document(own)
    assert document is not None
    office.server.record(letter).content = clerk.store.blobs.read(document.sha256)
    with pytest.raises(ContentDiffers):
        contents(office, clerk).fetch(letter)
    clerk.net.down = True
    clerk.sync()
    assert clerk.has_content(own)
    office.assert_same()


def test_content_that_goes_on_beyond_the_document_is_given_up_at_once(
    office: Office[MemoryServer], clerk: Station
) -> None:
    letter = a_letter_from(office, clerk)
    office.server.record(letter).content = b"x" * 1_000_000
    with pytest.raises(ContentDiffers):
        contents(office, clerk).fetch(letter)
    assert clerk.net.calls["piece"] < 10
    assert blobs_of(office, clerk) == []


def test_a_line_that_stays_broken_is_reported_and_the_next_fetch_connects_anew(
    office: Office[MemoryServer], clerk: Station
) -> None:
    letter = a_letter_from(office, clerk)
    fetcher = contents(office, clerk)
    clerk.net.lose = ["content"] * 3
    with pytest.raises(ServerUnreachable):
        fetcher.fetch(letter)
    assert fetcher.fetch(letter)


def test_the_hash_of_a_document_from_another_program_is_learnt(office: Office[MemoryServer], clerk: Station) -> None:
    letter = a_letter_from(office, clerk)
    record = office.server.record(letter)
    assert isinstance(record.value, Document)
    office.server.touch(record, replace(record.value, sha256=""))
    fresh = office.station("fresh")
    fresh.sync()
    sha256 = contents(office, fresh).fetch(letter)
    fresh.sync(full=True)
    document = fresh.document(letter)
    assert document is not None
    assert document.sha256 == sha256
    assert fresh.store.blobs.read(sha256) == b"letter\0"


def test_nothing_is_fetched_for_what_nobody_has(office: Office[MemoryServer], clerk: Station) -> None:
    with pytest.raises(NotKnown):
        contents(office, clerk).fetch(DocumentId("none"))
    [unsent] = clerk.scan(b"letter")
    document = clerk.document(unsent)
    assert document is not None
    clerk.store.blobs.remove(document.sha256)
    with pytest.raises(Missing):
        contents(office, clerk).fetch(unsent)
