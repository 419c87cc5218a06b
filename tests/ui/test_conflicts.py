"""What two people changed is shown side by side with who and when, and decided by keys; what is gone is asked about.

A real engine between the window's store and a colleague's workstation; nobody puts a conflict up by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from clerk_desktop.documents.xfdf import Xfdf
from clerk_desktop.model.account import Template
from clerk_desktop.model.case import CaseField
from clerk_desktop.model.editing import CaseChange
from clerk_desktop.model.event import EventKind
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.sync.engine import Sync
from clerk_desktop.ui.transfers.place import TransfersPlace
from clerk_desktop.ui.words import moment_text
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Place
from clerk_desktop.usecases.filing import Filing
from clerk_desktop.usecases.worklist import Worklist
from tests.office.memory_backend import MemoryServer
from tests.office.network import Network
from tests.office.office import Office
from tests.ui.stage import ME, Stage, press, settle

TOWN = "blomberg"
COLLEAGUE = "clerk2.blomberg"
PEOPLE = [{"account": COLLEAGUE, "name": "Thomas Wehmeier"}, {"account": ME, "name": "Martina Krüger"}]
MOST_TABS = 30


class Two:
    """A window and a colleague at another workstation; both know one case and one letter in the inbox."""

    def __init__(self, stage: Stage, place: Path) -> None:
        self.stage = stage.signed_in()
        self.server = MemoryServer()
        self.server.templates[Template.PEOPLE] = msgspec.json.encode(PEOPLE)
        self.office = Office(place, self.server)
        self.colleague = self.office.station(COLLEAGUE, TOWN)
        self.colleague.clock.time = stage.clock.time
        self.server.add_user(ME, TOWN)
        self._engine = Sync(
            store=stage.store,
            connect=lambda: self.server.connect(ME, Network()),
            jitter=lambda: 0.5,
            marks=Xfdf(),
        )
        self.case_id = self.colleague.open_case("Parken")
        [self.letter] = self.colleague.scan(b"Brief", subject="Antrag auf Parken")
        self.theirs = Worklist(self.colleague.store, self.colleague.clock)
        self.exchange()

    def exchange(self) -> None:
        """The colleague's work reaches the server first, then mine meets it."""
        for _ in range(2):
            self.colleague.sync()
            self._engine.run_once(self.stage.clock.now(), impatient=True)

    def case_number(self, case_id: CaseId) -> str:
        return self.server.truth(TOWN).cases[case_id].case_number

    def subject(self) -> str:
        return self.server.truth(TOWN).cases[self.case_id].subject

    def place_of(self, letter: DocumentId) -> CaseId | None:
        return self.server.truth(TOWN).documents[letter].case_id

    def look(self) -> TransfersPlace:
        """Open the window at the transfers and go to the first row, as what needs help stands there."""
        session = self.stage.open()
        session.window.go(Place.TRANSFERS)
        settle(session)
        place = session.window.view
        assert isinstance(place, TransfersPlace)
        press(place.list, Qt.Key.Key_Home)
        return place

    def history(self) -> str:
        """What the window tells in the case's history, newest first."""
        session = self.stage.session
        assert session is not None
        session.window.open_case(self.case_id)
        settle(session)
        view = session.window.view
        assert isinstance(view, WorklistPlace)
        model = view.panel.history.model
        return "\n".join(str(model.index(row, 0).data()) for row in range(model.rowCount()))

    def push(self, place: TransfersPlace, button: QWidget) -> None:
        """Go to a button with Tab, press it with the space bar, and let all be told and sent."""
        place.list.setFocus()
        for _ in range(MOST_TABS):
            focus = QApplication.focusWidget()
            assert focus is not None
            if focus is button:
                break
            press(focus, Qt.Key.Key_Tab)
        assert button.hasFocus()
        press(button, Qt.Key.Key_Space)
        assert self.stage.session is not None
        settle(self.stage.session)
        self.exchange()
        settle(self.stage.session)


@pytest.fixture
def two(stage: Stage, tmp_path: Path) -> Iterator[Two]:
    made = Two(stage, tmp_path / "office")
    yield made
    made.office.close()


def changed_twice(two: Two) -> str:
    """Both change the subject, and the colleague also who it is assigned to; returns when the colleague did."""
    subject, clerk = CaseField.SUBJECT, CaseField.ASSIGNEE
    theirs = (CaseChange(field=subject, text="Parkausweis"), CaseChange(field=clerk, text=COLLEAGUE))
    mine = (CaseChange(field=subject, text="Anwohnerparken"), CaseChange(field=clerk, text=ME))
    two.theirs.change_by_id(two.case_id, theirs)
    then = two.colleague.clock.now()
    two.stage.clock.pass_by(hours=2)
    two.stage.desk.worklist.change_by_id(two.case_id, mine)
    two.exchange()
    return moment_text(then)


def test_both_versions_stand_side_by_side_with_who_and_when(two: Two) -> None:
    then = changed_twice(two)
    place = two.look()
    assert place.about.text().splitlines() == [
        f"Betreff: meine „Anwohnerparken“, andere „Parkausweis“ (Thomas Wehmeier, {then})",
        f"Zuständig: meine „Martina Krüger“, andere „Thomas Wehmeier“ (Thomas Wehmeier, {then})",
    ]


def test_my_version_is_kept_by_keys_and_theirs_stays_in_the_history(two: Two) -> None:
    changed_twice(two)
    place = two.look()
    two.push(place, place.mine)
    assert (two.subject(), place.about.text()) == ("Anwohnerparken", "")
    [decided] = [each for each in two.colleague.events(two.case_id) if each.kind is EventKind.DECIDED]
    assert "subject: Parkausweis → Anwohnerparken" in decided.text.splitlines()
    assert "Betreff: „Parkausweis“ wich „Anwohnerparken“" in two.history()


def test_their_version_is_taken_by_keys_and_mine_stays_in_the_history(two: Two) -> None:
    changed_twice(two)
    place = two.look()
    two.push(place, place.theirs)
    assert (two.subject(), two.stage.desk.worklist.show_by_id(two.case_id).case.subject) == ("Parkausweis",) * 2
    [decided] = [each for each in two.colleague.events(two.case_id) if each.kind is EventKind.DECIDED]
    assert "subject: Anwohnerparken → Parkausweis" in decided.text.splitlines()
    assert "Betreff: „Anwohnerparken“ wich „Parkausweis“" in two.history()


def test_a_letter_filed_twice_tells_the_numbers_of_both_cases(two: Two) -> None:
    other = two.colleague.open_case("Hundesteuer")
    two.exchange()
    mine, theirs = two.case_number(two.case_id), two.case_number(other)
    Filing(two.colleague.store, two.colleague.clock).file(two.letter, theirs)
    two.stage.desk.filing.file(two.letter, mine)
    two.exchange()
    place = two.look()
    [line] = place.about.text().splitlines()
    assert line.startswith(f"Vorgang: meine „{mine}“, andere „{theirs}“ (Thomas Wehmeier, ")
    two.push(place, place.mine)
    assert two.place_of(two.letter) == two.case_id


def test_what_was_deleted_there_and_changed_here_is_asked_about_and_made_anew_by_keys(two: Two) -> None:
    two.server.delete(two.case_id)
    two.stage.desk.worklist.change_by_id(two.case_id, (CaseChange(field=CaseField.SUBJECT, text="Anwohnerparken"),))
    two.exchange()
    place = two.look()
    assert place.about.text() == "Es ist nicht mehr auf dem Server oder für Sie nicht mehr sichtbar."
    two.push(place, place.mine)
    assert two.subject() == "Anwohnerparken"
