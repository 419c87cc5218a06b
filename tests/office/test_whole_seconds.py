"""On a server that tells times to the second and gives no change tokens, two edits of one second look like one.

Nothing is overwritten by somebody who had not seen it, and nothing stays unseen. Nobody waits for a full listing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from clerk_desktop.model.case import CaseField
from clerk_desktop.model.conflict import Side
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.editing import CaseChange, DocumentChange
from clerk_desktop.model.ids import CaseId, DocumentId
from tests.office.cmis_server import embedded
from tests.office.conftest import WHOLE_SECONDS
from tests.office.memory_backend import MemoryServer
from tests.office.office import Office
from tests.office.serverside import ServerSide
from tests.office.station import Clock, Station

LATER = 11
BEHIND = -timedelta(minutes=7)


class Coarse:
    """An office, and a clock of its server that stands until it is turned."""

    def __init__(self, office: Office[ServerSide], clock: Clock) -> None:
        self.office, self.server, self._clock = office, office.server, clock

    def begun(self) -> tuple[Station, CaseId, DocumentId]:
        """A case and a letter that both stations know for long; the second of the two."""
        anna, bert = self.office.station("anna"), self.office.station("bert")
        case_id = anna.open_case("Zaun")
        (letter,) = anna.scan(b"letter")
        self.office.settle(2)
        self.later()
        return bert, case_id, letter

    def later(self) -> None:
        """The second is over."""
        self._clock.pass_by(LATER)
        if isinstance(self.server, MemoryServer):
            self.server.time = self._clock.time


@pytest.fixture(params=["cmis", "cmis whose answers are dated behind", "memory"])
def coarse(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Coarse]:
    clock = Clock()
    server: ServerSide = MemoryServer(odd=WHOLE_SECONDS, time=clock.time)
    if request.param != "memory":
        beside = timedelta() if request.param == "cmis" else BEHIND
        server = embedded(tmp_path, "alfresco", whole_seconds_of=clock.now, dated_beside=beside)
    office = Office(tmp_path, server)
    yield Coarse(office, clock)
    office.close()


def patient(station: Station) -> None:
    """A round that nobody waits for: nothing is listed."""
    before = station.net.calls["everything"]
    assert station.sync(impatient=False).stopped is None
    assert station.net.calls["everything"] == before


def test_an_edit_in_the_second_of_the_one_that_was_seen_is_seen_too(coarse: Coarse) -> None:
    bert, case_id, letter = coarse.begun()
    coarse.server.edit_case(case_id, CaseChange(field=CaseField.SUBJECT, text="Tor"))
    coarse.server.edit_document(letter, DocumentChange(field=DocumentField.SENDER, text="Meier"))
    patient(bert)
    coarse.server.edit_case(case_id, CaseChange(field=CaseField.SUBJECT, text="Tür"))
    coarse.server.edit_document(letter, DocumentChange(field=DocumentField.SENDER, text="Müller"))
    patient(bert)
    coarse.later()
    patient(bert)
    case, document = bert.case(case_id), bert.document(letter)
    assert (case and case.subject, document and document.sender) == ("Tür", "Müller")


def test_an_edit_in_the_same_second_is_not_overwritten_but_asked_about(coarse: Coarse) -> None:
    bert, case_id, letter = coarse.begun()
    coarse.server.edit_case(case_id, CaseChange(field=CaseField.ASSIGNEE, text="anna"))
    coarse.server.edit_document(letter, DocumentChange(field=DocumentField.SUBJECT, text="Zaun"))
    patient(bert)
    bert.edit_case(case_id, subject="Meins")
    bert.index(letter, sender="Meier")
    coarse.server.edit_case(case_id, CaseChange(field=CaseField.SUBJECT, text="Ihres"))
    coarse.server.edit_document(letter, DocumentChange(field=DocumentField.SENDER, text="Müller"))
    patient(bert)
    truth = coarse.office.truth()
    assert (truth.cases[case_id].subject, truth.documents[letter].sender) == ("Ihres", "Müller")
    told = {(field.field, field.mine, field.theirs) for each in bert.conflicts() for field in each.fields}
    assert told == {("subject", "Meins", "Ihres"), ("sender", "Meier", "Müller")}
    for conflict in bert.conflicts():
        bert.resolve(conflict, Side.MINE)
    coarse.later()
    coarse.office.assert_same()
    truth = coarse.office.truth()
    assert (truth.cases[case_id].subject, truth.documents[letter].sender) == ("Meins", "Meier")


def test_marks_of_one_person_at_two_stations_in_one_second_are_all_kept(coarse: Coarse) -> None:
    anna, other = coarse.office.station("anna"), coarse.office.station("anna", second=True)
    (letter,) = anna.scan(b"letter")
    coarse.office.settle(2)
    anna.mark(letter, "erste")
    anna.sync()
    other.sync()
    anna.mark(letter, "zweite")
    other.mark(letter, "dritte")
    for _ in range(3):
        coarse.office.settle(1)
        coarse.later()
    coarse.office.assert_same()
    wanted = {"anna: erste", "anna: zweite", "anna: dritte"}
    assert (anna.notes(letter), other.notes(letter)) == (wanted, wanted)
