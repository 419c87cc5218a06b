"""Signing out by hand: what goes and stays is said before, and nobody sees afterwards what the clerk had open."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialogButtonBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from clerk_desktop.assembly import Workshop
from clerk_desktop.model.account import Account
from clerk_desktop.model.case import CaseField
from clerk_desktop.model.editing import CaseChange
from clerk_desktop.model.errors import KeyringMissing, PasswordStays, SignOutHalfDone
from clerk_desktop.store.secrets import StoreSecrets
from clerk_desktop.store.store import Store
from clerk_desktop.system.paths import Profile
from clerk_desktop.ui.main_window import MainWindow
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.settings.place import SettingsPlace
from clerk_desktop.ui.sign_out_dialog import SignOutDialog
from clerk_desktop.ui.start import Opening, open_window
from clerk_desktop.ui.transfers.place import TransfersPlace
from clerk_desktop.ui.welcome.dialog import SignInDialog, WelcomeDialog
from clerk_desktop.ui.workplace import Place
from clerk_desktop.usecases.desk import Desk
from tests.ui.conftest import MakeStage
from tests.ui.full_store import FullStore
from tests.ui.stage import KEY, ME, Clock, press, scene, settle, write

CONTROL = Qt.KeyboardModifier.ControlModifier
LEAVE = CONTROL | Qt.KeyboardModifier.ShiftModifier
MOST_LOOKS = 2_000
READINGS = 8
SUBJECT = "Anwohnerparken Burgstraße"


def asked(session: WindowSession) -> SignOutDialog:
    """Press the keys and return what is asked then."""
    session.window.activateWindow()
    settle(session)
    press(session.window, Qt.Key.Key_L, LEAVE)
    settle(session)
    return next(each for each in session.window.findChildren(SignOutDialog) if each.isVisible())


def sign_out(session: WindowSession, dialog: SignOutDialog) -> None:
    press(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.Key.Key_Space)
    settle(session)


def said(window: QWidget) -> str:
    """Every text on the screen."""
    texts = [
        *(each.text() for each in window.findChildren(QLabel) if each.isVisible()),
        *(each.text() for each in window.findChildren(QAbstractButton) if each.isVisible()),
        *(each.text() for each in window.findChildren(QLineEdit) if each.isVisible()),
    ]
    return "\n".join(texts)


def test_signing_out_closes_the_window_and_the_next_one_shows_nothing_of_it(stages: MakeStage) -> None:
    stage = scene(stages())
    session = stage.open()
    session.window.go(Place.CASES)
    settle(session)
    press(session.window.view.table, Qt.Key.Key_Return)  # type: ignore[union-attr]
    settle(session)
    assert SUBJECT in said(session.window)
    dialog = asked(session)
    assert ME in said(dialog)
    assert "127.0.0.1:9" in said(dialog)
    sign_out(session, dialog)
    assert session.again
    assert not session.window.isVisible()
    stage.close()
    again = stages().open()
    assert again.welcome() is None
    window = again.window
    assert window.view is None
    assert SUBJECT not in said(window)
    assert ME in said(window)
    press(window, Qt.Key.Key_K, CONTROL)
    press(window, Qt.Key.Key_4, CONTROL)
    settle(again)
    assert not window.field.isEnabled()
    assert window.view is None
    focus = window.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "Anmelden …"
    press(focus, Qt.Key.Key_Space)
    settle(again)
    (sign_in,) = window.findChildren(SignInDialog)
    assert sign_in.page.url.text() == "http://127.0.0.1:9/cmis"
    sign_in.reject()


def test_whoever_signs_in_again_finds_everything(stages: MakeStage) -> None:
    stage = scene(stages())
    session = stage.open()
    sign_out(session, asked(session))
    stage.close()
    waiting = stages()
    locked = waiting.open()
    waiting.signed_in()
    settle(locked)
    assert locked.again
    waiting.close()
    back = stages().open()
    back.window.go(Place.CASES)
    settle(back)
    assert back.window.view.table.model().index(0, 0).data() == "32.10-2026/018"  # type: ignore[union-attr]


def test_what_was_not_sent_is_named_and_keeps_everything_from_being_removed(stages: MakeStage) -> None:
    stage = scene(stages())
    case = stage.case("50.20-2026/004", "Wohngeld Brandt")
    change = CaseChange(field=CaseField.RESUBMIT_NOTE, text="Unterlagen")
    stage.desk.worklist.change_by_id(case.case_id, (change,))
    session = stage.open()
    dialog = asked(session)
    assert "50.20-2026/004" in said(dialog)
    assert not dialog.everything.isEnabled()
    press(dialog.show_unsent, Qt.Key.Key_Space)
    settle(session)
    assert not dialog.isVisible()
    assert isinstance(session.window.view, TransfersPlace)
    sign_out(session, asked(session))
    stage.close()
    assert stages().desk.accounts.unsent() == 2


def test_with_everything_removed_the_next_window_is_the_first_start(stages: MakeStage) -> None:
    stage = scene(stages())
    session = stage.open()
    dialog = asked(session)
    press(dialog.everything, Qt.Key.Key_Space)
    sign_out(session, dialog)
    stage.close()
    fresh = stages()
    assert fresh.desk.accounts.holder() is None
    assert isinstance(fresh.open().welcome(), WelcomeDialog)


def test_everything_is_removed_also_where_the_server_is_slow_to_let_go(stages: MakeStage, qtbot: QtBot) -> None:
    stage = scene(stages())
    lets_go = threading.Event()

    def let_go(_: Account) -> None:
        lets_go.wait()

    assert isinstance(stage.desk, Workshop)
    accounts = stage.desk.accounts
    stage.desk.accounts = replace(accounts, sign_out=let_go)
    session = stage.open()
    dialog = asked(session)
    press(dialog.everything, Qt.Key.Key_Space)
    press(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.Key.Key_Space)
    try:
        qtbot.waitUntil(lambda: (holder := accounts.holder()) is not None and holder.signed_out)
        session.workplace.bridge.poll()
        for _ in range(READINGS):  # one after the other, so that what the poll asked for is there
            there: list[object] = []
            session.workplace.tasks.read(session.window, accounts.holder, there.append)
            qtbot.waitUntil(lambda there=there: there != [])  # type: ignore[misc]
        too_soon = session.again
    finally:
        lets_go.set()
    settle(session)
    assert (too_soon, session.again) == (False, True)
    stage.close()
    assert stages().desk.accounts.holder() is None


def test_everything_is_removed_also_where_the_window_is_closed_before_the_server_let_go(
    stages: MakeStage, qtbot: QtBot
) -> None:
    stage = scene(stages())
    asks, lets_go = threading.Event(), threading.Event()

    def let_go(_: Account) -> None:
        asks.set()
        lets_go.wait()

    assert isinstance(stage.desk, Workshop)
    stage.desk.accounts = replace(stage.desk.accounts, sign_out=let_go)
    session = stage.open()
    dialog = asked(session)
    press(dialog.everything, Qt.Key.Key_Space)
    press(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.Key.Key_Space)
    qtbot.waitUntil(asks.is_set)
    session.window.destroyed.connect(lets_go.set)
    stage.close()
    assert stages().desk.accounts.holder() is None


def test_what_kept_the_secrets_from_going_stays_to_be_read(stages: MakeStage) -> None:
    stage = scene(stages())

    def not_now(_: Account) -> None:
        raise KeyringMissing

    assert isinstance(stage.desk, Workshop)
    stage.desk.accounts = replace(stage.desk.accounts, sign_out=not_now)
    session = stage.open()
    dialog = asked(session)
    press(dialog.everything, Qt.Key.Key_Space)
    press(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.Key.Key_Space)
    session.workplace.tasks.wait_idle()
    settle(session)
    too_soon, told = session.again, said(session.window)
    stage.signed_in()
    settle(session)
    assert (too_soon, session.again) == (False, True), "who signs in again finds a window"
    assert stage.texts.sentence(PasswordStays()) in told
    stage.close()
    assert stages().desk.accounts.holder() is not None, "what failed removes nothing later"


@pytest.mark.parametrize("everything", [True, False])
def test_on_a_full_disk_everything_can_be_removed_and_else_is_told_what_stays(
    stages: MakeStage, everything: bool
) -> None:
    stage = scene(stages(kind=FullStore))
    assert isinstance(stage.store, FullStore)
    session = stage.open()
    dialog = asked(session)
    if everything:
        press(dialog.everything, Qt.Key.Key_Space)
    stage.store.full = True
    press(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.Key.Key_Space)
    session.workplace.tasks.wait_idle()
    settle(session)
    assert session.again is everything
    assert (stage.texts.sentence(SignOutHalfDone()) in said(session.window)) is not everything
    stage.store.full = False  # here, the key's keyring is in the store as well
    stage.close()
    assert (stages().desk.accounts.holder() is None) is everything


def test_escape_leaves_everything_as_it_is(stages: MakeStage) -> None:
    stage = scene(stages())
    session = stage.open()
    dialog = asked(session)
    press(dialog, Qt.Key.Key_Escape)
    settle(session)
    assert not session.again
    assert session.window.isVisible()
    assert not stage.desk.accounts.holder().signed_out  # type: ignore[union-attr]


@pytest.mark.parametrize("way", ["command", "settings"])
def test_signing_out_is_also_a_command_and_a_button(stages: MakeStage, way: str) -> None:
    stage = scene(stages())
    session = stage.open()
    if way == "command":
        press(session.window, Qt.Key.Key_K, CONTROL)
        write(session.window.field, "Abmelden")
        session.window.field.look_now()
        settle(session)
        press(session.window.field, Qt.Key.Key_Return)
    else:
        session.window.go(Place.SETTINGS)
        settle(session)
        assert isinstance(session.window.view, SettingsPlace)
        press(session.window.view.account.leave, Qt.Key.Key_Space)
    settle(session)
    assert [each.isVisible() for each in session.window.findChildren(SignOutDialog)] == [True]


def test_settings_say_who_is_signed_in_where_and_how(stages: MakeStage) -> None:
    session = scene(stages()).open()
    session.window.go(Place.SETTINGS)
    settle(session)
    told = said(session.window)
    for text in (ME, "http://127.0.0.1:9/cmis", "Blomberg", "Name und Passwort", "clerk-desktop serve"):
        assert text in told
    assert isinstance(session.window.view, SettingsPlace)
    choice = session.window.view.sign_in.form.mapping
    names = {str(choice.itemData(number)) for number in range(choice.count())}
    assert names >= {"embedded", "alfresco", "plain", "opencmis-inmemory"}
    assert choice.currentData() == "embedded"


def test_when_another_account_comes_everything_open_is_closed(stages: MakeStage) -> None:
    stage = scene(stages())
    session = stage.open()
    other = Account(url="http://127.0.0.1:9/cmis", user="clerk2.blomberg", repository="r", mapping="embedded")
    with stage.store.write() as writing:
        writing.account.put(other)
    settle(session)
    assert session.again
    assert not session.window.isVisible()


def test_signing_in_again_as_the_same_person_closes_nothing(stages: MakeStage) -> None:
    stage = scene(stages())
    session = stage.open()
    stage.signed_in()
    settle(session)
    assert not session.again
    assert session.window.isVisible()


class Hands:
    """Does one thing after the other as soon as it can be done, while the program runs."""

    def __init__(self, *steps: Callable[[], bool]) -> None:
        self._steps = list(steps)
        self._looks = 0
        self._timer = QTimer()
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._step)
        self._timer.start()

    def _step(self) -> None:
        if self._steps and self._steps[0]():
            self._steps.pop(0)
        self._looks += 1
        if not self._steps or self._looks > MOST_LOOKS:
            self._timer.stop()
            QApplication.exit(len(self._steps))

    @property
    def idle(self) -> bool:
        return not self._steps


def seen(kind: type[QWidget]) -> QWidget | None:
    return next((each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()), None)


def test_the_program_goes_on_to_the_sign_in_after_signing_out(stages: MakeStage, tmp_path: Path) -> None:
    scene(stages("office")).close()
    home, opened = tmp_path / "office", []

    def open_desk(folder: Path, passphrase: str | None) -> Desk:
        opened.append(folder)
        store = Store.open(folder, KEY, Clock())
        inside = StoreSecrets(store)
        return Workshop(profile=Profile(folder), store=store, secrets=inside, keyring=inside, clock=Clock())

    def ask() -> bool:
        window = seen(MainWindow)
        if window is None or not window.isActiveWindow():
            return False
        press(window, Qt.Key.Key_L, LEAVE)
        return True

    def confirm() -> bool:
        dialog = seen(SignOutDialog)
        if isinstance(dialog, SignOutDialog):
            press(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.Key.Key_Space)
        return dialog is not None

    def leave() -> bool:
        window = seen(MainWindow)
        if window is None or "Abgemeldet" not in said(window):
            return False
        window.close()
        return True

    hands = Hands(ask, confirm, leave)
    assert open_window(Opening(home=home, open_desk=open_desk, language="de")) == 0
    assert hands.idle
    assert opened == [home, home]
