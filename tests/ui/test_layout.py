"""Pages in the view: every place on a page is found again, whatever way the page is turned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_desktop.model.geometry import Point, Rect
from clerk_desktop.model.reading import PageSize
from clerk_desktop.ui.review.layout import GAP, PAPER_SIZE, STEPS, PageLayout, fitting_scale, stepped

A4 = PageSize(width=595.0, height=842.0)
TURNS = st.sampled_from((0, 90, 180, 270))


@given(own=TURNS, view=TURNS, x=st.floats(0, 595), y=st.floats(0, 842), scale=st.floats(0.2, 8))
def test_a_place_on_a_page_is_found_again_from_its_place_in_the_view(
    own: int, view: int, x: float, y: float, scale: float
) -> None:
    layout = PageLayout((A4, PageSize(width=595.0, height=842.0, rotation=own)), scale, view)
    back = layout.to_page(1, *layout.to_view(1, Point(x, y)))
    assert (back.x, back.y) == pytest.approx((x, y), abs=1e-6)


def test_a_page_turned_clockwise_shows_its_left_edge_on_top() -> None:
    layout = PageLayout((A4,), 1.0, 90)
    assert layout.to_view(0, Point(0, 842)) == (842, 0)
    assert layout.to_view(0, Point(0, 0)) == (0, 0)
    assert (layout.width, layout.height) == (842, 595)


def test_only_pages_that_show_are_named() -> None:
    layout = PageLayout((A4,) * 300, 1.0, 0)
    step = 842 + GAP
    assert list(layout.visible(step * 10, step * 11)) == [10]
    assert list(layout.visible(step * 10 + 400, step * 11 + 400)) == [10, 11]
    assert layout.nearest(step * 299 + 5) == 299


def test_a_rectangle_stays_upright_in_the_view() -> None:
    for turn in (0, 90, 180, 270):
        frame = PageLayout((A4,), 2.0, turn).rect_in_view(0, Rect(10, 20, 110, 40))
        assert {round(frame.width), round(frame.height)} == {200, 40}


def test_zoom_goes_up_and_down_by_steps_and_ends_at_the_last() -> None:
    scale = PAPER_SIZE
    assert stepped(scale, 1) == pytest.approx(1.1 * PAPER_SIZE)
    assert stepped(stepped(scale, 1), -1) == pytest.approx(scale)
    assert stepped(STEPS[-1] * PAPER_SIZE, 1) == pytest.approx(STEPS[-1] * PAPER_SIZE)


def test_the_widest_page_fits_the_width() -> None:
    sizes = (A4, PageSize(width=842.0, height=595.0))
    assert fitting_scale(sizes, 0, 842.0, None) == pytest.approx(1.0)
    assert fitting_scale(sizes, 90, 842.0, None) == pytest.approx(1.0)
