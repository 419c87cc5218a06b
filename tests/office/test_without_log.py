"""A server without a change log tells nobody what was deleted or moved: what clerks rely on is seen all the same.

What lies in pinned cases is looked at each time; what another station filed is told by the event of the filing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from clerk_desktop.model.case import CaseField
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.editing import CaseChange, DocumentChange
from clerk_desktop.model.errors import ServerError, ServerFault, ServerUnreachable
from clerk_desktop.model.ids import CaseId, DocumentId
from tests.office.memory_backend import MemoryServer, Oddities
from tests.office.office import Office
from tests.office.station import Station

SEARCHES, SEARCHES_NOT = Oddities(log=False), Oddities(log=False, queries=False)
ODD = Oddities(log=False, ids_change=True, tokens=False, server_hash=False, writes_tell_parent=False)


@pytest.fixture(params=[SEARCHES, SEARCHES_NOT, ODD], ids=["searches", "searches-not", "odd"])
def office(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office[MemoryServer]]:
    made = Office(tmp_path, MemoryServer(odd=request.param))
    yield made
    made.close()


@pytest.fixture(params=[SEARCHES, ODD], ids=["searches", "odd"])
def searching(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office[MemoryServer]]:
    made = Office(tmp_path, MemoryServer(odd=request.param))
    yield made
    made.close()


def taken_along(office: Office[MemoryServer]) -> tuple[Station, Station, CaseId, list[DocumentId]]:
    """Two stations, and a case with three letters that the second one has pinned."""
    anna, bert = office.station("anna"), office.station("bert")
    case_id = anna.open_case("Zaun")
    letters = anna.scan(b"letter", parts=3)
    for letter in letters:
        anna.file(letter, case_id)
    office.settle(2)
    bert.pin(case_id)
    bert.sync()
    return anna, bert, case_id, letters


def patient(station: Station) -> None:
    """A round that nobody waits for: nothing is listed."""
    before = station.net.calls["everything"]
    assert station.sync(impatient=False).stopped is None
    assert station.net.calls["everything"] == before


def in_case(station: Station, case_id: CaseId) -> set[DocumentId]:
    return {each.document_id for each in station.documents() if each.case_id == case_id}


def test_what_is_deleted_from_a_pinned_case_goes_at_once(office: Office[MemoryServer]) -> None:
    _, bert, case_id, letters = taken_along(office)
    office.server.delete(letters[0])
    patient(bert)
    assert in_case(bert, case_id) == set(letters[1:])
    assert bert.document(letters[0]) is None


def test_what_is_moved_into_a_pinned_case_and_out_of_it_is_seen_at_once(office: Office[MemoryServer]) -> None:
    anna, bert, case_id, letters = taken_along(office)
    other = anna.open_case("Tor")
    (more,) = anna.scan(b"more")
    office.settle(2)
    office.server.put_into(letters[0], other)
    office.server.put_into(more, case_id)
    patient(bert)
    assert in_case(bert, case_id) == {*letters[1:], more}
    assert in_case(bert, other) == {letters[0]}
    patient(bert)
    assert bert.has_content(more)


def test_what_changes_in_a_pinned_case_is_seen_at_once(office: Office[MemoryServer]) -> None:
    anna, bert, case_id, letters = taken_along(office)
    office.server.edit_document(letters[0], DocumentChange(field=DocumentField.SENDER, text="Müller"))
    anna.mark(letters[1], "prüfen")
    anna.sync()
    patient(bert)
    document = bert.document(letters[0])
    assert document is not None
    assert (document.sender, bert.notes(letters[1])) == ("Müller", {"anna: prüfen"})
    assert in_case(bert, case_id) == set(letters)


def test_a_pinned_case_that_is_deleted_goes_with_all_in_it(office: Office[MemoryServer]) -> None:
    _, bert, case_id, letters = taken_along(office)
    office.server.delete(case_id)
    patient(bert)
    assert bert.case(case_id) is None
    assert [bert.document(letter) for letter in letters] == [None] * 3


def test_what_could_not_be_read_is_read_in_a_later_round(office: Office[MemoryServer]) -> None:
    _, bert, _, letters = taken_along(office)
    office.server.edit_document(letters[0], DocumentChange(field=DocumentField.SENDER, text="Müller"))
    bert.net.broken[office.server.series(letters[0])] = ServerUnreachable()
    patient(bert)
    bert.net.heal()
    patient(bert)
    document = bert.document(letters[0])
    assert document is not None
    assert document.sender == "Müller"


@pytest.mark.parametrize("error", [ServerFault(), ServerUnreachable()])
def test_a_pinned_case_that_cannot_be_looked_into_stops_no_other(
    office: Office[MemoryServer], error: ServerError
) -> None:
    anna, bert, case_id, letters = taken_along(office)
    broken = anna.open_case("Tor")
    office.settle(2)
    bert.pin(broken)
    bert.sync()
    bert.net.broken[office.server.series(broken)] = error
    office.server.delete(letters[0])
    patient(bert)
    assert in_case(bert, case_id) == set(letters[1:])
    assert bert.case(broken) is not None


# a round has ten steps; the window of 60 changes is two pages to be stored
@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_a_station_that_dies_meanwhile_misses_nothing(searching: Office[MemoryServer], steps: int) -> None:
    anna, bert = searching.station("anna"), searching.station("bert")
    cases = [anna.open_case(f"Vorgang {number}") for number in range(60)]
    searching.settle(2)
    for case_id in cases:
        searching.server.edit_case(case_id, CaseChange(field=CaseField.SUBJECT, text="neu"))
    bert.sync_dying_after(steps, impatient=False)
    patient(bert)
    assert {case.subject for case in bert.cases()} == {"neu"}


def test_a_letter_that_another_station_files_leaves_the_inbox_here(searching: Office[MemoryServer]) -> None:
    anna, bert = searching.station("anna"), searching.station("bert")
    case_id = anna.open_case("Zaun")
    (letter,) = anna.scan(b"letter")
    searching.settle(2)
    anna.file(letter, case_id)
    anna.sync()
    patient(bert)
    assert in_case(bert, case_id) == {letter}


def test_elsewhere_what_was_deleted_goes_within_ten_minutes(office: Office[MemoryServer]) -> None:
    anna, bert = office.station("anna"), office.station("bert")
    case_id = anna.open_case("Zaun")
    office.settle(2)
    office.server.delete(case_id)
    patient(bert)
    assert bert.case(case_id) is not None
    office.clock.pass_by(600)
    bert.sync(impatient=False)
    assert bert.case(case_id) is None


def test_a_clock_that_once_ran_ahead_keeps_nothing_from_being_listed(office: Office[MemoryServer]) -> None:
    anna, bert = office.station("anna"), office.station("bert")
    case_id = anna.open_case("Zaun")
    office.settle(2)
    ahead = timedelta(days=400).total_seconds()
    office.clock.pass_by(ahead)
    bert.sync()
    office.clock.pass_by(-ahead)
    office.server.delete(case_id)
    bert.sync(impatient=False)
    assert bert.case(case_id) is None
