"""How often the server is asked: hardly when nothing changed, as often as there are changes when there are some."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk_desktop.model.ids import CaseId
from tests.contract.ground import Place
from tests.contract.grounds import inmemory_place
from tests.interop.inmemory import why_not
from tests.office.cmis_server import embedded, foreign
from tests.office.office import Office
from tests.office.serverside import ServerSide
from tests.office.station import Station

NOTHING_CHANGED = 2
WITHOUT_LOG = ("plain", "alfresco", "inmemory")
FOREIGN = (pytest.mark.slow, pytest.mark.skipif(bool(why_not()), reason=why_not() or "it is there"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office[ServerSide]]:
    made: Office[ServerSide] = Office(tmp_path, embedded(tmp_path))
    yield made
    made.close()


@pytest.fixture(scope="module")
def abroad() -> Iterator[Place]:
    with inmemory_place() as place:
        yield place


@pytest.fixture(params=[pytest.param(kind, marks=FOREIGN if kind == "inmemory" else ()) for kind in WITHOUT_LOG])
def logless(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office[ServerSide]]:
    """An office whose server keeps no change log that could be followed."""
    if request.param == "inmemory":
        server = foreign(request.getfixturevalue("abroad"), "opencmis-inmemory")
    else:
        server = embedded(tmp_path, request.param)
    made: Office[ServerSide] = Office(tmp_path, server)
    yield made
    made.close()


def asked(station: Station) -> int:
    """How many HTTP requests a round makes that nobody waits for."""
    before = station.net.exchanges
    assert station.sync(impatient=False).stopped is None
    return station.net.exchanges - before


def opened(station: Station, count: int) -> list[CaseId]:
    return [station.open_case(f"Vorgang {number}") for number in range(count)]


@pytest.mark.parametrize("pinned", [False, True])
def test_when_nothing_changed_two_requests_are_enough(office: Office[ServerSide], pinned: bool) -> None:
    anna, bert = office.station("anna"), office.station("bert")
    cases = opened(anna, 12)
    for letter in anna.scan(b"letter", parts=6):
        anna.file(letter, cases[0])
    office.settle(2)
    if pinned:
        for case_id in cases[:3]:
            bert.pin(case_id)
        bert.sync()
    assert max(asked(bert) for _ in range(3)) <= NOTHING_CHANGED


def test_changes_cost_requests_by_their_number_not_by_the_size_of_the_office(office: Office[ServerSide]) -> None:
    anna, bert = office.station("anna"), office.station("bert")
    cases = opened(anna, 60)
    office.settle(2)
    cost = {}
    for count in (10, 40):
        for case_id in cases[:count]:
            anna.edit_case(case_id, subject=f"neu {count}")
        anna.sync()
        cost[count] = asked(bert)
    assert cost[10] <= 10 + NOTHING_CHANGED
    assert cost[40] <= 40 + NOTHING_CHANGED


def test_sending_ten_changes_asks_by_their_number(office: Office[ServerSide]) -> None:
    anna = office.station("anna")
    cases = opened(anna, 30)
    office.settle(2)
    for case_id in cases[:10]:
        anna.edit_case(case_id, subject="neu")
    assert asked(anna) <= 3 * 10 + NOTHING_CHANGED
    assert asked(anna) <= NOTHING_CHANGED


@pytest.mark.parametrize("pins", [0, 1, 3])
def test_without_a_log_two_requests_and_one_for_each_pinned_case_are_enough(
    logless: Office[ServerSide], pins: int
) -> None:
    anna, bert = logless.station("anna"), logless.station("bert")
    cases = opened(anna, 5)
    for letter in anna.scan(b"letter", parts=3):
        anna.file(letter, cases[0])
    logless.settle(2)
    for case_id in cases[:pins]:
        bert.pin(case_id)
    bert.sync()
    asked(bert)
    assert max(asked(bert) for _ in range(3)) <= NOTHING_CHANGED + pins


def test_without_a_log_changes_cost_requests_by_their_number(logless: Office[ServerSide]) -> None:
    anna, bert = logless.station("anna"), logless.station("bert")
    cases = opened(anna, 12)
    logless.settle(2)
    asked(bert)
    cost = {}
    for count in (5, 10):
        for case_id in cases[:count]:
            anna.edit_case(case_id, subject=f"neu {count}")
        anna.sync()
        cost[count] = asked(bert)
    assert cost[5] <= 5 + NOTHING_CHANGED
    assert cost[10] <= 10 + NOTHING_CHANGED
    assert asked(bert) <= NOTHING_CHANGED


def test_without_a_log_own_changes_are_not_fetched_again(logless: Office[ServerSide]) -> None:
    anna = logless.station("anna")
    cases = opened(anna, 5)
    logless.settle(2)
    asked(anna)
    for case_id in cases:
        anna.edit_case(case_id, subject="neu")
    before = anna.net.calls["fetch"]
    anna.sync(impatient=False)
    assert anna.outbox() == ()
    assert anna.net.calls["fetch"] == before
