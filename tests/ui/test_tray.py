"""The icon beside the clock: the work goes on behind a closed window, Ctrl+Q ends it, what needs somebody is told."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSystemTrayIcon

from clerk_desktop.model.case import Case, CaseStatus, Confidentiality
from clerk_desktop.model.errors import FailureKind
from clerk_desktop.model.event import Event, EventKind
from clerk_desktop.model.ids import CaseId, EventId, new_key
from clerk_desktop.model.outbox import CreateCase, OutboxState
from clerk_desktop.system.settings import KEEP_RUNNING
from clerk_desktop.ui.frame.tray import Tray
from clerk_desktop.ui.inbox.place import InboxPlace
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.settings.place import SettingsPlace
from clerk_desktop.ui.workplace import Place
from tests.ui.stage import ME, TODAY, Stage, press, settle

CONTROL = Qt.KeyboardModifier.ControlModifier
PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.application import application
from clerk_desktop.ui.theme import Scheme
from tests.ui.stage import Stage
program = application(Texts.for_language("de"), Scheme.LIGHT)
stage = Stage(Path(sys.argv[1])).signed_in()
session = stage.open()
tray = session.stay_in_tray((lambda: True) if sys.argv[2] == "pretended" else None)
session.work_in_background()
session.window.closed.connect(program.quit)
session.window.close()
print("hidden" if session.window.isHidden() else "closed", flush=True)
if sys.argv[2] == "pretended":
    QTimer.singleShot(50, tray.quit)
code = program.exec()
session.close()
print("ended", code)
"""


class Closed:
    """A window with an icon beside the clock; ``gone`` counts how often it was closed for good."""

    def __init__(self, stage: Stage, *, available: bool = True) -> None:
        self.stage = stage
        self.session: WindowSession = stage.open()
        self.window = self.session.window
        self.tray: Tray = self.session.stay_in_tray(lambda: available)
        self.gone = 0
        self.window.closed.connect(self._count)
        settle(self.session)

    def _count(self) -> None:
        self.gone += 1

    @property
    def told(self) -> str:
        return self.tray.told.text if self.tray.told is not None else ""

    def case(self, **more: object) -> Case:
        return self.stage.case("32.10-2026/018", "Anwohnerparken", **{"assignee": ME, **more})

    def files(self, case: Case, actor: str = "clerk2.blomberg", **more: object) -> None:
        """Let a colleague file a letter into a case."""
        letter = self.stage.document("Widerspruch Müller", b"%PDF-", case_id=case.case_id, **more)
        event = Event(
            event_id=EventId(new_key()),
            kind=EventKind.FILED,
            actor=actor,
            at=self.stage.clock.now(),
            text=letter.title,
            case_id=case.case_id,
            document_id=letter.document_id,
        )
        with self.stage.store.write() as session:
            session.events.put(event)
        settle(self.session)


@pytest.fixture
def closed(stage: Stage) -> Closed:
    return Closed(stage)


def test_closing_the_window_hides_it_and_ctrl_q_ends_the_program(closed: Closed) -> None:
    assert not closed.window.close()
    assert closed.window.isHidden()
    assert closed.gone == 0
    closed.tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert closed.window.isVisible()
    press(closed.window, Qt.Key.Key_Q, CONTROL)
    assert closed.gone == 1


def test_the_window_hides_also_where_the_settings_cannot_be_read(closed: Closed) -> None:
    (closed.stage.home / "settings.toml").write_text("keep_running = 7\n", encoding="utf-8")
    assert not closed.window.close()
    assert closed.window.isHidden()
    assert closed.gone == 0


def test_the_menu_opens_a_place_and_ends_the_program_by_key(closed: Closed) -> None:
    closed.window.go(Place.TRANSFERS)
    closed.window.close()
    menu = closed.tray.menu
    menu.popup(closed.window.pos())
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        press(menu, key)
    assert closed.window.isVisible()
    assert isinstance(closed.window.view, InboxPlace)
    closed.window.close()
    menu.popup(closed.window.pos())
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Return):
        press(menu, key)
    assert closed.gone == 1


def test_every_entry_of_the_menu_has_a_name(closed: Closed) -> None:
    texts = [action.text() for action in closed.tray.menu.actions() if not action.isSeparator()]
    assert texts == ["Öffnen", "Posteingang", "Übertragungen", "Beenden"]
    assert closed.tray.menu.accessibleName()


def test_without_such_icons_closing_ends_the_program(stage: Stage) -> None:
    closed = Closed(stage, available=False)
    closed.window.close()
    assert closed.gone == 1


def test_who_does_not_want_it_ends_the_program_by_closing(closed: Closed) -> None:
    closed.window.go(Place.SETTINGS)
    view = closed.window.view
    assert isinstance(view, SettingsPlace)
    view.tabs.setCurrentIndex(2)
    box = view.looks.keep_running
    assert box.isChecked()
    press(box, Qt.Key.Key_Space)
    assert closed.stage.desk.settings.load().value(KEEP_RUNNING) is False
    closed.window.close()
    assert closed.gone == 1


def test_a_letter_that_a_colleague_files_into_my_case_is_told(closed: Closed) -> None:
    case = closed.case()
    closed.files(case)
    assert closed.told == "Neu in 32.10-2026/018: Widerspruch Müller"
    assert closed.session.window.messages.text == closed.told
    press(closed.window.messages.action, Qt.Key.Key_Space)
    settle(closed.session)
    assert closed.session.workplace.state.text("place") == Place.INBOX.value
    assert closed.window.view is not None
    assert not isinstance(closed.window.view, InboxPlace)


def test_what_is_protected_is_told_without_its_title(closed: Closed) -> None:
    closed.files(closed.case(confidentiality=Confidentiality.PERSONAL))
    assert closed.told == "Neu in 32.10-2026/018"


def test_what_i_filed_myself_or_is_not_mine_or_is_old_is_no_news(closed: Closed) -> None:
    case = closed.case()
    closed.files(case, actor=ME)
    closed.files(closed.stage.case("50.20-2026/004", "Wohngeld", assignee="clerk2.blomberg"))
    closed.stage.clock.pass_by(days=-2)
    closed.files(case)
    assert closed.told == ""


def test_the_deadlines_of_today_are_told_once_a_day(stage: Stage) -> None:
    stage.case("32.10-2026/001", "Heute", assignee=ME, due_on=TODAY)
    stage.case("32.10-2026/002", "Gestern", assignee=ME, due_on=TODAY - timedelta(days=1))
    stage.case("32.10-2026/003", "Erledigt", assignee=ME, due_on=TODAY, status=CaseStatus.CLOSED)
    stage.case("32.10-2026/004", "Fremd", assignee="clerk2.blomberg", due_on=TODAY)
    closed = Closed(stage)
    assert closed.told == "Frist heute: 32.10-2026/001"
    closed.window.messages.hide()
    closed.tray.leave()
    again = closed.session.stay_in_tray(lambda: True)
    settle(closed.session)
    assert again.told is None


def test_a_transfer_that_needs_help_is_told_and_marks_the_icon(closed: Closed) -> None:
    calm = closed.tray.icon.icon().pixmap(32, 32).toImage()
    with closed.stage.store.write() as session:
        operation_id = session.outbox.add(CreateCase(case_id=CaseId("a")), closed.stage.clock.now())
        session.outbox.hold(operation_id, "NotAllowed", FailureKind.ASK_CLERK, OutboxState.NEEDS_CLERK)
    settle(closed.session)
    assert closed.told == "1 Übertragung braucht Hilfe"
    assert closed.tray.icon.icon().pixmap(32, 32).toImage() != calm
    assert "1" in closed.tray.icon.toolTip()


def started(place: Path, tray: str, **more: str) -> subprocess.Popen[str]:
    environment = {**os.environ, **more, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-X", "faulthandler", "-c", PROGRAM, str(place), tray]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True)


def ended(program: subprocess.Popen[str]) -> str:
    out, errors = program.communicate(timeout=60)
    said = [line for line in errors.splitlines() if "systemTrayWindowChanged" not in line]  # Qt, off-screen
    return f"{program.returncode} {' '.join(out.split())} {said}"


def test_the_program_ends_whole_from_behind_a_closed_window(tmp_path: Path) -> None:
    program = started(tmp_path / "home", "pretended", QT_QPA_PLATFORM="offscreen")
    assert ended(program) == "0 hidden ended 0 []"
