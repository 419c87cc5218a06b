"""Several people, or one at two stations, mark the same document, offline too: everybody's marks are kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import pytest

from clerk_desktop.documents.xfdf import Xfdf
from clerk_desktop.model.annotation import Mark
from clerk_desktop.model.conflict import Side
from clerk_desktop.model.errors import PermissionDenied, ServerUnreachable
from clerk_desktop.model.exchange import AnnotationFile
from clerk_desktop.model.ids import DocumentId, MarkId, annotation_set_id
from clerk_desktop.model.marking import ChangeMark, DeleteMark
from clerk_desktop.model.outbox import OutboxState
from clerk_desktop.sync.witness import Step
from tests.office.memory_backend import MemoryServer
from tests.office.office import TOWN, Office
from tests.office.serverside import ServerSide
from tests.office.station import Station

S = TypeVar("S", bound=ServerSide)


def scanned(office: Office[S]) -> tuple[Station, Station, DocumentId]:
    anna, bert = office.station("anna"), office.station("bert")
    [letter] = anna.scan(b"letter")
    office.settle()
    return anna, bert, letter


def mark_of(station: Station, document_id: DocumentId, mark_id: MarkId) -> Mark | None:
    return next((mark for each in station.marks.sets(document_id) if (mark := each.mark(mark_id))), None)


def test_a_colleague_sees_a_mark_and_both_keep_theirs_when_both_were_offline(office: Office[ServerSide]) -> None:
    anna, bert, letter = scanned(office)
    anna.net.down = bert.net.down = True
    anna.mark(letter, "bitte prüfen")
    bert.mark(letter, "ist geprüft")
    assert anna.notes(letter) == {"anna: bitte prüfen"}
    office.assert_same()
    for station in (anna, bert):
        assert station.notes(letter) == {"anna: bitte prüfen", "bert: ist geprüft"}


def test_one_author_at_two_stations_keeps_the_marks_of_both(office: Office[ServerSide]) -> None:
    anna, _, letter = scanned(office)
    home = Station(office.place / "anna-home", "anna", TOWN, office.clock, office.server.connect)
    office.stations.append(home)
    office.settle()
    anna.mark(letter, "im Amt")
    home.mark(letter, "zu Hause")
    office.assert_same()
    for station in (anna, home):
        assert station.notes(letter) == {"anna: im Amt", "anna: zu Hause"}


def test_a_deleted_mark_stays_deleted_and_a_later_change_elsewhere_brings_it_back(office: Office[ServerSide]) -> None:
    anna, _, letter = scanned(office)
    home = Station(office.place / "anna-home", "anna", TOWN, office.clock, office.server.connect)
    office.stations.append(home)
    gone, kept = anna.mark(letter, "weg"), anna.mark(letter, "bleibt")
    office.settle()
    for station, mark_id in ((anna, gone), (anna, kept)):
        mark = mark_of(station, letter, mark_id)
        assert mark is not None
        station.marks.edit(letter, DeleteMark(mark=mark))
    office.clock.pass_by(60)
    before = mark_of(home, letter, kept)
    assert before is not None
    home.marks.edit(letter, ChangeMark(before=before, after=before))
    office.assert_same()
    for station in office.stations:
        assert station.notes(letter) == {"anna: bleibt"}


def test_marks_made_while_others_are_being_sent_are_sent_too(office: Office[ServerSide]) -> None:
    anna, bert, letter = scanned(office)
    anna.mark(letter, "eins")
    anna.net.lose = ["put_annotations"]
    report = anna.sync()
    assert isinstance(report.stopped, ServerUnreachable) or not report.settled
    anna.mark(letter, "zwei")
    office.assert_same()
    assert bert.notes(letter) == {"anna: eins", "anna: zwei"}


@pytest.mark.parametrize("step", [Step.SENDING, Step.ANSWERED, Step.STORED])
def test_a_mark_that_is_made_at_any_step_of_sending_another_is_sent_too(office: Office[ServerSide], step: Step) -> None:
    anna, bert, letter = scanned(office)
    anna.mark(letter, "eins")

    def meanwhile(now: Step) -> None:
        if now is step:
            anna.meanwhile = None
            anna.mark(letter, "zwei")

    anna.meanwhile = meanwhile
    anna.sync()
    assert anna.notes(letter) == {"anna: eins", "anna: zwei"}
    office.assert_same()
    assert bert.notes(letter) == {"anna: eins", "anna: zwei"}


def test_marks_on_the_server_that_are_none_hold_only_what_is_to_be_added_to_them(
    memory_office: Office[MemoryServer],
) -> None:
    office = memory_office
    anna, bert, letter = scanned(office)
    anna.mark(letter, "eins")
    office.settle()
    anna.mark(letter, "zwei")
    record = office.server.record(annotation_set_id(letter, "anna"))
    assert isinstance(record.value, AnnotationFile)
    office.server.touch(record, replace(record.value, content=b"no marks"))
    [other] = anna.scan(b"other")
    for _ in range(2):
        assert anna.sync().stopped is None
    assert [(entry.state, entry.error) for entry in anna.outbox()] == [(OutboxState.NEEDS_CLERK, "MarksRefused")]
    bert.sync()
    assert bert.document(other) is not None


def test_marks_that_are_given_up_are_shown_and_sent_no_more(office: Office[ServerSide]) -> None:
    anna, bert, letter = scanned(office)
    anna.mark(letter, "eins")
    office.settle()
    anna.net.fail["put_annotations"] = [PermissionDenied()]
    anna.mark(letter, "zwei")
    anna.sync()
    [entry] = anna.outbox()
    anna.conflicts_here.withdraw(entry.operation_id)
    assert anna.notes(letter) == {"anna: eins"}
    anna.mark(letter, "drei")
    office.assert_same()
    assert bert.notes(letter) == {"anna: eins", "anna: drei"}


def test_marks_on_a_letter_that_was_not_sent_yet_follow_it(office: Office[ServerSide]) -> None:
    anna, bert = office.station("anna"), office.station("bert")
    [letter] = anna.scan(b"letter")
    anna.mark(letter, "vor dem Senden")
    office.assert_same()
    assert bert.notes(letter) == {"anna: vor dem Senden"}


def test_marks_go_with_their_document_into_its_case(office: Office[ServerSide]) -> None:
    anna, bert, letter = scanned(office)
    case_id = anna.open_case("Hundesteuer")
    anna.mark(letter, "gehört dazu")
    office.settle()
    bert.file(letter, case_id)
    bert.mark(letter, "abgelegt")
    office.assert_same()
    assert anna.notes(letter) == {"anna: gehört dazu", "bert: abgelegt"}


def test_marks_on_a_letter_that_is_gone_while_its_marks_are_not_wait_for_a_decision(office: Office[ServerSide]) -> None:
    anna, _, letter = scanned(office)
    anna.mark(letter, "eins")
    office.settle()
    anna.index(letter, sender="Frau Meier")
    office.server.delete(letter)  # and not the file with the marks beside it
    office.settle()
    anna.mark(letter, "zwei")
    office.settle()
    assert {entry.state for entry in anna.outbox()} == {OutboxState.CONFLICT}
    for conflict in anna.conflicts():
        anna.resolve(conflict, Side.THEIRS)
    office.settle()
    assert anna.outbox() == ()


def test_another_town_sees_no_marks(office: Office[ServerSide]) -> None:
    anna, _, letter = scanned(office)
    stranger = office.station("fremd", "kalletal")
    anna.mark(letter, "vertraulich")
    office.settle()
    assert stranger.notes(letter) == set()
    with stranger.store.read() as session:
        assert session.annotations.of_document(letter) == ()


OF_OTHER_SOFTWARE = """<?xml version="1.0" encoding="UTF-8"?>
<xfdf xmlns="http://ns.adobe.com/xfdf/" xmlns:other="urn:other"><f href="{file}"/><ids original="AA" modified="BB"/>
<annots><text page="0" rect="10,10,30,30" name="{name}"><contents>{name}</contents></text>
<text page="0" rect="40,10,60,30" name="{name}-2" title="Mueller"><contents>{name} too</contents></text></annots>
<other:tail of="{name}"/></xfdf>"""


def test_marks_of_a_file_are_mine_also_where_it_names_nobody_and_leave_with_all_that_came_with_them(
    office: Office[ServerSide],
) -> None:
    anna, bert, letter = scanned(office)
    for station in (anna, bert):
        name = f"of {station.user}"
        station.marks.take_in(letter, OF_OTHER_SOFTWARE.format(file=f"{name}.pdf", name=name).encode())
    office.assert_same()
    assert bert.notes(letter) == {"anna: of anna", "anna: of anna too", "bert: of bert", "bert: of bert too"}
    file = Xfdf().read(bert.marks.file(letter))
    assert [element.tag.rpartition("}")[2] for element in file.foreign] == ["f", "ids", "tail", "tail"]
    assert "of anna.pdf" in file.foreign[0].xml
