"""Cases that are opened without a server bear a number that no other case bears, at this station or another."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_desktop.model.ids import SPOKEN, spoken_key
from clerk_desktop.usecases.worklist import Worklist
from tests.office.memory_backend import MemoryServer
from tests.office.office import TOWN, Office
from tests.office.station import Station

HUNDREDS = 150


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office[MemoryServer]]:
    made = Office(tmp_path, MemoryServer())
    yield made
    made.close()


def opened(station: Station, count: int) -> set[str]:
    worklist = Worklist(station.store, station.clock)
    return {worklist.open_case(f"Vorgang {number}", "32.41", TOWN).case_number for number in range(count)}


def test_hundreds_of_cases_at_two_stations_without_a_server_all_have_numbers_of_their_own(
    office: Office[MemoryServer],
) -> None:
    numbers = opened(office.station("anna"), HUNDREDS) | opened(office.station("bert"), HUNDREDS)
    assert len(numbers) == 2 * HUNDREDS


def test_on_the_server_each_gets_a_final_number(office: Office[MemoryServer]) -> None:
    numbers = opened(office.station("anna"), 5) | opened(office.station("bert"), 5)
    office.settle(2)
    final = {case.case_number for case in office.truth().cases.values()}
    assert len(final) == 10
    assert not final & numbers


def test_a_case_of_the_first_minutes_of_a_year_is_of_that_year(office: Office[MemoryServer]) -> None:
    anna = office.station("anna")
    office.clock.time = datetime.fromisoformat("2027-01-01T00:20:00+01:00").astimezone(UTC)
    worklist = Worklist(anna.store, anna.clock)
    case = worklist.open_case("Silvester", "32.41", TOWN)
    assert (case.opened_on, case.case_number.split("/")[0]) == (date(2027, 1, 1), "32.41-2027")
    office.settle()
    assert worklist.show_by_id(case.case_id).case.case_number == "32.41-2027/0001"


def test_a_number_that_is_taken_is_not_given_again(office: Office[MemoryServer]) -> None:
    anna = office.station("anna")
    first, alike, other = (uuid.UUID(int=number << 80 | end) for number, end in ((256, 1), (256, 2), (512, 3)))
    keys = iter(str(key) for key in (first, alike, other))
    worklist = Worklist(anna.store, anna.clock, lambda: next(keys))
    cases = [worklist.open_case("Zaun", "32.41", TOWN) for _ in range(2)]
    assert [case.case_id for case in cases] == [str(first), str(other)]
    assert cases[0].case_number != cases[1].case_number


@given(key=st.uuids(version=4))
def test_a_number_can_be_read_out(key: uuid.UUID) -> None:
    first, second = spoken_key(str(key)).split("-")
    assert (len(first), len(second)) == (4, 4)
    assert set(first + second) <= set(SPOKEN)


@given(one=st.uuids(version=4), two=st.uuids(version=4))
def test_only_keys_that_begin_alike_share_a_number(one: uuid.UUID, two: uuid.UUID) -> None:
    assert (spoken_key(str(one)) == spoken_key(str(two))) == (one.int >> 88 == two.int >> 88)
