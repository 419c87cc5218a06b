"""The frame: places by key, the one field for everything, the truth about the connection, quiet messages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QIcon, QPalette, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from clerk_desktop.model.case import CaseStatus
from clerk_desktop.model.errors import ClerkError, DiskFull, ExitCode
from clerk_desktop.model.ids import CaseId
from clerk_desktop.model.outbox import CreateCase
from clerk_desktop.model.rounds import RoundResult
from clerk_desktop.model.standing import Link, Standing
from clerk_desktop.system.locks import Role
from clerk_desktop.ui.frame.intake_sign import IntakeSign
from clerk_desktop.ui.frame.pill import Pill
from clerk_desktop.ui.icons import Icon, icon
from clerk_desktop.ui.places import PlaceEntry, PlaceView
from clerk_desktop.ui.settings.place import SettingsPlace
from clerk_desktop.ui.theme import Scheme, chosen_colours, palette
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Message, Place, Tone, Workplace
from tests.ui.conftest import MakeStage
from tests.ui.stage import ME, TODAY, Stage, press, scene, settle, write

CONTROL = Qt.KeyboardModifier.ControlModifier


class Room(PlaceView):
    """A place that shows which case it was asked for."""

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(workplace, parent)
        self.line = QLineEdit()
        self.case = QLabel()
        layout = QVBoxLayout(self)
        layout.addWidget(self.line)
        layout.addWidget(self.case)

    def enter(self) -> None:
        self.line.setFocus()

    def show_case(self, case_id: CaseId) -> bool:
        self.case.setText(case_id)
        return True


ROOMS = (
    PlaceEntry(place=Place.INBOX, text="Inbox", icon=Icon.INBOX, make=Room),
    PlaceEntry(place=Place.CASES, text="All cases", icon=Icon.CASES, make=Room),
)


def test_a_place_is_reached_by_its_number_and_the_work_there_has_the_focus(stage: Stage) -> None:
    window = stage.open(ROOMS).window
    first = window.view
    press(window, Qt.Key.Key_2, CONTROL)
    assert window.view is not first
    assert isinstance(window.view, Room)
    assert window.view.line.hasFocus()


def test_the_last_place_is_shown_again_at_the_next_start(stage: Stage, stages: object) -> None:
    session = stage.open(ROOMS)
    press(session.window, Qt.Key.Key_2, CONTROL)
    session.window.close()
    assert session.workplace.state.text("place") == "cases"


def test_one_field_finds_a_case_by_its_subject_and_enter_opens_it(stage: Stage) -> None:
    case = stage.case("32.10-2026/018", "Anwohnerparken Burgstraße")
    stage.case("50.20-2026/004", "Wohngeld")
    session = stage.open(ROOMS)
    press(session.window, Qt.Key.Key_K, CONTROL)
    write(session.window.field, "anwohner")
    qt_pause_over(session)
    press(session.window.field, Qt.Key.Key_Return)
    view = session.window.view
    assert isinstance(view, Room)
    assert view.case.text() == case.case_id


def test_enter_right_after_the_last_letter_takes_what_was_typed_not_what_stood_there(stage: Stage) -> None:
    case = stage.case("32.10-2026/018", "Anwohnerparken Burgstraße")
    session = stage.open(ROOMS)
    press(session.window, Qt.Key.Key_K, CONTROL)
    write(session.window.field, "32.10-2026/018")
    press(session.window.field, Qt.Key.Key_Return)
    settle(session)
    view = session.window.view
    assert isinstance(view, Room)
    assert view.case.text() == case.case_id


def test_one_field_goes_to_a_place_by_name(stage: Stage) -> None:
    session = stage.open(ROOMS)
    first = session.window.view
    press(session.window, Qt.Key.Key_K, CONTROL)
    write(session.window.field, "Alle Vorg")
    qt_pause_over(session)
    press(session.window.field, Qt.Key.Key_Return)
    assert session.window.view is not first


def qt_pause_over(session: object) -> None:
    from clerk_desktop.ui.session import WindowSession

    assert isinstance(session, WindowSession)
    session.window.field.look_now()
    settle(session)


@pytest.mark.parametrize(
    ("standing", "text"),
    [
        (Standing(link=Link.ONLINE), "● Online"),
        (Standing(link=Link.SENDING, waiting=3), "◐ Überträgt 0/3"),
        (Standing(link=Link.OFFLINE, waiting=4), "○ Offline · 4 warten"),
        (Standing(link=Link.HELP, needs_help=1), "▲ 1 braucht Hilfe"),
        (Standing(link=Link.SIGN_IN), "▲ Anmeldung nötig"),
        (Standing(link=Link.ALONE), "○ Nicht verbunden"),
    ],
)
def test_the_pill_says_in_words_how_things_stand(stage: Stage, qtbot: QtBot, standing: Standing, text: str) -> None:
    pill = Pill(stage.texts)
    qtbot.addWidget(pill)
    pill.show_standing(standing)
    assert pill.text() == text
    assert pill.accessibleName()


def test_the_window_says_that_a_scan_folder_is_away_until_it_is_back(
    stages: MakeStage, qtbot: QtBot, tmp_path: Path
) -> None:
    stage, scans = scene(stages()), tmp_path / "scans"
    scans.mkdir()
    stage.desk.scan_folders.add(scans, "blomberg")
    session = stage.open()
    window = session.window
    stage.desk.background.intake_once()
    scans.rename(tmp_path / "weg")
    result = stage.desk.background.intake_once()
    assert (result.exit_code, result.error) == (ExitCode.NEEDS_CLERK, "WatchedFolderAway")
    qtbot.waitUntil(window.intake.isVisible)
    assert window.intake.text() == "▲ Scanordner fehlt"
    assert "nicht erreichbar" in window.intake.toolTip()
    assert window.intake.accessibleName() == "Scanordner fehlt"
    QTest.mouseClick(window.intake, Qt.MouseButton.LeftButton)
    settle(session)
    assert isinstance(window.view, SettingsPlace)
    qtbot.waitUntil(window.view.doctor.look.isEnabled)
    assert "▲ Scanordner" in window.view.doctor.report.toPlainText()
    (tmp_path / "weg").rename(scans)
    stage.desk.background.intake_once()
    qtbot.waitUntil(lambda: not window.intake.isVisible())


def kinds(root: type[ClerkError] = ClerkError) -> Iterator[type[ClerkError]]:
    yield root
    for kind in root.__subclasses__():
        yield from kinds(kind)


def test_whatever_hinders_the_intake_is_told(stage: Stage, qtbot: QtBot) -> None:
    sign = IntakeSign(stage.texts)
    qtbot.addWidget(sign)
    for kind in kinds():
        if kind.__module__ == ClerkError.__module__:
            sign.show_standing(Standing(link=Link.ONLINE, intake=kind.__name__))
            assert sign.toolTip(), kind
            assert sign.isVisible(), kind


def test_an_intake_that_stopped_is_told_and_the_end_of_the_program_is_not(stage: Stage) -> None:
    for error, told in (("DiskFull", "DiskFull"), ("WorkersClosed", ""), ("", "")):
        with stage.store.write() as session:
            number = session.rounds.begin(Role.INTAKE)
            session.rounds.finish(Role.INTAKE, number, RoundResult(exit_code=ExitCode.FAILED, error=error))
        assert stage.desk.standing.standing().intake == told


def test_a_server_that_did_not_answer_is_offline_also_while_the_next_round_runs(stage: Stage) -> None:
    with stage.store.write() as session:
        number = session.rounds.begin(Role.SYNC)
        session.rounds.finish(Role.SYNC, number, RoundResult(exit_code=ExitCode.UNREACHABLE, error="ServerUnreachable"))
        session.outbox.add(CreateCase(case_id=CaseId("a")), stage.clock.now())
    assert stage.desk.standing.standing() == Standing(link=Link.OFFLINE, waiting=1, error="ServerUnreachable")
    with stage.store.write() as session:
        session.rounds.begin(Role.SYNC)
    assert stage.desk.standing.standing().link is Link.OFFLINE


def test_the_rail_counts_my_open_cases_and_those_that_come_back_today(stage: Stage) -> None:
    stage.case("32.10-2026/001", "Mein Fall", assignee=ME, resubmit_on=TODAY)
    stage.case("32.10-2026/002", "Erledigt", assignee=ME, status=CaseStatus.CLOSED)
    stage.case("32.10-2026/003", "Fremd", assignee="clerk2.blomberg", resubmit_on=TODAY)
    counts = stage.desk.standing.counts(TODAY)
    assert (counts.mine, counts.resubmissions) == (1, 1)


def test_an_error_is_said_in_the_bar_with_what_was_kept(stage: Stage) -> None:
    session = stage.open(ROOMS)
    session.workplace.say_error(DiskFull())
    assert session.window.messages.text == stage.texts.sentence(DiskFull())


def test_a_message_shows_what_others_wrote_as_they_wrote_it(stage: Stage) -> None:
    session = stage.open(ROOMS)
    session.workplace.say("Abgelegt: <b>Mahnung</b> & <img src=x>")
    label = session.window.messages.findChildren(QLabel)[0]
    read = QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name)
    assert read == "Abgelegt: <b>Mahnung</b> & <img src=x>"


def test_a_hint_shows_what_others_wrote_as_they_wrote_it(stage: Stage) -> None:
    stage.case("32.10-2026/018", "<b>Mahnung</b> & <img src=x>")
    session = stage.open()
    session.window.go(Place.CASES)
    settle(session)
    view = session.window.view
    assert isinstance(view, WorklistPlace)
    hint = QTextDocument()
    hint.setHtml(str(view.model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)))
    assert hint.toPlainText() == "<b>Mahnung</b> & <img src=x>"


def test_a_message_offers_its_action_by_key(stage: Stage) -> None:
    session = stage.open(ROOMS)
    done: list[str] = []
    session.workplace.say("Gesendet", Tone.DONE, ("Ansehen", lambda: done.append("seen")))
    button = session.window.messages.action
    press(button, Qt.Key.Key_Space)
    assert done == ["seen"]
    assert session.window.messages.isHidden()


def test_every_icon_is_there_and_takes_the_colour_of_the_text(stage: Stage) -> None:
    for name in Icon:
        picture = icon(name).pixmap(24, 24).toImage()
        pixels = (picture.pixelColor(x, y) for x in range(24) for y in range(24))
        assert "#16191d" in {pixel.name() for pixel in pixels if pixel.alpha() > 250}, name


class Counting(PlaceView):
    """A place that counts how often it is read again."""

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(workplace, parent)
        self.readings = 0
        workplace.bridge.changed.connect(lambda _: self.refresh())

    def reload(self) -> None:
        self.readings += 1


def test_a_place_that_nobody_sees_is_read_again_when_it_is_shown_and_once_only(stage: Stage) -> None:
    entries = (ROOMS[0], PlaceEntry(place=Place.CASES, text="All cases", icon=Icon.CASES, make=Counting))
    session = stage.open(entries)
    session.window.go(Place.CASES)
    place = session.window.view
    assert isinstance(place, Counting)
    stage.case("32.10-2026/001", "sichtbar")
    settle(session)
    assert place.readings == 1
    session.window.go(Place.INBOX)
    for number in range(2, 5):
        stage.case(f"32.10-2026/00{number}", "unsichtbar")
        settle(session)
    assert place.readings == 1
    session.window.go(Place.CASES)
    assert place.readings == 2
    session.window.go(Place.INBOX)
    session.window.go(Place.CASES)
    assert place.readings == 2


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK, Scheme.CONTRAST])
def test_the_icon_of_what_is_chosen_is_seen_on_its_ground(stages: MakeStage, scheme: Scheme) -> None:
    window = stages(scheme=scheme).signed_in().open(ROOMS).window
    window.messages.show_message(Message(text="Fertig"))
    colours = palette(chosen_colours(scheme))
    wanted = colours.color(QPalette.ColorRole.HighlightedText).name()
    chosen = next(button for button in window.rail.findChildren(QToolButton) if button.isChecked())
    close = window.messages.findChildren(QToolButton)[0]
    for button in (chosen, close):
        state = QIcon.State.On if button.isChecked() else QIcon.State.Off
        picture = button.icon().pixmap(QSize(24, 24), QIcon.Mode.Normal, state).toImage()
        pixels = {picture.pixelColor(x, y).name() for x in range(24) for y in range(24)}
        assert wanted in pixels
