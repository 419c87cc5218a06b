"""Content that nothing names any more goes by itself; what unsent work, scans or clerks need stays, however old."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office.memory_backend import MemoryServer
from tests.office.office import Office
from tests.office.station import Station

LOOK, DAY = 601, 24 * 3600


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office[MemoryServer]]:
    made = Office(tmp_path, MemoryServer())
    yield made
    made.close()


def left_behind(station: Station) -> str:
    """Content of which nobody wrote down what it is: its process died before."""
    return station.store.blobs.put_bytes(b"left behind").sha256


def days_pass(station: Station, days: int) -> None:
    for _ in range(days):
        station.clock.pass_by(DAY)
        station.sync(impatient=False)


def test_what_nothing_names_goes_after_a_day_but_not_while_the_program_starts(office: Office[MemoryServer]) -> None:
    anna = office.station("anna")
    rest = left_behind(anna)
    office.clock.pass_by(2 * DAY)
    anna.restart()
    anna.sync(impatient=False)
    assert anna.store.blobs.has(rest)
    office.clock.pass_by(LOOK)
    anna.sync(impatient=False)
    assert not anna.store.blobs.has(rest)


def test_what_is_new_or_in_use_stays(office: Office[MemoryServer]) -> None:
    anna = office.station("anna")
    anna.sync()
    rest, used = left_behind(anna), anna.store.blobs.put_bytes(b"in use").sha256
    office.clock.pass_by(LOOK)
    anna.sync(impatient=False)
    assert anna.store.blobs.has(rest)
    office.clock.pass_by(DAY)
    anna.store.blobs.used(used)
    office.clock.pass_by(LOOK)
    anna.sync(impatient=False)
    assert (anna.store.blobs.has(rest), anna.store.blobs.has(used)) == (False, True)


def test_unsent_work_keeps_its_content_for_weeks_and_is_sent_then(office: Office[MemoryServer]) -> None:
    anna = office.station("anna")
    anna.sync()
    anna.net.down = True
    letters = anna.scan(b"letter", parts=2)
    rest = left_behind(anna)
    days_pass(anna, 30)
    assert not anna.store.blobs.has(rest)
    assert all(anna.has_content(letter) for letter in letters)
    office.assert_same()
    assert set(office.truth().documents) == set(letters)


def test_a_pinned_case_keeps_its_content_and_what_is_being_read_ends_well(office: Office[MemoryServer]) -> None:
    anna, bert = office.station("anna"), office.station("bert")
    case_id = anna.open_case("Zaun")
    (letter,) = anna.scan(b"letter")
    anna.file(letter, case_id)
    office.settle(2)
    bert.pin(case_id)
    bert.sync()
    rest = left_behind(bert)
    with bert.store.blobs.open(rest) as reading:
        days_pass(bert, 3)
        assert reading.read() == b"left behind"
    assert bert.has_content(letter)


def test_it_is_done_once_a_day_whatever_the_number_of_starts(office: Office[MemoryServer]) -> None:
    anna = office.station("anna")
    anna.sync()
    days_pass(anna, 1)
    rest = left_behind(anna)
    office.clock.pass_by(DAY - 2 * LOOK)
    for _ in range(2):
        anna.restart()
        anna.sync(impatient=False)
    assert anna.store.blobs.has(rest)
    days_pass(anna, 2)
    assert not anna.store.blobs.has(rest)
