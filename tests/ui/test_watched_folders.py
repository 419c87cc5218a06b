"""The settings say of each scan folder how it is watched, and say it anew when that changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from clerk_desktop.model.batch import BatchMode
from clerk_desktop.model.municipality import MUNICIPALITIES
from clerk_desktop.model.watching import WatchFinding, WatchReason
from clerk_desktop.ui.settings.place import SettingsPlace
from clerk_desktop.ui.welcome.scan_folder import ScanFolderPage
from clerk_desktop.ui.workplace import Place
from tests.ui.stage import Stage, settle, write


def test_the_window_says_when_a_folder_is_looked_at_by_the_clock(qtbot: QtBot, stage: Stage, tmp_path: Path) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    folder = stage.desk.scan_folders.add(scans, "blomberg")
    opened = stage.open()
    page = ScanFolderPage(opened.workplace)
    qtbot.addWidget(page)
    settle(opened)
    assert page.list.count() == 1
    for reason, said in ((WatchReason.TELLS, "meldet sich nach 4 ms"), (WatchReason.SLOW, "antwortet langsam")):
        with stage.store.write() as session:
            session.folders.put_finding(
                WatchFinding(
                    path=folder.path, file_system="cifs", remote=True, writable=False, reason=reason,
                    event_after=0.004, listing=2.4, files=9, look_every=24.0,
                )
            )  # fmt: skip
        settle(opened)
        assert said in _text(page)
    assert "dauert 2 s" in _text(page)
    assert "alle 24 s" in _text(page)


def test_the_list_is_as_high_as_its_folders(stage: Stage, tmp_path: Path) -> None:
    for name in ("new", "old"):
        (tmp_path / name).mkdir()
        stage.desk.scan_folders.add(tmp_path / name, "blomberg")
    opened = stage.open()
    opened.window.go(Place.SETTINGS)
    settle(opened)
    view = opened.window.view
    assert isinstance(view, SettingsPlace)
    view.tabs.setCurrentIndex(1)
    settle(opened)
    page = view.folders
    last = page.list.visualItemRect(page.list.item(1))
    assert page.list.viewport().rect().contains(last)
    assert page.list.height() < 2 * last.bottom()
    assert page.remove.geometry().top() > page.list.geometry().bottom()


def test_what_the_scanner_writes_is_chosen_in_the_window(qtbot: QtBot, stage: Stage, tmp_path: Path) -> None:
    opened = stage.open()
    page = ScanFolderPage(opened.workplace)
    qtbot.addWidget(page)
    page.path.setText(str(tmp_path))
    page.batch.setCurrentIndex(page.batch.findData(BatchMode.PAGES_INDEX))
    page.add_folder()
    settle(opened)
    assert [folder.batch for folder in stage.desk.scan_folders.all()] == [BatchMode.PAGES_INDEX]
    assert "eine Indexdatei schließt den Scan ab" in _text(page)


def test_watching_a_folder_again_for_another_town_leaves_the_rest_as_it_was(
    qtbot: QtBot, stage: Stage, tmp_path: Path
) -> None:
    new, scans = tmp_path / "new", tmp_path / "scans"
    new.mkdir()
    scans.mkdir()
    folder = stage.desk.scan_folders.add(scans, "blomberg", 30, batch=BatchMode.PAGES, batch_quiet=7.0, batch_wait=90.0)
    opened = stage.open()
    page = ScanFolderPage(opened.workplace)
    qtbot.addWidget(page)
    settle(opened)
    proposed = page.town.currentData()
    write(page.path, str(scans))
    assert (page.town.currentData(), page.batch.currentData()) == ("blomberg", BatchMode.PAGES)
    other = next(town.key for town in MUNICIPALITIES if town.key not in ("blomberg", proposed))
    page.town.setCurrentIndex(page.town.findData(other))
    page.add_folder()
    settle(opened)
    assert stage.desk.scan_folders.all() == (replace(folder, municipality=other),)
    assert (page.town.currentData(), page.batch.currentData()) == (proposed, BatchMode.SINGLE)
    write(page.path, str(new))
    page.add_folder()
    settle(opened)
    (added,) = (each for each in stage.desk.scan_folders.all() if each.path == str(new))
    assert (added.municipality, added.batch, added.keep_originals_days) == (proposed, BatchMode.SINGLE, None)


def test_a_link_to_a_watched_folder_leaves_its_batches_as_they_were(qtbot: QtBot, stage: Stage, tmp_path: Path) -> None:
    scans, link = tmp_path / "scans", tmp_path / "link"
    scans.mkdir()
    link.symlink_to(scans, target_is_directory=True)
    stage.desk.scan_folders.add(scans, "blomberg", batch=BatchMode.PAGES)
    opened = stage.open()
    page = ScanFolderPage(opened.workplace)
    qtbot.addWidget(page)
    settle(opened)
    page.path.setText(str(link))
    page.add_folder()
    settle(opened)
    assert [each.batch for each in stage.desk.scan_folders.all()] == [BatchMode.PAGES]


def _text(page: ScanFolderPage) -> str:
    item = page.list.item(0)
    return item.text() if item is not None else ""
