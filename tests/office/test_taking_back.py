"""A filing that is taken back: whenever that happens, station and server agree in the end, and nothing is lost."""

from __future__ import annotations

import pytest

from clerk_desktop.model.document import Document
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.model.outbox import AddEvent, FileDocument
from clerk_desktop.sync.witness import Step
from clerk_desktop.usecases.filing import Filing
from tests.office.office import Office
from tests.office.serverside import ServerSide
from tests.office.station import PulledPlug, Station


class Filed:
    """A letter in the inbox of an office, a case, and a clerk who files the one into the other."""

    def __init__(self, office: Office[ServerSide]) -> None:
        self.office = office
        self.clerk: Station = office.station("clerk")
        [self.letter] = self.clerk.scan(b"letter")
        self.case_id: CaseId = self.clerk.open_case("Hundesteuer")
        office.settle()
        self.filing = Filing(self.clerk.store, self.clerk.clock)
        self.before = self.document()

    def document(self) -> Document:
        found = self.clerk.document(DocumentId(self.letter))
        assert found is not None
        return found

    def file(self) -> None:
        case = self.clerk.case(self.case_id)
        assert case is not None
        self.filing.file(self.letter, case.case_number)

    def unsent(self) -> list[str]:
        return [type(entry.operation).__name__ for entry in self.clerk.outbox()]


@pytest.fixture
def filed(office: Office[ServerSide]) -> Filed:
    return Filed(office)


def test_of_a_new_case_that_is_taken_back_nothing_stays_here_also_when_its_number_was_drawn(filed: Filed) -> None:
    case, _ = filed.filing.file_in_new_case(filed.letter, "Wohngeld", "50.10")

    def meanwhile(step: Step) -> None:
        if step is Step.NUMBER_KEPT:
            raise PulledPlug

    filed.clerk.meanwhile = meanwhile
    with pytest.raises(PulledPlug):
        filed.clerk.sync()
    filed.clerk.meanwhile = None
    assert filed.filing.take_back(filed.before)
    with filed.clerk.store.read() as session:
        assert session.cases.get(case.case_id) is None
        assert session.baselines.get(case.case_id) is None
    filed.office.assert_same()


def test_taken_back_before_it_was_sent_the_server_never_hears_of_it(filed: Filed) -> None:
    filed.clerk.net.down = True
    filed.file()
    filed.clerk.sync()
    assert filed.unsent() == [FileDocument.__name__, AddEvent.__name__]
    assert filed.filing.take_back(filed.before)
    assert filed.unsent() == []
    filed.clerk.net.heal()
    filed.office.assert_same()
    assert filed.document().case_id is None
    assert filed.clerk.events(filed.case_id) == ()
    assert filed.clerk.net.calls["move"] == 0


def test_a_filing_that_was_sent_is_not_taken_back(filed: Filed) -> None:
    filed.file()
    filed.office.settle()
    assert not filed.filing.take_back(filed.before)
    filed.office.assert_same()
    assert filed.document().case_id == filed.case_id


def test_taken_back_when_only_the_reply_was_lost_the_letter_lies_where_the_server_has_it(filed: Filed) -> None:
    filed.file()
    filed.clerk.net.lose.append("move")
    filed.clerk.sync()
    filed.filing.take_back(filed.before)
    filed.office.assert_same()
    assert filed.document().case_id == filed.case_id
    assert filed.unsent() == []


@pytest.mark.parametrize("at", [Step.SENDING, Step.ANSWERED])
def test_taken_back_while_it_is_being_sent_both_agree_in_the_end(filed: Filed, at: Step) -> None:
    filed.file()
    taken: list[bool] = []

    def meanwhile(step: Step) -> None:
        if step is at and not taken:
            taken.append(filed.filing.take_back(filed.before))

    filed.clerk.meanwhile = meanwhile
    filed.clerk.sync()
    assert taken == [True]
    filed.office.assert_same()
    assert filed.unsent() == []
    again = filed.document()
    assert filed.filing.take_back(again) is False
