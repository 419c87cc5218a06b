"""An empty place says what would be here, and the button that fills it has the focus."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from clerk_desktop.ui.settings.place import SettingsPlace
from clerk_desktop.ui.workplace import Place
from tests.ui.stage import Stage, press, settle


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


@pytest.mark.parametrize("place", [Place.MINE, Place.RESUBMISSIONS, Place.CASES])
def test_an_empty_case_list_offers_a_new_case(stage: Stage, place: Place) -> None:
    session = stage.open()
    session.window.go(place)
    settle(session)
    focus = session.window.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "Neuer Vorgang …"
