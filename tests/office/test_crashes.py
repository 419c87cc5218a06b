"""A station dies, or a reply gets lost, at every single point of a round: nothing is lost, nothing is there twice."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from clerk_desktop.model.errors import DiskFull
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.model.ledger import FileState
from tests.office.conftest import SERVERS
from tests.office.network import WRITES
from tests.office.office import Office
from tests.office.serverside import ServerSide
from tests.office.station import Station
from tests.office.test_daily_work import PROPOSED


@dataclass(frozen=True)
class Work:
    """What was done in one go: to a new case and two new letters, and to an older letter and an older case."""

    new_case: CaseId
    letters: list[DocumentId]
    old_case: CaseId
    old_letter: DocumentId
    note: str


def a_days_work(office: Office[ServerSide], station: Station, note: str = "note") -> Work:
    """One of every operation, on new things and on things that the server has."""
    old_case, [old_letter] = station.open_case("Altfall"), station.scan(b"old letter")
    office.settle(1)
    new_case, letters = station.open_case("Hundesteuer"), station.scan(b"two letters", parts=2)
    station.suggest(letters[0], PROPOSED)
    station.file(letters[0], new_case, sender="Frau Meier")
    station.index(letters[1], sender="Herr Otto")
    station.edit_case(new_case, assignee=station.user)
    station.edit_case(old_case, resubmit_note=note)
    station.index(old_letter, paper_box=note)
    station.file(old_letter, old_case, subject=note)
    station.mark(letters[0], note)
    return Work(new_case=new_case, letters=letters, old_case=old_case, old_letter=old_letter, note=note)


def assert_arrived(office: Office[ServerSide], work: Work) -> None:
    truth = office.truth()
    cases, documents = truth.cases, truth.documents
    assert [documents[letter].case_id for letter in work.letters] == [work.new_case, None]
    assert [documents[letter].sender for letter in work.letters] == ["Frau Meier", "Herr Otto"]
    assert cases[work.new_case].assignee == "post"
    assert cases[work.old_case].resubmit_note == work.note
    old = documents[work.old_letter]
    assert (old.case_id, old.paper_box, old.subject) == (work.old_case, work.note, work.note)


def assert_all_arrived(office: Office[ServerSide], works: list[Work]) -> None:
    office.assert_same()
    for work in works:
        assert_arrived(office, work)
        for station in office.stations:
            assert station.notes(work.letters[0]) == {f"post: {work.note}"}
    for station in office.stations:
        assert {file.state for file in station.files()} <= {FileState.CONFIRMED}
    truth = office.truth()
    cases, documents = truth.cases, truth.documents
    assert (len(cases), len(documents)) == (2 * len(works), 3 * len(works))
    assert len({case.case_number for case in cases.values()}) == len(cases)


# Each day's work makes a round longer. Where everything is listed anew it grows by two steps a day, so that only
# strides of three catch up with its end; their three beginnings together still meet every step.
STRIDES = {"without-log": ((3, 0), (3, 1), (3, 2))}
EVERY_STEP = [
    ("strict", 7, 0),
    ("cmis", 31, 0),
    *(
        pytest.param(kind, stride, first, marks=[pytest.mark.slow, pytest.mark.timeout(1200)])
        for kind in SERVERS
        for stride, first in STRIDES.get(kind, ((1, 0),))
    ),
]
at_every_step = pytest.mark.parametrize(("office", "stride", "first"), EVERY_STEP, indirect=["office"])


@at_every_step
def test_a_station_that_dies_at_any_step_goes_on_after_its_restart(
    office: Office[ServerSide], stride: int, first: int
) -> None:
    mailroom = office.station("post")
    office.station("clerk")
    works: list[Work] = []
    died = True
    while died:
        works.append(a_days_work(office, mailroom, f"note {len(works)}"))
        died = mailroom.sync_dying_after(first + (len(works) - 1) * stride)
        final = {case.case_id: case.case_number for case in mailroom.cases() if case.number_final}
        office.settle(1)
        assert final.items() <= {case.case_id: case.case_number for case in mailroom.cases()}.items()
    assert len(works) * stride > 30
    assert_all_arrived(office, works)


def test_a_station_that_dies_while_it_fetches_goes_on_after_its_restart(office: Office[ServerSide]) -> None:
    mailroom = office.station("post")
    a_days_work(office, mailroom)
    a_days_work(office, mailroom)
    mailroom.sync()
    steps, died = 0, True
    while died:
        fresh = office.station(f"fresh{steps}")
        died = fresh.sync_dying_after(steps)
        fresh.sync()
        office.assert_shows_server(fresh)
        steps += 1
    assert steps >= 5


@pytest.mark.parametrize("request_name", WRITES)
def test_a_lost_reply_does_nothing_twice(office: Office[ServerSide], request_name: str) -> None:
    mailroom = office.station("post")
    mailroom.sync()
    work = a_days_work(office, mailroom)
    mailroom.net.lose = [request_name]
    mailroom.sync()
    assert mailroom.net.lose == []
    assert_all_arrived(office, [work])


@at_every_step
def test_a_line_that_breaks_after_any_request_loses_nothing(
    office: Office[ServerSide], stride: int, first: int
) -> None:
    mailroom = office.station("post")
    office.station("clerk")
    works: list[Work] = []
    broke = True
    while broke:
        works.append(a_days_work(office, mailroom, f"note {len(works)}"))
        mailroom.net.cut_after = 1 + first + (len(works) - 1) * stride
        broke = mailroom.sync().stopped is not None
        mailroom.net.heal()
        mailroom.sync()
    assert len(works) * stride > 15
    assert_all_arrived(office, works)


def test_a_letter_that_was_filed_by_another_station_before_the_reply_came_is_not_uploaded_twice(
    office: Office[ServerSide],
) -> None:
    mailroom, clerk = office.station("post"), office.station("clerk")
    case_id = clerk.open_case("case")
    clerk.sync()
    [letter] = mailroom.scan(b"letter")
    mailroom.net.lose = ["deposit"]
    mailroom.sync()
    clerk.sync()
    clerk.file(letter, case_id, subject="gelesen")
    clerk.sync()
    office.assert_same()
    seen = mailroom.document(letter)
    assert seen is not None
    assert (seen.case_id, seen.subject) == (case_id, "gelesen")
    assert [file.state for file in mailroom.files()] == [FileState.CONFIRMED]


def test_an_edit_made_while_the_upload_was_under_way_is_not_mistaken_for_somebody_elses(
    office: Office[ServerSide],
) -> None:
    mailroom = office.station("post")
    [letter] = mailroom.scan(b"letter", subject="first")
    mailroom.sync_dying_after(2)
    mailroom.index(letter, subject="second")
    office.assert_same()
    seen = mailroom.document(letter)
    assert seen is not None
    assert seen.subject == "second"


def test_a_letter_deleted_between_upload_and_proof_is_uploaded_again(office: Office[ServerSide]) -> None:
    mailroom = office.station("post")
    [letter] = mailroom.scan(b"letter")
    mailroom.sync_dying_after(4)
    assert [file.state for file in mailroom.files()] == [FileState.DEPOSITED]
    office.server.delete(letter)
    office.assert_same()
    assert office.server.keys() == [letter]
    assert [file.state for file in mailroom.files()] == [FileState.CONFIRMED]


def test_a_full_disk_ends_the_round_and_loses_nothing(office: Office[ServerSide]) -> None:
    mailroom = office.station("post")
    work = a_days_work(office, mailroom)
    mailroom.fail_after[len(mailroom.steps) + 5] = DiskFull()
    report = mailroom.sync()
    assert isinstance(report.stopped, DiskFull)
    assert_all_arrived(office, [work])
