"""What loses a conflict stays readable in the history, on every station, with who decided."""

from __future__ import annotations

import pytest

from clerk_desktop.model.case import CaseField
from clerk_desktop.model.conflict import Side
from clerk_desktop.model.editing import CaseChange
from clerk_desktop.model.event import EventKind
from clerk_desktop.model.ids import CaseId
from clerk_desktop.usecases.worklist import Worklist
from tests.office.office import Office
from tests.office.serverside import ServerSide
from tests.office.station import Station


def decided(station: Station, case_id: CaseId) -> list[tuple[str, str]]:
    return [(event.actor, event.text) for event in station.events(case_id) if event.kind is EventKind.DECIDED]


@pytest.mark.parametrize(
    ("side", "line"),
    [(Side.MINE, "subject: von Anna → von Bert"), (Side.THEIRS, "subject: von Bert → von Anna")],
)
def test_the_version_that_was_not_kept_stands_in_the_history(office: Office[ServerSide], side: Side, line: str) -> None:
    anna, bert = office.station("anna"), office.station("bert")
    case_id = anna.open_case("Hundesteuer")
    office.settle()
    Worklist(anna.store, office.clock).change_by_id(case_id, (CaseChange(field=CaseField.SUBJECT, text="von Anna"),))
    when = office.clock.now()
    bert.edit_case(case_id, subject="von Bert")
    office.settle()
    [conflict] = bert.conflicts()
    [field] = conflict.fields
    assert (field.by, field.at) == ("anna", when)
    bert.resolve(conflict, side)
    office.assert_same()
    assert decided(anna, case_id) == decided(bert, case_id) == [("bert", line)]


def test_where_a_letter_was_to_lie_stands_in_the_history_of_the_case_where_it_lies(office: Office[ServerSide]) -> None:
    anna, bert = office.station("anna"), office.station("bert")
    first, second = anna.open_case("Hundesteuer"), anna.open_case("Wohngeld")
    [letter] = anna.scan(b"letter")
    office.settle()
    anna.file(letter, first)
    bert.file(letter, second)
    office.settle()
    [conflict] = bert.conflicts()
    by = {field.field: field.by for field in conflict.fields}
    assert by == {"case": "anna"}
    bert.resolve(conflict, Side.THEIRS)
    office.assert_same()
    one, two = (anna.case(case_id) for case_id in (first, second))
    assert one is not None
    assert two is not None
    assert decided(anna, first) == [("bert", f"case: {two.case_number} → {one.case_number}")]


def test_what_is_given_up_of_a_letter_that_is_gone_stands_in_the_history_of_its_case(
    office: Office[ServerSide],
) -> None:
    anna, bert = office.station("anna"), office.station("bert")
    case_id = anna.open_case("Hundesteuer")
    [letter] = anna.scan(b"letter", subject="Widerspruch")
    anna.file(letter, case_id)
    office.settle()
    bert.index(letter, sender="Frau Meier")
    office.server.delete(letter)
    office.settle()
    [conflict] = bert.conflicts()
    bert.resolve(conflict, Side.THEIRS)
    office.assert_same()
    assert decided(anna, case_id) == decided(bert, case_id) == [("bert", "Widerspruch\nsender: Frau Meier → ")]


def test_about_what_is_gone_nothing_is_written_anywhere(office: Office[ServerSide]) -> None:
    anna = office.station("anna")
    case_id = anna.open_case("Hundesteuer")
    office.settle()
    office.server.delete(case_id)
    anna.edit_case(case_id, subject="neu")
    office.settle()
    [conflict] = anna.conflicts()
    anna.resolve(conflict, Side.THEIRS)
    office.assert_same()
    assert anna.case(case_id) is None
