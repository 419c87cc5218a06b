"""List, page and form share the room of the window, a wide one too; how they do stays as a person left it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.three_parts import ThreeParts
from tests.ui.conftest import MakeStage
from tests.ui.stage import Stage, scene, settle

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def parts_of(session: WindowSession) -> ThreeParts:
    (parts,) = session.window.findChildren(ThreeParts)
    return parts


def shares(parts: ThreeParts) -> list[float]:
    return [size / sum(parts.sizes()) for size in parts.sizes()]


def pull(parts: ThreeParts, handle: int, pixels: int) -> None:
    """Pull the border in front of a part to the right."""
    border = parts.handle(handle)
    middle = border.rect().center()
    QTest.mousePress(border, LEFT, NONE, middle)
    QTest.mouseMove(border, middle + QPoint(pixels, 0))
    QTest.mouseRelease(border, LEFT, NONE, middle + QPoint(pixels, 0))


def test_a_wide_window_widens_the_list_and_the_form_too_and_a_narrow_one_gives_it_back(stage: Stage) -> None:
    session = scene(stage).open()
    parts = parts_of(session)
    narrow = parts.sizes()
    session.window.resize(1920, 1080)
    settle(session)
    assert all(wide > 1.3 * before for wide, before in zip(parts.sizes(), narrow, strict=True))
    session.window.resize(1280, 720)
    settle(session)
    assert parts.sizes() == pytest.approx(narrow, abs=2)


def test_what_a_person_made_wider_stays_so_in_a_wide_window_and_at_the_next_start(stages: MakeStage) -> None:
    stage = scene(stages())
    session = stage.open()
    parts = parts_of(session)
    before = shares(parts)
    pull(parts, 1, 120)
    left = shares(parts)
    assert left[0] > before[0] + 0.05
    session.window.resize(1920, 1080)
    settle(session)
    assert shares(parts) == pytest.approx(left, abs=0.01)
    stage.close()
    again = stages().open(size=(1920, 1080))
    assert shares(parts_of(again)) == pytest.approx(left, abs=0.01)
