"""What a second station sees of what the first one did, and that work goes on whatever the line does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from clerk_desktop.model.account import Template
from clerk_desktop.model.case import Case, CaseField
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.editing import CaseChange
from clerk_desktop.model.errors import (
    BadAnswer,
    FailureKind,
    PermissionDenied,
    ServerBusy,
    ServerFault,
    ServerUnreachable,
    SignInRefused,
)
from clerk_desktop.model.ledger import FileState
from clerk_desktop.model.outbox import OutboxState
from clerk_desktop.model.suggestion import Evidence, FieldSuggestion, Reason, Suggestions
from clerk_desktop.sync.pull import PAGE
from tests.office.memory_backend import MemoryServer
from tests.office.office import Office
from tests.office.serverside import ServerSide

PROPOSED = Suggestions(
    fields=(
        FieldSuggestion(
            field=DocumentField.SENDER,
            value="Stadtwerke",
            confidence=0.8,
            evidence=Evidence(reason=Reason.LETTERHEAD, page=1, line=1, text="Stadtwerke"),
        ),
    )
)


def test_a_second_station_sees_what_the_first_did(office: Office[ServerSide]) -> None:
    mailroom, clerk = office.station("post"), office.station("clerk")
    [letter] = mailroom.scan(b"letter")
    case_id = clerk.open_case("Hundesteuer")
    office.settle()
    clerk.file(letter, case_id, sender="Frau Meier")
    clerk.edit_case(case_id, assignee="clerk")
    office.assert_same()
    seen = mailroom.document(letter)
    assert seen is not None
    assert (seen.case_id, seen.sender) == (case_id, "Frau Meier")
    assert [event.case_id for event in mailroom.events(case_id)] == [case_id]


def test_a_scan_is_confirmed_only_when_all_of_its_documents_are(office: Office[ServerSide]) -> None:
    mailroom = office.station("post")
    letters = mailroom.scan(b"three letters", parts=3)
    mailroom.net.fail["deposit"] = [ServerFault()]
    mailroom.sync()
    assert [file.state for file in mailroom.files()] == [FileState.QUEUED]
    office.assert_same()
    [file] = mailroom.files()
    assert file.state is FileState.CONFIRMED
    assert file.confirmed_at is not None
    assert len(letters) == len(office.truth().documents) == 3


def test_content_that_arrives_damaged_is_not_confirmed_and_sent_again(memory_office: Office[MemoryServer]) -> None:
    mailroom = memory_office.station("post")
    [letter] = mailroom.scan(b"letter")
    memory_office.server.damage_next_upload = True
    report = mailroom.sync()
    assert report.push.postponed == 1
    assert [file.state for file in mailroom.files()] == [FileState.QUEUED]
    assert mailroom.outbox()[0].error == "ContentDiffers"
    memory_office.server.record(letter).content = b""
    memory_office.assert_same()
    assert [file.state for file in mailroom.files()] == [FileState.CONFIRMED]


def test_a_number_is_provisional_offline_and_final_once_drawn(office: Office[ServerSide]) -> None:
    clerk = office.station("clerk")
    clerk.net.down = True
    case_id = clerk.open_case("Hundesteuer")
    clerk.sync()
    case = clerk.case(case_id)
    assert case is not None
    assert not case.number_final
    office.assert_same()
    case = clerk.case(case_id)
    assert case is not None
    assert (case.case_number, case.number_final) == ("32.41-2026/0001", True)


def test_proposals_of_the_scan_station_reach_the_clerk(office: Office[ServerSide]) -> None:
    mailroom, clerk = office.station("post"), office.station("clerk")
    [letter] = mailroom.scan(b"letter")
    mailroom.suggest(letter, PROPOSED)
    office.assert_same()
    assert clerk.suggestions(letter) == PROPOSED


def test_content_is_fetched_on_demand_and_goes_on_where_the_line_broke(memory_office: Office[MemoryServer]) -> None:
    mailroom, clerk = memory_office.station("post"), memory_office.station("clerk")
    [letter] = mailroom.scan(b"x" * 5000)
    memory_office.settle()
    document = clerk.document(letter)
    assert document is not None
    assert not clerk.store.blobs.has(document.sha256)
    clerk.net.lose.append("piece")
    assert clerk.fetch_content(letter) == b"x" * 5000 + b"\0"
    assert (clerk.net.calls["content"], clerk.net.calls["piece"]) == (2, 6)


def test_the_offices_shared_files_come_along(memory_office: Office[MemoryServer]) -> None:
    clerk = memory_office.station("clerk")
    memory_office.server.templates[Template.SETTINGS] = b"auto_file = true"
    clerk.sync()
    with clerk.store.read() as session:
        assert session.sync.template(Template.SETTINGS) == b"auto_file = true"


def test_a_shared_file_that_the_office_took_away_goes_here_too(memory_office: Office[MemoryServer]) -> None:
    clerk = memory_office.station("clerk")
    memory_office.server.templates[Template.SETTINGS] = b"auto_file = true"
    memory_office.server.templates[Template.FILING_PLAN] = b"plan"
    clerk.sync()
    del memory_office.server.templates[Template.SETTINGS]
    clerk.sync(full=True)
    with clerk.store.read() as session:
        assert session.sync.template(Template.SETTINGS) is None
        assert session.sync.template(Template.FILING_PLAN) == b"plan"
        told = session.changes.last()
    clerk.sync(full=True)
    with clerk.store.read() as session:
        assert [each.object_id for each in session.changes.after(told, 100)].count(Template.SETTINGS.value) == 0


def test_a_town_never_sees_another_towns_cases(office: Office[ServerSide]) -> None:
    here, there = office.station("here"), office.station("there", town="kalletal")
    here.open_case("Hundesteuer")
    here.scan(b"letter")
    there.open_case("Grundsteuer")
    office.assert_same()
    assert [case.subject for case in there.cases()] == ["Grundsteuer"]
    assert there.documents() == ()


def test_one_object_that_cannot_be_sent_never_blocks_the_others(office: Office[ServerSide]) -> None:
    clerk, other = office.station("clerk"), office.station("other")
    bad, good = clerk.open_case("bad"), clerk.open_case("good")
    office.settle()
    clerk.net.broken[office.server.series(bad)] = ServerFault()
    clerk.edit_case(bad, subject="bad changed")
    clerk.edit_case(good, subject="good changed")
    report = clerk.sync()
    assert (report.push.sent, report.push.postponed) == (1, 1)
    assert report.stopped is None
    other.sync()
    seen = other.case(good)
    assert seen is not None
    assert seen.subject == "good changed"
    office.assert_same()


def test_one_object_that_cannot_be_read_never_blocks_the_others_and_is_asked_for_again(
    memory_office: Office[MemoryServer],
) -> None:
    clerk, other = memory_office.station("clerk"), memory_office.station("other")
    bad, good = clerk.open_case("bad"), clerk.open_case("good")
    memory_office.settle()
    clerk.edit_case(bad, subject="bad changed")
    clerk.edit_case(good, subject="good changed")
    clerk.sync()
    other.net.broken[memory_office.server.series(bad)] = BadAnswer()
    assert other.sync().stopped is None
    assert {case.subject for case in other.cases()} == {"bad", "good changed"}
    other.net.heal()
    other.sync()
    assert {case.subject for case in other.cases()} == {"bad changed", "good changed"}


def test_what_could_not_be_read_is_not_forgotten_by_a_station_that_dies_while_it_asks_again(
    memory_office: Office[MemoryServer],
) -> None:
    clerk, other = memory_office.station("clerk"), memory_office.station("other")
    cases = [clerk.open_case(f"Vorgang {number}") for number in range(PAGE + 1)]
    memory_office.settle(2)
    for case_id in cases:
        memory_office.server.edit_case(case_id, CaseChange(field=CaseField.SUBJECT, text="neu"))
        other.net.broken[memory_office.server.series(case_id)] = BadAnswer()
    assert other.sync().stopped is None
    other.net.heal()
    assert other.sync_dying_after(2, impatient=False)
    assert {case.subject for case in other.cases()} > {"neu"}
    other.sync(impatient=False)
    assert {case.subject for case in other.cases()} == {"neu"}


def test_what_the_server_forbids_waits_for_a_clerk(office: Office[ServerSide]) -> None:
    clerk = office.station("clerk")
    case_id = clerk.open_case("Hundesteuer")
    office.settle()
    clerk.net.broken[office.server.series(case_id)] = PermissionDenied()
    clerk.edit_case(case_id, subject="changed")
    report = clerk.sync()
    assert (report.push.held, report.settled) == (1, True)
    [entry] = clerk.outbox()
    assert (entry.state, entry.failure, entry.error) == (
        OutboxState.NEEDS_CLERK,
        FailureKind.ASK_CLERK,
        "PermissionDenied",
    )


def test_no_operation_is_blamed_for_a_server_that_is_away(office: Office[ServerSide]) -> None:
    clerk = office.station("clerk")
    clerk.sync()
    clerk.open_case("Hundesteuer")
    clerk.net.down = True
    for _ in range(20):
        report = clerk.sync()
        assert isinstance(report.stopped, ServerUnreachable)
    [entry] = clerk.outbox()
    assert (entry.attempts, entry.state) == (0, OutboxState.WAITING)
    office.assert_same()


def test_a_refused_sign_in_stops_the_round_and_keeps_all_work(office: Office[ServerSide]) -> None:
    clerk = office.station("clerk")
    clerk.sync()
    clerk.open_case("Hundesteuer")
    clerk.open_case("Grundsteuer")
    clerk.net.signed_in = False
    report = clerk.sync()
    assert isinstance(report.stopped, SignInRefused)
    assert report.next_try is None
    assert [entry.attempts for entry in clerk.outbox()] == [0, 0]
    office.assert_same()


def test_a_busy_server_is_left_alone_as_long_as_it_asked_for(office: Office[ServerSide]) -> None:
    clerk = office.station("clerk")
    clerk.sync()
    clerk.open_case("Hundesteuer")
    clerk.net.busy = 60
    report = clerk.sync()
    assert isinstance(report.stopped, ServerBusy)
    asked = clerk.net.calls.total()
    clerk.net.heal()
    report = clerk.sync(impatient=False)
    assert isinstance(report.stopped, ServerBusy)
    assert report.next_try is not None
    assert report.next_try - office.clock.now() <= timedelta(seconds=60)
    assert clerk.net.calls.total() == asked
    office.clock.pass_by(60)
    assert clerk.sync(impatient=False).settled


def test_what_failed_is_left_alone_until_its_time_unless_somebody_waits(office: Office[ServerSide]) -> None:
    clerk = office.station("clerk")
    case_id = clerk.open_case("Hundesteuer")
    office.settle()
    clerk.net.fail["update_case"] = [ServerFault()]
    clerk.edit_case(case_id, subject="changed")
    assert clerk.sync().push.postponed == 1
    assert clerk.sync(impatient=False).push.sent == 0
    assert clerk.sync(impatient=True).push.sent == 1


def test_a_station_that_was_away_too_long_lists_everything_again(memory_office: Office[MemoryServer]) -> None:
    clerk, other = memory_office.station("clerk"), memory_office.station("other")
    case_id = clerk.open_case("Hundesteuer")
    gone = clerk.open_case("gone")
    memory_office.settle()
    clerk.pin(case_id)
    clerk.edit_case(case_id, assignee="me")
    other.edit_case(case_id, subject="theirs")
    other.sync()
    memory_office.server.delete(gone)
    memory_office.server.forget_log()
    assert clerk.sync().pull.full
    memory_office.assert_same()
    case = clerk.case(case_id)
    assert case is not None
    assert (case.assignee, case.subject, case.pinned) == ("me", "theirs", True)


def test_what_may_no_longer_be_seen_disappears_here(memory_office: Office[MemoryServer]) -> None:
    clerk = memory_office.station("clerk")
    case_id = clerk.open_case("Hundesteuer")
    [letter] = clerk.scan(b"letter")
    memory_office.settle()
    event = clerk.file(letter, case_id)
    memory_office.settle()
    record = memory_office.server.record(case_id)
    case = record.value
    assert isinstance(case, Case)
    memory_office.server.touch(record, replace(case, municipality="kalletal"))
    clerk.sync()
    assert (clerk.cases(), clerk.documents()) == ((), ())
    with clerk.store.read() as session:
        assert session.events.get(event) is None


@pytest.mark.parametrize("letters", [60])
def test_a_large_round_goes_through_in_pages(office: Office[ServerSide], letters: int) -> None:
    mailroom, clerk = office.station("post"), office.station("clerk")
    for number in range(letters):
        mailroom.scan(b"%d" % number)
    mailroom.sync()
    assert clerk.sync().pull.taken_in == letters
    office.assert_same()
