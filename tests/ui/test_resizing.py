"""Marks are resized by their handles with the mouse, by keys as seen, within the page; others' marks are not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from clerk_desktop.model.annotation import Box, Mark, MarkKind, Segment
from clerk_desktop.model.geometry import Point, Rect
from clerk_desktop.ui.review.handles import SMALLEST, Handle, handles, resized
from clerk_desktop.ui.review.placing import Ground
from tests.ui.opened import choose, when_open
from tests.ui.stage import press, settle, write
from tests.ui.test_marking import CONTROL, Desk, desk

__all__ = ["desk"]
SHIFT = Qt.KeyboardModifier.ShiftModifier


def drawn(desk: Desk, key: str = "r") -> Mark:
    """A mark from (100, 400) to (200, 500), chosen."""
    write(desk.view, key)
    desk.drag((100, 500), (150, 450), (200, 400))
    press(desk.view, Qt.Key.Key_Escape)
    desk.drag((150, 450), (150, 450))
    (mark,) = desk.marks
    return mark


def rect_of(desk: Desk) -> tuple[float, float, float, float]:
    (mark,) = desk.marks
    assert isinstance(mark.shape, Box)
    return mark.shape.rect.x0, mark.shape.rect.y0, mark.shape.rect.x1, mark.shape.rect.y1


@pytest.mark.parametrize(
    ("handle", "to", "becomes"),
    [
        ((200, 400), (260, 350), (100, 350, 260, 500)),
        ((100, 500), (80, 540), (80, 400, 200, 540)),
        ((150, 500), (190, 560), (100, 400, 200, 560)),
        ((200, 450), (240, 300), (100, 400, 240, 500)),
        ((200, 450), (20, 450), (100, 400, 100 + SMALLEST, 500)),
    ],
)
def test_a_handle_moves_its_sides_and_no_other(
    desk: Desk, handle: tuple[float, float], to: tuple[float, float], becomes: tuple[float, ...]
) -> None:
    drawn(desk)
    desk.drag(handle, ((handle[0] + to[0]) / 2, (handle[1] + to[1]) / 2), to)
    assert rect_of(desk) == pytest.approx(becomes, abs=3)
    press(desk.view, Qt.Key.Key_Z, CONTROL)
    settle(desk.session)
    assert rect_of(desk) == pytest.approx((100, 400, 200, 500), abs=3)


def test_keys_push_the_chosen_mark_and_with_shift_its_lower_right_corner(desk: Desk) -> None:
    drawn(desk)
    before, step = rect_of(desk), 4 / desk.view.page_layout.scale
    press(desk.view, Qt.Key.Key_Right)
    press(desk.view, Qt.Key.Key_Up)
    settle(desk.session)
    moved = (before[0] + step, before[1] + step, before[2] + step, before[3] + step)
    assert rect_of(desk) == pytest.approx(moved, abs=0.1)
    press(desk.view, Qt.Key.Key_Right, SHIFT)
    press(desk.view, Qt.Key.Key_Down, SHIFT)
    settle(desk.session)
    assert rect_of(desk) == pytest.approx((moved[0], moved[1] - step, moved[2] + step, moved[3]), abs=0.1)
    scroll = desk.view.verticalScrollBar().value()
    press(desk.view, Qt.Key.Key_Escape)
    press(desk.view, Qt.Key.Key_Down)
    settle(desk.session)
    assert desk.view.verticalScrollBar().value() > scroll
    assert rect_of(desk)[1] == pytest.approx(moved[1] - step, abs=0.1)


def test_keys_go_the_way_that_is_seen_on_a_turned_page(desk: Desk) -> None:
    drawn(desk)
    before = rect_of(desk)
    press(desk.view, Qt.Key.Key_R, CONTROL)
    settle(desk.session)
    step = 4 / desk.view.page_layout.scale
    press(desk.view, Qt.Key.Key_Right)
    settle(desk.session)
    assert rect_of(desk) == pytest.approx((before[0], before[1] + step, before[2], before[3] + step), abs=0.1)


def test_the_end_of_an_arrow_is_moved(desk: Desk) -> None:
    write(desk.view, "p")
    desk.drag((100, 500), (150, 450), (200, 400))
    press(desk.view, Qt.Key.Key_Escape)
    desk.drag((150, 450), (150, 450))
    desk.drag((200, 400), (240, 420), (280, 480))
    (mark,) = desk.marks
    assert isinstance(mark.shape, Segment)
    assert (mark.shape.start.x, mark.shape.start.y) == pytest.approx((100, 500), abs=2)
    assert (mark.shape.end.x, mark.shape.end.y) == pytest.approx((280, 480), abs=2)


def test_a_stamp_lies_on_the_page_wherever_it_is_put_and_is_resized(desk: Desk) -> None:
    write(desk.view, "s")
    when_open(QMenu, choose(1))
    desk.drag((590, 500), (590, 500))
    x0, y0, x1, y1 = rect_of(desk)
    assert x1 <= 595.3
    assert (x1 - x0, y1 - y0) == pytest.approx((150, 54), abs=0.1)
    press(desk.view, Qt.Key.Key_Escape)
    desk.drag((x0, y0), (x0 - 30, y0 - 10), (x0 - 60, y0 - 20))
    assert rect_of(desk) == pytest.approx((x0 - 60, y0 - 20, x1, y1), abs=3)


def test_a_mark_does_not_leave_the_page(desk: Desk) -> None:
    drawn(desk)
    desk.drag((150, 450), (20, 450), (-300, 450))
    assert rect_of(desk) == pytest.approx((0, 400, 100, 500), abs=3)


@pytest.mark.parametrize("kind", [MarkKind.NOTE, MarkKind.HIGHLIGHT, MarkKind.INK])
def test_kinds_that_keep_their_size_have_no_handles(desk: Desk, kind: MarkKind) -> None:
    from tests.marks.values import mark, shape_of

    assert handles(mark(kind, shape=shape_of(kind, Rect(0, 0, 20, 20)))) == {}


def test_a_box_is_never_turned_over() -> None:
    box = Box(Rect(100, 100, 200, 200))
    assert resized(box, Handle(-1, 0), Point(500, 0)) == Box(Rect(200 - SMALLEST, 100, 200, 200))
    assert resized(box, Handle(1, 1), Point(0, 0)) == Box(Rect(100, 100, 100 + SMALLEST, 100 + SMALLEST))


@pytest.mark.parametrize(
    ("turn", "rect"),
    [
        (0, Rect(300, 360, 450, 400)),
        (90, Rect(300, 400, 340, 550)),
        (180, Rect(150, 400, 300, 440)),
        (270, Rect(260, 250, 300, 400)),
    ],
)
def test_what_is_put_on_a_turned_page_extends_to_the_right_and_down_as_seen(turn: int, rect: Rect) -> None:
    ground = Ground(turn=turn, width=595, height=842)
    assert ground.placed(Point(300, 400), (150, 40)) == rect
