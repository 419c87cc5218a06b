"""Two people change the same thing: what differs is merged, what clashes is shown, nothing is dropped."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import pytest

from clerk_desktop.model.case import CaseField
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.conflict import CASE_OF_DOCUMENT, Conflict, FieldConflict, Side
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.editing import CaseChange, DocumentChange
from clerk_desktop.model.errors import NotKnown, PermissionDenied
from clerk_desktop.model.ids import CaseId, OperationId
from clerk_desktop.system.clock import office_zone
from clerk_desktop.usecases.filing import Filing
from clerk_desktop.usecases.transfers import Transfers
from tests.office.memory_backend import MemoryServer
from tests.office.office import Office
from tests.office.serverside import ServerSide
from tests.office.station import Station

S = TypeVar("S", bound=ServerSide)


def plain(conflict: Conflict) -> tuple[FieldConflict, ...]:
    """Both sides without who made theirs and when, and without numbers for the eye."""
    return tuple(replace(field, by="", at=None, mine_number="", theirs_number="") for field in conflict.fields)


def two(office: Office[S]) -> tuple[Station, Station]:
    return office.station("anna"), office.station("bert")


def quarrel(office: Office[S]) -> tuple[Station, Station, CaseId]:
    """Both gave a case a subject, Anna's arrived first; Bert has to decide."""
    anna, bert = two(office)
    case_id = anna.open_case("Hundesteuer")
    office.settle()
    anna.edit_case(case_id, subject="von Anna")
    bert.edit_case(case_id, subject="von Bert")
    office.settle()
    return anna, bert, case_id


def test_edits_of_different_fields_are_merged(office: Office[ServerSide]) -> None:
    anna, bert = two(office)
    case_id = anna.open_case("Hundesteuer")
    office.settle()
    anna.edit_case(case_id, subject="Annas Betreff")
    bert.edit_case(case_id, assignee="bert", participants="a;b")
    office.assert_same()
    case = anna.case(case_id)
    assert case is not None
    assert (case.subject, case.assignee, case.participants) == ("Annas Betreff", "bert", ("a", "b"))


def test_edits_of_the_same_field_are_shown_side_by_side_and_the_rest_goes_on(office: Office[ServerSide]) -> None:
    anna, bert = two(office)
    case_id = anna.open_case("Hundesteuer")
    [letter] = anna.scan(b"letter")
    office.settle()
    anna.edit_case(case_id, subject="von Anna")
    anna.sync()
    bert.edit_case(case_id, subject="von Bert", assignee="bert")
    bert.file(letter, case_id)
    report = bert.sync()
    assert report.settled
    [conflict] = bert.conflicts()
    assert plain(conflict) == (FieldConflict(field="subject", mine="von Bert", theirs="von Anna"),)
    assert (conflict.object_id, conflict.kind, conflict.gone) == (case_id, ChangeKind.CASE, False)
    mine = bert.case(case_id)
    assert mine is not None
    assert mine.subject == "von Bert"
    anna.sync()
    theirs, filed = anna.case(case_id), anna.document(letter)
    assert theirs is not None
    assert filed is not None
    assert (theirs.subject, theirs.assignee, filed.case_id) == ("von Anna", "bert", case_id)


@pytest.mark.parametrize(("side", "subject"), [(Side.MINE, "von Bert"), (Side.THEIRS, "von Anna")])
def test_a_clerk_decides_a_conflict(office: Office[ServerSide], side: Side, subject: str) -> None:
    anna, bert, case_id = quarrel(office)
    [conflict] = bert.conflicts()
    bert.resolve(conflict, side)
    office.assert_same()
    case = anna.case(case_id)
    assert case is not None
    assert case.subject == subject


def test_a_decision_for_mine_does_not_overwrite_what_came_after_it_was_shown(office: Office[ServerSide]) -> None:
    anna, bert, case_id = quarrel(office)
    [conflict] = bert.conflicts()
    anna.edit_case(case_id, subject="noch einmal von Anna")
    anna.sync()
    bert.resolve(conflict, Side.MINE)
    office.settle()
    [conflict] = bert.conflicts()
    assert plain(conflict) == (FieldConflict(field="subject", mine="von Bert", theirs="noch einmal von Anna"),)


def test_a_later_edit_joins_the_conflict_instead_of_overwriting_the_other_side(office: Office[ServerSide]) -> None:
    anna, bert, case_id = quarrel(office)
    bert.edit_case(case_id, subject="neu von Bert", due_on="2026-05-01")
    office.settle()
    [conflict] = bert.conflicts()
    assert plain(conflict) == (FieldConflict(field="subject", mine="neu von Bert", theirs="von Anna"),)
    seen = anna.case(case_id)
    assert seen is not None
    assert (seen.subject, str(seen.due_on)) == ("von Anna", "2026-05-01")


def test_a_conflict_ends_by_itself_when_both_sides_agree(office: Office[ServerSide]) -> None:
    anna, bert, case_id = quarrel(office)
    assert len(bert.conflicts()) == 1
    anna.edit_case(case_id, subject="von Bert")
    office.assert_same()


def test_several_offline_edits_of_one_field_are_not_a_conflict_with_oneself(office: Office[ServerSide]) -> None:
    anna, bert = two(office)
    case_id = anna.open_case("a")
    office.settle()
    bert.sync()
    for subject in ("b", "c", "a", "d"):
        anna.edit_case(case_id, subject=subject)
    anna.net.lose = ["update_case"]
    anna.sync()
    office.assert_same()
    case = bert.case(case_id)
    assert case is not None
    assert case.subject == "d"


def test_a_letter_filed_into_two_cases_stays_where_it_was_put_first_until_a_clerk_decides(
    office: Office[ServerSide],
) -> None:
    anna, bert = two(office)
    first, second = anna.open_case("first"), anna.open_case("second")
    [letter] = anna.scan(b"letter")
    office.settle()
    anna.file(letter, first)
    anna.sync()
    bert.file(letter, second, sender="Frau Meier")
    office.settle()
    [conflict] = bert.conflicts()
    assert plain(conflict) == (FieldConflict(field=CASE_OF_DOCUMENT, mine=second, theirs=first),)
    seen = anna.document(letter)
    assert seen is not None
    assert (seen.case_id, seen.sender) == (first, "Frau Meier")
    bert.resolve(conflict, Side.MINE)
    office.assert_same()
    seen = anna.document(letter)
    assert seen is not None
    assert seen.case_id == second


def test_a_letter_filed_into_a_case_that_is_not_known_here_yet_is_not_filed_over_their_head(
    office: Office[ServerSide],
) -> None:
    anna, bert = two(office)
    mine = anna.open_case("Annas Vorgang")
    [letter] = anna.scan(b"letter")
    office.settle()
    theirs = bert.open_case("neu bei Bert")
    bert.file(letter, theirs)
    bert.sync()
    anna.file(letter, mine)
    anna.sync()
    [conflict] = anna.conflicts()
    assert plain(conflict) == (FieldConflict(field=CASE_OF_DOCUMENT, mine=mine, theirs=theirs),)
    assert office.truth().documents[letter].case_id == theirs


def test_an_edit_that_was_taken_back_overwrites_nobody(office: Office[ServerSide]) -> None:
    anna, bert = two(office)
    case_id = anna.open_case("Hundesteuer")
    anna.edit_case(case_id, assignee="anna")
    office.settle()
    bert.edit_case(case_id, assignee="bert")
    bert.edit_case(case_id, assignee="anna", subject="von Bert")
    anna.edit_case(case_id, assignee="carla")
    anna.sync()
    bert.sync()
    assert bert.conflicts() == ()
    office.assert_same()
    case = bert.case(case_id)
    assert case is not None
    assert (case.assignee, case.subject) == ("carla", "von Bert")


def test_a_letter_filed_into_the_same_case_twice_is_no_conflict(office: Office[ServerSide]) -> None:
    anna, bert = two(office)
    case_id = anna.open_case("case")
    [letter] = anna.scan(b"letter")
    office.settle()
    anna.file(letter, case_id)
    bert.file(letter, case_id)
    office.assert_same()


def test_what_happened_to_a_letter_stands_in_the_same_case_for_everybody(office: Office[ServerSide]) -> None:
    anna, bert = two(office)
    cases = [anna.open_case("Zaun"), anna.open_case("Hund")]
    [letter] = anna.scan(b"letter")
    office.settle()
    for case_id in cases:
        Filing(anna.store, office.clock).file(letter, number_of(anna, case_id))
        office.settle()
    for case_id in cases:
        assert anna.events(case_id) == bert.events(case_id)


def number_of(station: Station, case_id: CaseId) -> str:
    case = station.case(case_id)
    assert case is not None
    return case.case_number


def test_a_document_moved_by_another_program_is_followed(office: Office[ServerSide]) -> None:
    anna, _ = two(office)
    case_id = anna.open_case("case")
    [letter] = anna.scan(b"letter")
    office.settle()
    anna.index(letter, sender="Frau Meier")
    office.server.put_into(letter, case_id)
    office.server.edit_document(letter, DocumentChange(field=DocumentField.SUBJECT, text="theirs"))
    office.assert_same()
    seen = anna.document(letter)
    assert seen is not None
    assert (seen.case_id, seen.sender, seen.subject) == (case_id, "Frau Meier", "theirs")


def test_what_was_deleted_there_and_changed_here_asks(office: Office[ServerSide]) -> None:
    anna, bert = two(office)
    case_id = anna.open_case("case")
    office.settle()
    bert.edit_case(case_id, subject="von Bert")
    office.server.delete(case_id)
    office.settle()
    assert anna.case(case_id) is None
    kept = bert.case(case_id)
    assert kept is not None
    assert kept.subject == "von Bert"
    [conflict] = bert.conflicts()
    assert conflict.gone
    assert plain(conflict) == (FieldConflict(field="subject", mine="von Bert", theirs=""),)


@pytest.mark.parametrize("side", list(Side))
def test_a_clerk_decides_about_a_deleted_case(office: Office[ServerSide], side: Side) -> None:
    anna, bert = two(office)
    case_id = anna.open_case("case")
    [letter] = anna.scan(b"letter")
    office.settle()
    number = next(case.case_number for case in bert.cases())
    bert.edit_case(case_id, subject="von Bert")
    bert.file(letter, case_id)
    office.server.delete(case_id)
    office.settle()
    while conflicts := bert.conflicts():
        bert.resolve(conflicts[0], side)
        bert.sync()
    office.assert_same()
    seen, filed = anna.case(case_id), anna.document(letter)
    assert filed is not None
    if side is Side.MINE:
        assert seen is not None
        assert (seen.subject, seen.case_number, filed.case_id) == ("von Bert", number, case_id)
    else:
        assert (seen, filed.case_id) == (None, None)


def test_what_waits_for_a_decision_of_its_own_is_not_decided_with_the_case_it_lies_in(
    office: Office[ServerSide],
) -> None:
    anna, bert = two(office)
    case_id, other = anna.open_case("Zaun"), anna.open_case("Hund")
    [letter] = anna.scan(b"letter")
    office.settle()
    bert.file(letter, case_id)  # offline
    office.server.put_into(letter, other)
    office.server.delete(case_id)
    office.settle()
    [note] = [each for each in bert.conflicts() if each.object_id != letter]
    bert.resolve(note, Side.MINE)  # the case is made anew; nobody asked for the letter
    office.settle()
    assert office.truth().documents[letter].case_id == other
    [filing] = bert.conflicts()
    assert [(each.field, each.mine, each.theirs) for each in filing.fields] == [(CASE_OF_DOCUMENT, case_id, other)]
    bert.resolve(filing, Side.MINE)
    office.assert_same()
    assert office.truth().documents[letter].case_id == case_id


def test_a_deleted_letter_can_be_made_anew_only_where_its_content_is(office: Office[ServerSide]) -> None:
    anna, bert = two(office)
    [letter] = anna.scan(b"letter")
    office.settle()
    anna.index(letter, sender="Anna")
    bert.index(letter, sender="Bert")
    office.server.delete(letter)
    office.settle()
    [conflict] = bert.conflicts()
    assert not conflict.can_keep_mine
    with pytest.raises(NotKnown):
        bert.resolve(conflict, Side.MINE)
    bert.resolve(conflict, Side.THEIRS)
    assert bert.document(letter) is None
    [conflict] = anna.conflicts()
    assert conflict.can_keep_mine
    anna.resolve(conflict, Side.MINE)
    office.assert_same()
    seen = bert.document(letter)
    assert seen is not None
    assert seen.sender == "Anna"


def test_a_conflict_is_not_sent_again_unless_somebody_decides(memory_office: Office[MemoryServer]) -> None:
    _, bert, case_id = quarrel(memory_office)
    [conflict] = bert.conflicts()
    with pytest.raises(NotKnown):
        Transfers(bert.store, memory_office.clock, office_zone()).release(conflict.operation_id)
    memory_office.settle()
    assert bert.conflicts() == (conflict,)
    assert memory_office.truth().cases[case_id].subject == "von Anna"


def test_only_a_conflict_can_be_decided(office: Office[ServerSide]) -> None:
    anna = office.station("anna")
    with pytest.raises(NotKnown):
        anna.conflicts_here.resolve(OperationId("none"), Side.MINE, office.clock.now())
    anna.open_case("case")
    with pytest.raises(NotKnown):
        anna.conflicts_here.resolve(anna.outbox()[0].operation_id, Side.MINE, office.clock.now())


def test_a_case_number_that_is_taken_waits_for_a_clerk_with_all_that_depends_on_it(
    memory_office: Office[MemoryServer],
) -> None:
    anna, bert = two(memory_office)
    anna.open_case("first")
    anna.sync()
    memory_office.server.counters.clear()
    case_id = bert.open_case("second")
    bert.edit_case(case_id, subject="changed")
    report = bert.sync()
    assert report.push.held == 1
    assert [entry.state.value for entry in bert.outbox()] == ["needs-clerk", "waiting"]


def test_two_cases_of_one_number_on_the_server_are_both_shown(memory_office: Office[MemoryServer]) -> None:
    anna = memory_office.station("anna")
    anna.open_case("first")
    memory_office.settle()
    [case] = anna.cases()
    memory_office.server.add(replace(case, case_id=CaseId("0123456789abcdef"), subject="second"), "plan")
    anna.sync()
    assert {(each.subject, each.case_number) for each in anna.cases()} == {
        ("first", "32.41-2026/0001"),
        ("second", "32.41-2026/0001 (01234567)"),
    }


@pytest.mark.parametrize(("side", "subject"), [(Side.MINE, "von Anna"), (Side.THEIRS, "von anderswo")])
def test_a_conflict_is_decided_also_in_the_second_case_of_one_number(
    memory_office: Office[MemoryServer], side: Side, subject: str
) -> None:
    anna = memory_office.station("anna")
    anna.open_case("first")
    memory_office.settle()
    [case] = anna.cases()
    second = CaseId("0123456789abcdef")
    memory_office.server.add(replace(case, case_id=second, subject="second"), "plan")
    anna.sync()
    anna.edit_case(second, subject="von Anna")
    memory_office.server.edit_case(second, CaseChange(field=CaseField.SUBJECT, text="von anderswo"))
    anna.sync()
    [conflict] = anna.conflicts()
    anna.resolve(conflict, side)
    assert anna.sync().settled
    shown = anna.case(second)
    assert shown is not None
    assert (shown.subject, shown.case_number) == (subject, "32.41-2026/0001 (01234567)")
    assert memory_office.truth().cases[second].subject == subject


def test_a_change_that_the_server_refuses_can_be_withdrawn_but_a_letter_never(office: Office[ServerSide]) -> None:
    anna = office.station("anna")
    case_id = anna.open_case("case")
    office.settle()
    anna.net.broken[office.server.series(case_id)] = PermissionDenied()
    anna.edit_case(case_id, subject="refused")
    anna.scan(b"letter")
    anna.net.fail["deposit"] = [PermissionDenied()]
    anna.sync()
    refused, letter = anna.outbox()
    anna.conflicts_here.withdraw(refused.operation_id)
    with pytest.raises(NotKnown):
        anna.conflicts_here.withdraw(letter.operation_id)
    case = anna.case(case_id)
    assert case is not None
    assert case.subject == "case"
    assert [entry.operation_id for entry in anna.outbox()] == [letter.operation_id]


def test_a_letter_whose_content_is_lost_here_waits_for_a_clerk_and_blocks_nothing(office: Office[ServerSide]) -> None:
    anna = office.station("anna")
    [lost] = anna.scan(b"lost")
    anna.scan(b"good")
    document = anna.document(lost)
    assert document is not None
    anna.store.blobs.remove(document.sha256)
    report = anna.sync()
    assert (report.push.sent, report.push.held, report.stopped) == (1, 1, None)


def test_marks_on_a_deleted_letter_whose_content_is_elsewhere_can_only_be_given_up(office: Office[ServerSide]) -> None:
    anna, bert = two(office)
    [letter] = anna.scan(b"letter")
    office.settle()
    office.server.delete(letter)
    bert.index(letter, sender="Frau Meier")
    bert.mark(letter, "prüfen")
    office.settle()
    for conflict in bert.conflicts():
        assert (conflict.gone, conflict.can_keep_mine) == (True, False)
        bert.resolve(conflict, Side.THEIRS)
    office.settle()
    assert bert.outbox() == ()
    assert bert.document(letter) is None
