"""What a screen reader hears: the window's tree read over the real accessibility bus, on a virtual screen."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from clerk_desktop.ui.workplace import Place
from tests.ui.accessibility_bus import AccessibilityBus, Spoken, missing_programs, virtual_screen
from tests.ui.spoken_window import CASE, DIALOG, TELL

PLACES = (*(place.value for place in Place), CASE)
CONTROLS = {
    "push button",
    "button",
    "check box",
    "radio button",
    "combo box",
    "text",
    "table",
    "list",
    "page tab",
    "spin button",
}
"""Roles as the bus names them: what can be worked with and so needs a name."""
APPEARS_SECONDS = 100.0
DIALOGS = 13
LEAST = 13
"""So many objects stand in the emptiest place, program and frame included."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing_programs()), reason=f"not installed here: {missing_programs()}"),
]


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_screen_reader_hears_every_control_of_every_place(tmp_path: Path, language: str) -> None:
    with virtual_screen() as environment, listened_to(tmp_path / "home", language, environment) as window:
        for place in PLACES:
            assert window.ask(place) is not None
            heard = window.agreed(place)
            assert len(said(heard)) > LEAST, place
            assert unnamed(heard) == [], place


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_screen_reader_hears_every_control_of_every_dialog(tmp_path: Path, language: str) -> None:
    with virtual_screen() as environment, listened_to(tmp_path / "home", language, environment) as window:
        alone = len(said(window.agreed("the window alone")))
        count = 0
        while window.ask(DIALOG) is not None:
            count += 1
            heard = window.agreed(f"dialog {count}")
            assert len(said(heard)) > alone, f"dialog {count} is not heard"
            assert unnamed(heard) == [], f"dialog {count}"
    assert count >= DIALOGS


@dataclass
class Listened:
    """The program with the window, and the bus it is heard on."""

    process: subprocess.Popen[str]
    bus: AccessibilityBus

    def agreed(self, shown: str) -> Spoken:
        """Return what is heard, once it is what the program means to say: its layout may not have come to rest."""
        until = time.monotonic() + APPEARS_SECONDS
        while True:
            meant = [name for name in names(self.ask(TELL)) if name]
            heard = self.bus.heard(appeared(self.bus))
            if said(heard) == meant or time.monotonic() > until:
                assert said(heard) == meant, shown
                return heard

    def ask(self, line: str) -> object:
        """Have something shown; return the tree of what is shown then."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@contextmanager
def listened_to(home: Path, language: str, environment: dict[str, str]) -> Iterator[Listened]:
    command = [sys.executable, "-m", "tests.ui.spoken_window", str(home), language]
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    ) as process:
        bus = AccessibilityBus(environment)
        with bus.ends:
            yield Listened(process, bus)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(APPEARS_SECONDS) == 0


def appeared(bus: AccessibilityBus) -> tuple[str, str]:
    until = time.monotonic() + APPEARS_SECONDS
    while time.monotonic() < until:
        for program in bus.programs():
            return program
    raise AssertionError("no program on the accessibility bus")


def said(heard: Spoken) -> list[str]:
    """What is read out, in order; frames and scroll areas have no name."""
    return [each.name for each in heard.everything() if each.name]


def unnamed(heard: Spoken) -> list[str]:
    """What can be worked with and has no name."""
    return [each.role for each in heard.everything() if each.role in CONTROLS and not each.name.strip()]


def names(tree: object) -> Iterator[str]:
    assert isinstance(tree, list)
    name, _role, children = tree
    yield name
    for child in children:
        yield from names(child)
