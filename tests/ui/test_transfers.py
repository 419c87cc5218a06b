"""Everything that moves: what needs help comes first with its reason, and the day's account tells the truth."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from clerk_desktop.model.case import CaseField
from clerk_desktop.model.editing import CaseChange
from clerk_desktop.model.errors import FailureKind, RefusalReason
from clerk_desktop.model.ids import FileId, FolderId, OperationId, new_key
from clerk_desktop.model.ledger import FileState, ScannedFile
from clerk_desktop.model.outbox import CreateCase, OutboxState, UpdateCase
from clerk_desktop.system.locks import Role
from clerk_desktop.ui.transfers.place import TransfersPlace
from clerk_desktop.ui.welcome.dialog import WelcomeDialog
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Place
from tests.ui.conftest import MakeStage
from tests.ui.opened import export_by_keys
from tests.ui.stage import Stage, hold, press, settle, when_asked, write


class Moves:
    """A confirmed letter, one in quarantine, a change that waits, and one that the server refuses."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.done = self.file("brief.pdf", FileState.CONFIRMED)
        self.held = self.file("kaputt.pdf", FileState.QUARANTINED)
        case = stage.case("32.10-2026/018", "Anwohnerparken")
        now = stage.clock.now()
        with stage.store.write() as session:
            self.waiting = session.outbox.add(CreateCase(case_id=case.case_id), now)
            change = CaseChange(field=CaseField.SUBJECT, text="Neu")
            self.refused = session.outbox.add(UpdateCase(case_id=case.case_id, changes=(change,)), now)
            session.outbox.hold(self.refused, "PermissionDenied", FailureKind.ASK_CLERK, OutboxState.NEEDS_CLERK)
        self.session = stage.open()
        self.session.window.go(Place.TRANSFERS)
        settle(self.session)
        place = self.session.window.view
        assert isinstance(place, TransfersPlace)
        self.place = place

    def file(self, name: str, state: FileState) -> ScannedFile:
        file = ScannedFile(
            file_id=FileId(new_key()),
            folder_id=FolderId("f"),
            path=f"/scans/{name}",
            size=3,
            modified_ns=1,
            state=FileState.SEEN,
            seen_at=self.stage.clock.now(),
            received_on=self.stage.clock.now().date(),
        )
        steps = {
            FileState.CONFIRMED: (
                FileState.CLAIMED,
                FileState.UNDERSTOOD,
                FileState.QUEUED,
                FileState.DEPOSITED,
                FileState.CONFIRMED,
            ),
            FileState.QUARANTINED: (FileState.CLAIMED, FileState.QUARANTINED),
        }
        with self.stage.store.write() as session:
            session.ledger.add(file)
            for step in steps[state]:
                refusal = RefusalReason.DAMAGED if step is FileState.QUARANTINED else None
                file = session.ledger.move(file.file_id, step, refusal=refusal)
        return file

    @property
    def titles(self) -> list[str]:
        model = self.place.model
        return [str(model.index(row, 0).data()).split("  ·  ")[0] for row in range(model.rowCount())]

    def entry(self, operation_id: OperationId) -> OutboxState | None:
        with self.stage.store.read() as session:
            found = session.outbox.get(operation_id)
        return found.state if found is not None else None

    def choose(self, title: str) -> None:
        press(self.place.list, Qt.Key.Key_Home)
        for _ in range(self.titles.index(title)):
            press(self.place.list, Qt.Key.Key_Down)


@pytest.fixture
def moves(stage: Stage) -> Moves:
    return Moves(stage)


def test_what_needs_help_comes_first(moves: Moves) -> None:
    assert set(moves.titles[:2]) == {"Vorgang ändern: Betreff", "kaputt.pdf"}
    assert set(moves.titles[2:]) == {"Vorgang anlegen", "brief.pdf"}


def test_the_days_account_adds_up_and_says_to_keep_the_paper(moves: Moves) -> None:
    assert "gesehen: 2" in moves.place.account.numbers.text()
    assert "bestätigt: 1" in moves.place.account.numbers.text()
    assert "Papier" in moves.place.account.verdict.text()


def exported(moves: Moves, downs: int, target: Path) -> None:
    """The button by key, so many times Down, Enter; type the file's name and save."""
    button = moves.place.account.export.button
    export_by_keys(lambda: press(button, Qt.Key.Key_Space), downs, target)
    settle(moves.session)


def test_the_days_account_is_written_for_the_table_program_and_to_be_signed(moves: Moves, tmp_path: Path) -> None:
    exported(moves, 1, tmp_path / "tag.csv")
    text = (tmp_path / "tag.csv").read_bytes().decode("utf-8-sig")
    assert "kaputt.pdf" in text
    assert "tag.csv" in moves.session.window.messages.text
    exported(moves, 0, tmp_path / "tag.pdf")
    assert (tmp_path / "tag.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="a folder that takes no files, for whoever it is")
def test_where_the_account_cannot_be_written_that_is_said(moves: Moves) -> None:
    exported(moves, 1, Path("/sys/tag.csv"))
    assert "tag.csv" in moves.session.window.messages.text
    assert "außerhalb" not in moves.session.window.messages.text


def test_a_change_tells_what_it_is_about_and_enter_shows_that(moves: Moves) -> None:
    moves.choose("Vorgang ändern: Betreff")
    row = moves.place.model.row(moves.place.list.currentIndex())
    assert row.title == "Vorgang ändern: Betreff  ·  32.10-2026/018 Anwohnerparken"
    press(moves.place.list, Qt.Key.Key_Return)
    settle(moves.session)
    view = moves.session.window.view
    assert isinstance(view, WorklistPlace)
    assert view.panel.number.text() == "32.10-2026/018"


def test_only_what_needs_help_is_shown_on_request(moves: Moves) -> None:
    press(moves.place.only_help, Qt.Key.Key_Space)
    assert len(moves.titles) == 2


def test_typing_in_the_filter_finds_a_file(moves: Moves) -> None:
    write(moves.place.filter, "brief")
    assert moves.titles == ["brief.pdf"]


def test_a_refused_change_tells_why_and_is_tried_again_by_a_button(moves: Moves) -> None:
    moves.choose("Vorgang ändern: Betreff")
    assert "Recht" in str(moves.place.model.index(moves.titles.index("Vorgang ändern: Betreff"), 0).data(256))
    press(moves.place.again, Qt.Key.Key_Space)
    settle(moves.session)
    assert moves.entry(moves.refused) is OutboxState.WAITING


def test_a_refused_change_is_given_up_only_after_a_question(moves: Moves) -> None:
    moves.choose("Vorgang ändern: Betreff")

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        press(box.button(QMessageBox.StandardButton.Yes), Qt.Key.Key_Space)

    when_asked(answer)
    press(moves.place.discard, Qt.Key.Key_Space)
    settle(moves.session)
    assert moves.entry(moves.refused) is None


def test_a_case_that_waits_to_be_created_cannot_be_given_up(moves: Moves) -> None:
    moves.choose("Vorgang anlegen")
    assert not moves.place.discard.isVisible()


def test_a_held_file_is_taken_up_again(moves: Moves) -> None:
    moves.choose("kaputt.pdf")
    press(moves.place.again, Qt.Key.Key_Space)
    settle(moves.session)
    with moves.stage.store.read() as session:
        again = session.ledger.get(moves.held.file_id)
    assert again is not None
    assert again.state is FileState.SEEN


def test_the_account_of_today_goes_on_with_the_day_and_one_that_was_chosen_stays(moves: Moves) -> None:
    assert "23.11.2026" in moves.place.account.title.text()
    moves.session.window.go(Place.CASES)
    moves.stage.clock.pass_by(days=1)
    moves.session.window.go(Place.TRANSFERS)
    settle(moves.session)
    assert "24.11.2026" in moves.place.account.title.text()
    moves.place.account.day = moves.stage.clock.now().date() - timedelta(days=4)
    moves.place.account.day_changed.emit()
    moves.stage.clock.pass_by(days=1)
    moves.session.window.go(Place.CASES)
    moves.session.window.go(Place.TRANSFERS)
    settle(moves.session)
    assert "20.11.2026" in moves.place.account.title.text()


def test_the_account_of_another_day_is_one_step_away(moves: Moves) -> None:
    before = moves.place.account.title.text()
    moves.place.account.day = moves.stage.clock.now().date() - timedelta(days=1)
    moves.place.account.day_changed.emit()
    settle(moves.session)
    assert moves.place.account.title.text() != before
    assert "gesehen: 0" in moves.place.account.numbers.text()


def asked(stage: Stage) -> bool:
    with stage.store.read() as session:
        return session.rounds.is_asked(Role.SYNC)


def in_touch(moves: Moves) -> None:
    """The frame knows how the workstation stands."""
    for _ in range(5_000):
        if "Nicht verbunden" not in moves.session.window.pill.text():
            return
        QTest.qWait(20)
        settle(moves.session)
    raise AssertionError(moves.session.window.pill.text())


@pytest.mark.parametrize("by_key", [True, False], ids=["f5", "button"])
def test_what_waits_is_sent_at_once_by_key_anywhere_and_by_button(stage: Stage, by_key: bool) -> None:
    moves = Moves(stage)
    in_touch(moves)
    assert not asked(stage)
    if by_key:
        moves.session.window.go(Place.CASES)
        press(moves.session.window, Qt.Key.Key_F5)
    else:
        press(moves.place.now, Qt.Key.Key_Space)
    settle(moves.session)
    assert asked(stage)
    assert "Senden und Holen" in moves.session.window.messages.text


def test_a_key_that_is_held_down_asks_once(stage: Stage) -> None:
    moves = Moves(stage)
    in_touch(moves)
    window = moves.session.window
    asked_for: list[str] = []
    press(window, Qt.Key.Key_F5)
    settle(moves.session)
    assert asked(stage)
    moves.session.workplace.say("Etwas anderes.")
    for _ in range(3):
        hold(window, Qt.Key.Key_F5)
        settle(moves.session)
        asked_for.append(window.messages.text)
    assert asked_for == ["Etwas anderes."] * 3


def test_who_is_not_signed_in_is_asked_to_sign_in_instead(stages: MakeStage) -> None:
    moves = Moves(stages())
    press(moves.place.now, Qt.Key.Key_Space)
    settle(moves.session)
    assert any(dialog.isVisible() for dialog in moves.session.window.findChildren(WelcomeDialog))
    assert not asked(moves.stage)
