"""Signing in in the window in every way: what is asked for, waiting for the browser, giving up, signing in again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clerk_desktop.model.account import Account, SignInKind
from clerk_desktop.system.settings import CA_FILE, CLIENT_CERTIFICATE, OIDC_ISSUER, SIGN_IN
from clerk_desktop.ui.welcome.dialog import SignInDialog, WelcomeDialog
from clerk_desktop.ui.welcome.sign_in import SignInPage
from tests.signin.authority import Authority
from tests.signin.fake_browser import FakeBrowser
from tests.signin.gateway import USER, Gateway, dms, listening, server_tls, service
from tests.signin.sign_on import SUBJECT, Door, sign_on_service
from tests.ui.conftest import MakeStage
from tests.ui.stage import Stage, press, settle, write


@dataclass
class Town:
    url: str
    issuer: str
    door: Door
    authority: Authority


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    authority = Authority(tmp_path / "ca")
    with ExitStack() as stack:
        application = stack.enter_context(dms(tmp_path / "dms"))
        issuer, door = stack.enter_context(sign_on_service(authority, tmp_path / "sso"))
        origin = stack.enter_context(listening(Gateway(application, door.who)))
        yield Town(url=service(origin), issuer=issuer, door=door, authority=authority)


def page(stage: Stage, qtbot: QtBot, browser: FakeBrowser | None = None) -> SignInPage:
    session = stage.open()
    made = SignInPage(session.workplace, browser.open if browser else lambda _: None)
    qtbot.addWidget(made)
    made.show()
    settle(session)
    return made


def choose(page: SignInPage, kind: SignInKind) -> None:
    page.form.kind.setCurrentIndex(page.form.kind.findData(kind.value))


def test_each_way_asks_for_what_it_needs(stages: MakeStage, qtbot: QtBot) -> None:
    made = page(stages(), qtbot)
    form = made.form
    fields = (form.user, form.password, form.issuer, form.client, form.file, form.passphrase)
    visible = {}
    for kind in SignInKind:
        choose(made, kind)
        visible[kind] = [field.isVisible() for field in fields]
    assert visible[SignInKind.BASIC] == [True, True, False, False, False, False]
    assert visible[SignInKind.TICKET] == visible[SignInKind.BASIC]
    assert visible[SignInKind.OIDC] == [False, False, True, True, False, False]
    assert visible[SignInKind.CERTIFICATE] == [False, False, False, False, True, True]
    choose(made, SignInKind.OIDC)
    assert made.button.text() == "Im Browser anmelden"
    assert not made.button.isEnabled()
    assert not made.cancel.isVisible()


@pytest.mark.skipif(os.name == "nt", reason="the test puts the policy where XDG_CONFIG_DIRS says")
def test_what_the_administrator_fixed_is_chosen_and_stands_fast(
    stages: MakeStage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = tmp_path / "xdg" / "clerk-desktop" / "policy.toml"
    policy.parent.mkdir(parents=True)
    policy.write_text("sign_in = 'oidc'\noidc_issuer = 'https://sso.town'\n", encoding="utf-8")
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "xdg"))
    form = page(stages(), qtbot).form
    assert form.way() is SignInKind.OIDC
    assert form.issuer.text() == "https://sso.town"
    assert not form.kind.isEnabled()
    assert not form.issuer.isEnabled()
    assert form.client.isEnabled()


def test_from_the_welcome_through_the_browser_to_the_next_step(stages: MakeStage, town: Town, qtbot: QtBot) -> None:
    stage = stages()
    stage.desk.settings.put(CA_FILE, str(town.authority.file))
    browser = FakeBrowser(SUBJECT, str(town.authority.file))
    made = page(stage, qtbot, browser)
    choose(made, SignInKind.OIDC)
    write(made.url, town.url)
    write(made.form.issuer, town.issuer)
    with qtbot.waitSignal(made.signed_in, timeout=60_000):
        press(made.button, Qt.Key.Key_Space)
        assert "Browser" in made.told.text()
        assert made.cancel.isVisible()
        assert not made.button.isEnabled()
        assert not made.form.isEnabled()
    browser.close()
    account = stage.desk.accounts.current()
    assert account is not None
    assert (account.user, account.sign_in) == (USER, SignInKind.OIDC)
    assert stage.desk.settings.load().value(OIDC_ISSUER) == town.issuer
    assert not made.cancel.isVisible()


def waiting(stage: Stage, town: Town, qtbot: QtBot, browser: FakeBrowser | None = None) -> SignInPage:
    stage.desk.settings.put(CA_FILE, str(town.authority.file))
    made = page(stage, qtbot, browser)
    choose(made, SignInKind.OIDC)
    write(made.url, town.url)
    write(made.form.issuer, town.issuer)
    press(made.button, Qt.Key.Key_Space)
    return made


def test_whoever_gives_up_can_try_again(stages: MakeStage, town: Town, qtbot: QtBot) -> None:
    stage = stages()
    made = waiting(stage, town, qtbot)
    press(made.cancel, Qt.Key.Key_Space)
    assert stage.session is not None
    settle(stage.session)
    assert "nicht abgeschlossen" in made.told.text()
    assert made.button.isEnabled()
    assert stage.desk.accounts.current() is None


def test_the_address_can_be_taken_to_another_browser(stages: MakeStage, town: Town, qtbot: QtBot) -> None:
    made = waiting(stages(), town, qtbot)

    def copied() -> bool:
        press(made.copy, Qt.Key.Key_Space)
        return town.issuer in QApplication.clipboard().text()

    qtbot.waitUntil(copied, timeout=100_000)
    press(made.cancel, Qt.Key.Key_Space)


def test_whoever_says_no_in_the_browser_is_told(stages: MakeStage, town: Town, qtbot: QtBot) -> None:
    stage = stages()
    browser = FakeBrowser("deny", str(town.authority.file))
    made = waiting(stage, town, qtbot, browser)
    assert stage.session is not None
    settle(stage.session)
    browser.close()
    assert "nicht abgeschlossen" in made.told.text()


def test_a_service_that_is_down_is_told(stages: MakeStage, town: Town, qtbot: QtBot) -> None:
    stage = stages()
    town.door.down = True
    made = waiting(stage, town, qtbot)
    assert stage.session is not None
    settle(stage.session)
    assert "Anmeldedienst ist nicht erreichbar" in made.told.text()
    assert made.button.isEnabled()


def test_a_window_that_is_closed_waits_for_no_browser(stages: MakeStage, town: Town) -> None:
    stage = stages()
    stage.desk.settings.put(CA_FILE, str(town.authority.file))
    stage.desk.settings.put(SIGN_IN, "oidc")
    stage.desk.settings.put(OIDC_ISSUER, town.issuer)
    session = stage.open()
    made = SignInPage(session.workplace, lambda _: None)
    made.setParent(session.window)
    made.show()
    write(made.url, town.url)
    press(made.button, Qt.Key.Key_Space)
    session.close()  # would hang for a quarter of an hour
    stage.session = None


def test_a_dialog_that_is_closed_waits_for_no_browser(stages: MakeStage, town: Town) -> None:
    stage = stages()
    stage.desk.settings.put(CA_FILE, str(town.authority.file))
    stage.desk.settings.put(SIGN_IN, "oidc")
    stage.desk.settings.put(OIDC_ISSUER, town.issuer)
    session = stage.open()
    dialog = WelcomeDialog(session.workplace, None, session.window)
    dialog.open()
    press(dialog.begin, Qt.Key.Key_Space)
    dialog.reject()
    settle(session)
    assert not dialog.isVisible()


def test_signing_in_again_keeps_way_repository_and_mapping(stages: MakeStage, town: Town, qtbot: QtBot) -> None:
    stage = stages()
    stage.desk.settings.put(CA_FILE, str(town.authority.file))
    stage.desk.settings.put(OIDC_ISSUER, town.issuer)
    known = Account(url=town.url, user=USER, repository="clerk", mapping="embedded", sign_in=SignInKind.OIDC)
    with stage.store.write() as session:
        session.account.put(known)
    browser = FakeBrowser(SUBJECT, str(town.authority.file))
    made = page(stage, qtbot, browser)
    assert made.form.way() is SignInKind.OIDC
    assert made.button.isEnabled()
    with qtbot.waitSignal(made.signed_in, timeout=60_000):
        press(made.button, Qt.Key.Key_Space)
    browser.close()
    assert stage.desk.accounts.current() == known


def test_a_certificate_signs_in_without_a_password(stages: MakeStage, tmp_path: Path, qtbot: QtBot) -> None:
    authority = Authority(tmp_path / "ca")
    mine = authority.person(USER).pkcs12(tmp_path / "mine.p12", "geheim 3")
    tls = server_tls(authority.server(), tmp_path, authority.file)
    stage = stages()
    stage.desk.settings.put(CA_FILE, str(authority.file))
    with ExitStack() as stack:
        gateway = Gateway(stack.enter_context(dms(tmp_path / "dms")), lambda environ: environ["SHOWN_NAME"])
        origin = stack.enter_context(listening(gateway, tls))
        made = page(stage, qtbot)
        choose(made, SignInKind.CERTIFICATE)
        write(made.url, service(origin))
        write(made.form.file, str(mine))
        write(made.form.passphrase, "geheim 3")
        with qtbot.waitSignal(made.signed_in, timeout=60_000):
            press(made.form.passphrase, Qt.Key.Key_Return)
    account = stage.desk.accounts.current()
    assert account is not None
    assert (account.user, made.form.passphrase.text()) == (USER, "")
    assert stage.desk.settings.load().value(CLIENT_CERTIFICATE) == str(mine)


def test_the_dialog_for_signing_in_again_begins_at_the_password(stage: Stage) -> None:
    session = stage.open()
    dialog = SignInDialog(session.workplace, session.window)
    dialog.open()
    settle(session)
    assert dialog.focusWidget() is dialog.page.password
    dialog.reject()
