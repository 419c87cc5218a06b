"""One result list: what is here at once, the rest from the server, each thing once, and said where it was looked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from clerk_desktop.model.errors import AbilityMissing
from clerk_desktop.model.search import Origin, SearchResult, ServerPart
from clerk_desktop.model.searching import wanted_words
from clerk_desktop.usecases.server_search import ServerSearch, merged
from tests.office.memory_backend import MemoryServer
from tests.office.office import Office
from tests.office.station import Station

BOTH = (Origin.HERE, Origin.SERVER)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office[MemoryServer]]:
    made = Office(tmp_path, MemoryServer())
    yield made
    made.close()


@contextmanager
def searching(office: Office[MemoryServer], station: Station) -> Iterator[ServerSearch]:
    search = ServerSearch(station.store, lambda: office.server.connect(station.user, station.net))
    yield search
    search.close()


def asked(office: Office[MemoryServer], station: Station, text: str) -> SearchResult:
    with searching(office, station) as search:
        return search.find(wanted_words(text), 10)


def test_a_word_in_a_letter_that_only_the_server_has_is_found_there(office: Office[MemoryServer]) -> None:
    clerk = office.station("clerk")
    [letter] = office.station("post").scan(b"Parkausweis verloren")
    office.settle()
    assert not clerk.has_content(letter)
    found = asked(office, clerk, "Parkausweis")
    assert [hit.document.document_id for hit in found.documents] == [letter]
    assert (found.documents[0].origins, found.server) == ((Origin.SERVER,), ServerPart.SEARCHED)


def test_what_both_find_stands_there_once_and_stays_in_its_place(office: Office[MemoryServer]) -> None:
    clerk = office.station("clerk")
    first, second = clerk.open_case("Hundesteuer Alpha"), clerk.open_case("Hundesteuer Beta")
    office.settle()
    there = asked(office, clerk, "Hundesteuer")
    assert {hit.case.case_id for hit in there.cases} == {first, second}
    here = SearchResult(cases=tuple(hit for hit in there.cases if hit.case.case_id == second))
    both = merged(here, there)
    assert [hit.case.case_id for hit in both.cases] == [second, first]
    assert both.cases[0].origins == (Origin.SERVER,)


def test_a_hit_of_both_says_so(office: Office[MemoryServer]) -> None:
    clerk = office.station("clerk")
    clerk.open_case("Hundesteuer")
    office.settle()
    there = asked(office, clerk, "Hundesteuer")
    [hit] = there.cases
    here = SearchResult(cases=(type(hit)(case=hit.case),))
    assert merged(here, there).cases[0].origins == BOTH


def test_what_is_not_here_yet_is_counted_and_comes_with_the_next_exchange(office: Office[MemoryServer]) -> None:
    clerk, other = office.station("clerk"), office.station("other")
    other.open_case("Hundesteuer")
    other.sync()
    assert (asked(office, clerk, "Hundesteuer").cases, asked(office, clerk, "Hundesteuer").unknown) == ((), 1)
    clerk.sync()
    assert len(asked(office, clerk, "Hundesteuer").cases) == 1


def test_a_server_that_cannot_be_asked_is_told_and_asked_anew_the_next_time(office: Office[MemoryServer]) -> None:
    clerk = office.station("clerk")
    clerk.open_case("Hundesteuer")
    office.settle()
    with searching(office, clerk) as search:
        clerk.net.down = True
        assert search.find(wanted_words("Hundesteuer"), 10) == SearchResult(server=ServerPart.UNREACHABLE)
        clerk.net.heal()
        clerk.net.signed_in = False
        assert search.find(wanted_words("Hundesteuer"), 10).server is ServerPart.NOT_SIGNED_IN
        clerk.net.heal()
        clerk.net.fail["search"] = [AbilityMissing()]
        assert search.find(wanted_words("Hundesteuer"), 10).server is ServerPart.UNABLE
        assert len(search.find(wanted_words("Hundesteuer"), 10).cases) == 1


def test_another_towns_cases_are_never_among_the_hits(office: Office[MemoryServer]) -> None:
    clerk = office.station("clerk")
    neighbour = office.station("neighbour", town="kalletal")
    neighbour.open_case("Hundesteuer")
    office.settle()
    assert asked(office, clerk, "Hundesteuer") == SearchResult(server=ServerPart.SEARCHED)
