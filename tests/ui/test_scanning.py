"""Scanning from the window: a clerk's keys and clicks, a device in the network of this machine, pages in the folder."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from clerk_desktop.model.scanning import ScanSource
from clerk_desktop.system.settings import SCANNER_SEARCH_SECONDS
from clerk_desktop.ui.scan.dialog import ScanDialog
from clerk_desktop.ui.session import WindowSession
from tests.scanners.device import CAPABILITIES, Device, switched_on
from tests.signin.authority import Authority
from tests.ui.conftest import MakeStage
from tests.ui.stage import Stage, press, scene, settle, when_asked

STACK = ["eins", "zwei", "drei"]


def with_folder(stage: Stage, tmp_path: Path) -> Path:
    scans = tmp_path / "scans"
    scans.mkdir()
    stage.desk.settings.put(SCANNER_SEARCH_SECONDS, 0.0)
    stage.desk.scan_folders.add(scans, "blomberg")
    return scans


def small(**more: object) -> Device:
    """A device of 75 dpi, whose pages cost little."""
    return Device(
        capabilities=CAPABILITIES.replace("Resolution>200<", "Resolution>75<").replace(
            "Resolution>300<", "Resolution>75<"
        ),
        **more,  # type: ignore[arg-type]  # the fields of Device
    )


def opened(session: WindowSession) -> ScanDialog:
    """The dialog, as F9 in the inbox opens it."""
    session.window.activateWindow()
    QApplication.processEvents()
    press(QApplication.focusWidget() or session.window, Qt.Key.Key_F9)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ScanDialog)
    settle(session)
    return dialog


def address(session: WindowSession, dialog: ScanDialog, url: str) -> None:
    """Type an address and press Enter."""
    field = dialog.form.scanner.lineEdit()
    assert field is not None
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, url)
    press(field, Qt.Key.Key_Return)
    settle(session)


def choose(box: QComboBox, value: object) -> None:
    """Go to a choice with the arrow keys."""
    box.setFocus()
    while box.currentData() != value:
        press(box, Qt.Key.Key_Down if box.findData(value) > box.currentIndex() else Qt.Key.Key_Up)


def files(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir() if not each.name.startswith(".")]


def test_a_stack_is_scanned_by_keys_alone(stages: MakeStage, tmp_path: Path) -> None:
    stage = scene(stages())
    scans = with_folder(stage, tmp_path)
    session = stage.open()
    with switched_on(small(feeder=list(STACK))) as device:
        dialog = opened(session)
        address(session, dialog, device.url)
        assert "Muster MFC 100 ist bereit. Im Einzug liegt Papier." in dialog.face.told.text()
        assert dialog.form.wish.source is ScanSource.FEEDER
        assert dialog.scan.hasFocus()
        press(dialog.scan, Qt.Key.Key_Space)
        settle(session)
    assert dialog.face.told.text().startswith("3 Seiten gescannt.")
    assert len(files(scans)) == 1
    press(dialog, Qt.Key.Key_Escape)
    assert QApplication.activeModalWidget() is None


def test_the_plate_is_looked_at_before_it_is_scanned(stages: MakeStage, tmp_path: Path) -> None:
    stage = scene(stages())
    with_folder(stage, tmp_path)
    session = stage.open()
    with switched_on(small()) as device:
        dialog = opened(session)
        address(session, dialog, device.url)
        assert dialog.form.wish.source is ScanSource.PLATEN
        QTest.mouseClick(dialog.face.preview, Qt.MouseButton.LeftButton)
        settle(session)
        assert dialog.picture.has_picture
        assert (device.jobs[0].settings["Intent"], device.jobs[0].settings["XResolution"]) == ("Preview", "75")


def test_after_a_jam_enter_scans_the_rest(stages: MakeStage, tmp_path: Path) -> None:
    stage = scene(stages())
    scans = with_folder(stage, tmp_path)
    session = stage.open()
    with switched_on(small(feeder=list(STACK), jam_after=2)) as device:
        dialog = opened(session)
        address(session, dialog, device.url)
        press(dialog.scan, Qt.Key.Key_Space)
        settle(session)
        told = dialog.waiting.told.text()
        assert "2 Seiten kamen, dann: Papierstau im Scanner." in told
        assert (dialog.waiting.isVisible(), dialog.waiting.go_on.hasFocus(), files(scans)) == (True, True, [])
        device.unjam(["drei"])
        press(dialog.waiting.go_on, Qt.Key.Key_Return)
        settle(session)
    assert dialog.face.told.text().startswith("3 Seiten gescannt.")
    assert (dialog.waiting.isVisible(), len(files(scans))) == (False, 1)


def test_a_scan_that_waits_from_yesterday_is_offered_and_kept_or_discarded(stages: MakeStage, tmp_path: Path) -> None:
    stage = scene(stages())
    scans = with_folder(stage, tmp_path)
    session = stage.open()
    with switched_on(small(feeder=list(STACK), jam_after=1)) as device:
        first = opened(session)
        address(session, first, device.url)
        press(first.scan, Qt.Key.Key_Space)
        settle(session)
        device.unjam(STACK)
        device.jam_after = 2
        stage.clock.pass_by(minutes=1)
        QTest.mouseClick(first.scan, Qt.MouseButton.LeftButton)
        settle(session)
        press(first, Qt.Key.Key_Escape)
    stage.clock.pass_by(hours=20)
    later = opened(session)
    assert "1 Seite kam" in later.waiting.told.text()
    assert "1 weiterer wartet." in later.waiting.told.text()
    QTest.mouseClick(later.waiting.keep, Qt.MouseButton.LeftButton)
    settle(session)
    assert ("2 Seiten kamen" in later.waiting.told.text(), len(files(scans))) == (True, 1)
    when_asked(lambda: press(QApplication.activeModalWidget() or later, Qt.Key.Key_Escape))
    QTest.mouseClick(later.waiting.discard, Qt.MouseButton.LeftButton)
    settle(session)
    assert later.waiting.isVisible()
    assert len(list(scans.glob(".clerk-scan-*"))) == 1


def test_escape_stops_the_paper_and_not_the_dialog(stages: MakeStage, tmp_path: Path, qtbot: QtBot) -> None:
    stage = scene(stages())
    with_folder(stage, tmp_path)
    session = stage.open()
    moving, go_on = threading.Event(), threading.Event()

    def wait_at_the_second(number: int) -> None:
        if number == 2:
            moving.set()
            go_on.wait(100)

    with switched_on(small(feeder=list(STACK), before_page=wait_at_the_second)) as device:
        dialog = opened(session)
        address(session, dialog, device.url)
        press(dialog.scan, Qt.Key.Key_Space)
        qtbot.waitUntil(moving.is_set, timeout=100_000)
        qtbot.waitUntil(lambda: dialog.face.told.text().startswith("1 Seite ist da"), timeout=100_000)
        assert (dialog.stop.hasFocus(), dialog.form.isEnabled()) == (True, False)
        press(dialog.stop, Qt.Key.Key_Escape)
        assert dialog.isVisible()
        go_on.set()
        settle(session)
    assert "2 Seiten kamen, dann: Der Scan wurde abgebrochen." in dialog.waiting.told.text()
    assert device.cancelled


def test_a_certificate_is_confirmed_in_the_dialog_once(stages: MakeStage, tmp_path: Path) -> None:
    stage = scene(stages())
    with_folder(stage, tmp_path)
    session = stage.open()
    certificate = Authority(tmp_path / "tls").server().pem(tmp_path / "device.pem")
    with switched_on(small(), certificate) as device:
        dialog = opened(session)
        address(session, dialog, device.url)
        assert "für das niemand bürgt" in dialog.face.told.text()
        assert dialog.face.confirm.hasFocus()
        press(dialog.face.confirm, Qt.Key.Key_Space)
        settle(session)
        assert "ist bereit" in dialog.face.told.text()


def test_what_is_confirmed_is_the_device_that_was_asked_whatever_is_typed_by_then(
    stages: MakeStage, tmp_path: Path
) -> None:
    stage = scene(stages())
    with_folder(stage, tmp_path)
    session = stage.open()
    certificate = Authority(tmp_path / "tls").server().pem(tmp_path / "device.pem")
    with switched_on(small(), certificate) as device:
        dialog = opened(session)
        address(session, dialog, device.url)
        dialog.form.scanner.setEditText("ftp://192.0.2.7")
        press(dialog.face.confirm, Qt.Key.Key_Space)
        settle(session)
        assert "ftp://192.0.2.7" in dialog.face.told.text()
        address(session, dialog, device.url)
        assert "ist bereit" in dialog.face.told.text()


def test_what_keeps_from_scanning_is_told(stages: MakeStage) -> None:
    stage = scene(stages())
    stage.desk.settings.put(SCANNER_SEARCH_SECONDS, 0.0)
    session = stage.open()
    dialog = opened(session)
    address(session, dialog, "ftp://192.0.2.7")
    assert "ftp://192.0.2.7" in dialog.face.told.text()
    with switched_on(small()) as device:
        address(session, dialog, device.url)
    assert "Richten Sie erst einen Scanordner ein" in dialog.face.told.text()
    assert not dialog.scan.isEnabled()
