"""The icon beside the clock of a real desktop: over the bus, from outside, as its panel speaks to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.accessibility_bus import missing_programs, virtual_screen
from tests.ui.status_notifier import Desktop
from tests.ui.test_tray import ended, started

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing_programs()), reason=f"not installed here: {missing_programs()}"),
]


def test_twenty_times_the_icon_of_a_real_desktop_is_opened_and_quit_from_its_menu(tmp_path: Path) -> None:
    with virtual_screen() as environment:
        desktop = Desktop(environment["DBUS_SESSION_BUS_ADDRESS"])
        for number in range(20):
            desktop.registered.clear()
            program = started(tmp_path / f"home-{number}", "real", **environment)
            assert desktop.registered.wait(100)
            assert program.stdout is not None
            assert program.stdout.readline() == "hidden\n"
            entries = desktop.menu()
            assert [label for _, label in entries] == ["Öffnen", "Posteingang", "Übertragungen", "Beenden"]
            desktop.activate()
            desktop.press(entries[-1][0])
            assert ended(program) == "0 ended 0 []"
        desktop.close()
