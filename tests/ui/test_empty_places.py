"""An empty place says what would be here, and the button that fills it has the focus."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from clerk_desktop.ui.inbox.place import InboxPlace
from clerk_desktop.ui.settings.place import SettingsPlace
from clerk_desktop.ui.transfers.place import TransfersPlace
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Place
from tests.ui.stage import ME, PDF, Stage, press, scene, settle


@pytest.mark.parametrize("place", [Place.INBOX, Place.TRANSFERS])
def test_where_scans_would_be_enter_leads_to_the_scan_folders(stage: Stage, place: Place) -> None:
    session = stage.open()
    session.window.go(place)
    settle(session)
    focus = session.window.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "Scanordner …"
    press(focus, Qt.Key.Key_Space)
    assert isinstance(session.window.view, SettingsPlace)


def test_an_empty_inbox_asks_nobody_to_choose(stage: Stage) -> None:
    session = stage.open()
    settle(session)
    view = session.window.view
    assert isinstance(view, InboxPlace)
    assert view.pane.note.text() == "Hier erscheint der gewählte Brief."


def test_transfers_say_nothing_before_they_are_read(stage: Stage) -> None:
    session = scene(stage).open()
    session.window.go(Place.TRANSFERS)
    view = session.window.view
    assert isinstance(view, TransfersPlace)
    assert view.list.isVisible()
    assert view.list.accessibleDescription() == ""
    ground = view.list.viewport().grab().toImage()
    assert {ground.pixel(x, y) for x in range(ground.width()) for y in range(ground.height())} == {ground.pixel(0, 0)}
    settle(session)
    assert not view.list.isVisible()


@pytest.mark.parametrize("place", [Place.MINE, Place.CASES])
def test_an_empty_case_list_offers_a_new_case(stage: Stage, place: Place) -> None:
    session = stage.open()
    session.window.go(place)
    settle(session)
    focus = session.window.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "Neuer Vorgang …"


def test_without_resubmissions_enter_leads_to_my_cases(stage: Stage) -> None:
    stage.case("32.10-2026/018", "Anwohnerparken", assignee=ME)
    session = stage.open()
    session.window.go(Place.RESUBMISSIONS)
    settle(session)
    focus = session.window.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "Meine Vorgänge"
    press(focus, Qt.Key.Key_Space)
    settle(session)
    view = session.window.view
    assert isinstance(view, WorklistPlace)
    assert view.model.rowCount() == 1


def test_an_empty_list_has_no_filter_until_something_is_there(stage: Stage) -> None:
    session = stage.open()
    session.window.go(Place.CASES)
    settle(session)
    view = session.window.view
    assert isinstance(view, WorklistPlace)
    assert not view.filter.isVisible()
    stage.case("32.10-2026/018", "Anwohnerparken")
    settle(session)
    assert view.filter.isVisible()


def test_a_case_without_anything_says_so_in_each_of_its_lists(stage: Stage) -> None:
    case = stage.case("32.10-2026/018", "Anwohnerparken")
    session = stage.open()
    session.window.go(Place.CASES)
    settle(session)
    view = session.window.view
    assert isinstance(view, WorklistPlace)
    press(view.table, Qt.Key.Key_Return)
    settle(session)
    panel = view.panel
    lists = (panel.documents, panel.history.list, panel.dispositions.listing.list)
    assert [each.accessibleDescription()[:10] for each in lists] == ["Noch kein ", "Noch ist n", "Noch keine"]
    ground = panel.documents.viewport().grab().toImage()
    seen = {ground.pixel(x, y) for x in range(0, ground.width(), 2) for y in range(ground.height() // 4)}
    assert len(seen) > 1
    stage.document("Antrag", PDF, case_id=case.case_id)
    settle(session)
    assert panel.documents.accessibleDescription() == ""
