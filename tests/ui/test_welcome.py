"""The first start by keyboard against a real server: errors are said in the dialog, and the window never waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clerk_desktop.server.rights import Role
from clerk_desktop.server.serving import EmbeddedServer
from clerk_desktop.system.settings import THEME
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.settings.place import SettingsPlace
from clerk_desktop.ui.welcome.dialog import SignInDialog, WelcomeDialog
from clerk_desktop.ui.workplace import Place
from clerk_desktop.usecases.doctor import Finding
from tests.server.office import TOWNS, TYPES
from tests.ui.conftest import MakeStage
from tests.ui.stage import Stage, press, roll, settle, write


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedServer]:
    with EmbeddedServer(tmp_path / "data", TYPES, towns=TOWNS) as running:
        running.application.accounts.add_user("anna", "geheim", role=Role.CLERK, municipality="blomberg")
        yield running


def welcome(stage: Stage) -> WelcomeDialog:
    stage.open()
    assert stage.session is not None
    dialog = stage.session.welcome(lambda: None)
    assert dialog is not None
    settle(stage.session)
    return dialog


def sign_in(stage: Stage, dialog: WelcomeDialog, url: str, password: str) -> None:
    page = dialog.sign_in
    if dialog.begin.isVisible():
        press(dialog.begin, Qt.Key.Key_Space)
    for field, text in ((page.url, url), (page.user, "anna"), (page.password, password)):
        field.clear()
        write(field, text)
    press(page.password, Qt.Key.Key_Return)
    assert stage.session is not None
    settle(stage.session)


def test_who_is_signed_in_is_not_welcomed_again(stage: Stage) -> None:
    assert stage.open().welcome() is None


def test_from_the_first_start_to_a_watched_folder_in_two_steps(
    stages: MakeStage, server: EmbeddedServer, tmp_path: Path
) -> None:
    stage = stages()
    dialog = welcome(stage)
    sign_in(stage, dialog, server.url, "geheim")
    account = stage.desk.accounts.current()
    assert account is not None
    assert (account.user, account.url) == ("anna", server.url)
    assert dialog.folder.isVisible()
    scans = tmp_path / "scans"
    scans.mkdir()
    write(dialog.folder.path, str(scans))
    press(dialog.next, Qt.Key.Key_Space)
    assert stage.session is not None
    settle(stage.session)
    assert [folder.path for folder in stage.desk.scan_folders.all()] == [str(scans)]
    assert not dialog.isVisible()


def test_a_wrong_password_is_said_and_can_be_corrected(stages: MakeStage, server: EmbeddedServer) -> None:
    stage = stages()
    dialog = welcome(stage)
    sign_in(stage, dialog, server.url, "falsch")
    assert stage.desk.accounts.current() is None
    assert dialog.sign_in.told.text().startswith("▲")
    assert "falsch" not in dialog.sign_in.told.text()
    sign_in(stage, dialog, server.url, "geheim")
    assert stage.desk.accounts.current() is not None


def test_an_address_where_nothing_answers_is_said(stages: MakeStage) -> None:
    stage = stages()
    dialog = welcome(stage)
    sign_in(stage, dialog, "http://127.0.0.1:9/cmis", "geheim")
    assert "nicht erreichbar" in dialog.sign_in.told.text()
    assert dialog.sign_in.button.isEnabled()


def test_a_folder_that_is_not_there_is_said_and_the_dialog_stays(stages: MakeStage, server: EmbeddedServer) -> None:
    stage = stages()
    dialog = welcome(stage)
    sign_in(stage, dialog, server.url, "geheim")
    write(dialog.folder.path, "/gibt/es/nicht")
    press(dialog.next, Qt.Key.Key_Space)
    assert stage.session is not None
    settle(stage.session)
    assert "/gibt/es/nicht" in dialog.folder.told.text()
    assert dialog.isVisible()


def test_after_a_folder_that_is_not_there_another_one_is_watched_before_the_dialog_ends(
    stages: MakeStage, tmp_path: Path
) -> None:
    stage = stages()
    dialog = welcome(stage)
    assert stage.session is not None
    press(dialog.begin, Qt.Key.Key_Space)
    press(dialog.later, Qt.Key.Key_Space)
    write(dialog.folder.path, "/gibt/es/nicht")
    press(dialog.next, Qt.Key.Key_Space)
    settle(stage.session)
    dialog.folder.path.selectAll()
    write(dialog.folder.path, str(tmp_path))
    press(dialog.folder.add, Qt.Key.Key_Space)
    settle(stage.session)
    assert len(stage.desk.scan_folders.all()) == 1
    assert dialog.isVisible()
    press(dialog.next, Qt.Key.Key_Space)
    assert not dialog.isVisible()


def test_trying_it_out_opens_the_sample_office_and_leaves_this_profile_alone(stages: MakeStage) -> None:
    stage = stages()
    stage.open()
    assert stage.session is not None
    opened: list[str] = []
    dialog = stage.session.welcome(lambda: opened.append("demo"))
    assert dialog is not None
    press(dialog.trial, Qt.Key.Key_Space)
    assert opened == ["demo"]
    assert stage.desk.accounts.current() is None


def test_the_pill_offers_to_sign_in_again(stage: Stage) -> None:
    from clerk_desktop.model.errors import ExitCode
    from clerk_desktop.model.rounds import RoundResult
    from clerk_desktop.system.locks import Role as Work

    with stage.store.write() as session:
        number = session.rounds.begin(Work.SYNC)
        session.rounds.finish(Work.SYNC, number, RoundResult(exit_code=ExitCode.NOT_SIGNED_IN, error="SignInRefused"))
    opened = stage.open()
    window = opened.window
    press(window.pill, Qt.Key.Key_Space)
    (dialog,) = window.findChildren(SignInDialog)
    settle(opened)
    assert dialog.page.password.hasFocus()
    assert dialog.page.password.isVisible()
    assert not dialog.page.user.isEnabled()
    dialog.reject()


def test_another_look_is_worn_at_once_and_remembered(stage: Stage) -> None:
    session = stage.open()
    session.window.go(Place.SETTINGS)
    settle(session)
    place = session.window.view
    assert isinstance(place, SettingsPlace)
    place.tabs.setCurrentIndex(2)
    press(place.looks.theme, Qt.Key.Key_Down)
    press(place.looks.theme, Qt.Key.Key_Down)
    program = QApplication.instance()
    assert isinstance(program, QApplication)
    assert program.palette().base().color().lightness() < 60
    assert stage.desk.settings.load().value(THEME) == "dark"


def test_who_scrolls_through_the_settings_sets_nothing(stage: Stage) -> None:
    session = stage.open()
    session.window.go(Place.SETTINGS)
    settle(session)
    place = session.window.view
    assert isinstance(place, SettingsPlace)
    for tab, fields in ((2, ("theme", "language")), (4, ("pinned_days", "limit"))):
        place.tabs.setCurrentIndex(tab)
        page = place.looks if tab == 2 else place.offline
        for name in fields:
            field = getattr(page, name)
            before = field.property("currentIndex"), field.property("value")
            roll(field)
            assert (field.property("currentIndex"), field.property("value")) == before
    assert stage.desk.settings.load().user == {}


def test_how_long_and_how_much_is_kept_here_is_said_in_german_and_set_where_nobody_fixed_it(stage: Stage) -> None:
    session = stage.open()
    session.window.go(Place.SETTINGS)
    settle(session)
    place = session.window.view
    assert isinstance(place, SettingsPlace)
    page = place.offline
    place.tabs.setCurrentIndex(4)
    assert (page.pinned_days.value(), page.opened_days.value(), page.limit.value()) == (7.0, 7.0, 2048)
    assert page.pinned_days.toolTip() == "Wie viele Tage ein angehefteter Vorgang offline verfügbar bleibt"
    press(page.pinned_days, Qt.Key.Key_Up)
    press(page.pinned_days, Qt.Key.Key_Return)
    press(page.limit, Qt.Key.Key_Return)
    assert stage.desk.settings.load().user == {"pinned_days": 8.0}


def test_the_workstation_is_checked_and_told_without_personal_data(stage: Stage) -> None:
    session = stage.open()
    session.window.go(Place.SETTINGS)
    place = session.window.view
    assert isinstance(place, SettingsPlace)
    place.tabs.setCurrentIndex(3)
    press(place.doctor.look, Qt.Key.Key_Space)
    settle(session)
    text = place.doctor.report.toPlainText()
    assert text.index("▲ Server: Nicht angemeldet.") < text.index("✓ Texterkennung")
    assert "clerk1" not in text
    assert "Python" not in text
    assert "NotSignedIn" not in text
    press(place.doctor.details, Qt.Key.Key_Space)
    assert "NotSignedIn" in place.doctor.report.toPlainText()
    press(place.doctor.details, Qt.Key.Key_Space)
    press(place.doctor.copy, Qt.Key.Key_Space)
    copied = QApplication.clipboard().text()
    assert "Python" in copied
    assert "clerk1" not in copied


def test_what_is_copied_of_the_report_holds_no_value_out_of_the_settings(stage: Stage) -> None:
    session = stage.open()
    session.window.go(Place.SETTINGS)
    place = session.window.view
    assert isinstance(place, SettingsPlace)
    place.tabs.setCurrentIndex(3)
    settle(session)
    (stage.home / "settings.toml").write_text("own_stamps = ['Erika Müller']\n", encoding="utf-8")
    press(place.doctor.look, Qt.Key.Key_Space)
    settle(session)
    assert "Erika" in place.doctor.report.toPlainText()
    press(place.doctor.copy, Qt.Key.Key_Space)
    copied = QApplication.clipboard().text()
    assert "Erika" not in copied
    assert "▲ Einstellungen: Die Einstellungsdatei ist nicht verwendbar: …  (SettingsDamaged)" in copied
    assert "oder benennen Sie sie um" in copied


def test_a_finding_is_told_though_what_fills_its_text_was_not_given() -> None:
    told = Finding(check="Local store", ok=False, problem="{count} damaged", remedy="A copy is in {kept}.")
    texts = Texts.for_language("en")
    assert (told.problem_in(texts), told.remedy_in(texts)) == ("… damaged", "A copy is in ….")
