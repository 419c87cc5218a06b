"""Arrow heads of an exported line stand as ISO 32000-2, table 179, says: along the line, or reversed beyond its end."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from clerk_desktop.model.annotation import Colour, LineEnding, Mark, MarkKind, Segment
from clerk_desktop.model.geometry import Point
from tests.marks import viewers
from tests.marks.test_pdf_export import HEIGHT, SCALE, blank, exported, is_red
from tests.marks.values import mark

WIDTH = 4.0
HEAD = 9 * WIDTH
MIDDLE = Point(200, 300)
ARROWS = tuple(ending for ending in LineEnding if ending.is_arrow)
OPEN = (LineEnding.OPEN_ARROW, LineEnding.R_OPEN_ARROW)
REVERSED = (LineEnding.R_OPEN_ARROW, LineEnding.R_CLOSED_ARROW)


def beside(place: Point, direction: float, distance: float) -> Point:
    return Point(place.x + distance * math.cos(direction), place.y + distance * math.sin(direction))


def line(direction: float, start: LineEnding, end: LineEnding, half: float = 60.0) -> Mark:
    """A line through the middle of the page."""
    ends = (beside(MIDDLE, direction + math.pi, half), beside(MIDDLE, direction, half))
    red = Colour(200, 30, 30)
    return mark(MarkKind.LINE, shape=Segment(*ends, start, end), line_width=WIDTH, colour=red, opacity=1.0)


def is_inked(picture: Image.Image, place: Point) -> bool:
    return is_red(picture.getpixel((int(place.x * SCALE), int((HEIGHT - place.y) * SCALE))))


def wings(tip: Point, direction: float, ending: LineEnding) -> Iterator[Point]:
    """Places of a head whose tip is there and which opens in that direction: on its strokes, or just inside of it."""
    turned = math.radians(30 if ending in OPEN else 24)
    for turn in (-turned, turned):
        for distance in (0.3 * HEAD, 0.6 * HEAD, 0.9 * HEAD):
            yield beside(tip, direction + turn, distance)


def assert_head(picture: Image.Image, tip: Point, outward: float, ending: LineEnding) -> None:
    """``outward``: the direction in which the line would go on beyond its end."""
    opens, other = outward + math.pi, outward
    if ending in REVERSED:
        opens, other = other, opens
    assert [is_inked(picture, place) for place in wings(tip, opens, ending)] == [ending.is_arrow] * 6
    assert not any(is_inked(picture, place) for place in wings(tip, other, ending))
    within = [beside(tip, opens + turn, 0.75 * HEAD) for turn in (-math.radians(14), math.radians(14))]
    assert [is_inked(picture, place) for place in within] == [ending.is_arrow and ending not in OPEN] * 2


@pytest.fixture(params=["pdfium", "poppler"])
def draw(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[bytes, float], Image.Image]:
    return viewers.pdfium if request.param == "pdfium" else viewers.poppler(tmp_path)


@pytest.mark.parametrize("degrees", [0, 30, 135, 270])
@pytest.mark.parametrize("flatten", [False, True], ids=["annotation", "burnt-in"])
@pytest.mark.parametrize("ending", [*ARROWS, LineEnding.SLASH], ids=lambda ending: ending.value)
def test_a_head_is_whole_and_points_where_it_says(
    draw: viewers.Viewer, ending: LineEnding, flatten: bool, degrees: int
) -> None:
    direction = math.radians(degrees)
    other = ARROWS[(ARROWS.index(ending) + 1) % len(ARROWS)] if ending.is_arrow else LineEnding.NONE
    shown = line(direction, other, ending)
    picture = draw(exported(blank(), shown, flatten=flatten), SCALE)
    assert_head(picture, beside(MIDDLE, direction, 60), direction, ending)
    assert_head(picture, beside(MIDDLE, direction + math.pi, 60), direction + math.pi, other)


@pytest.mark.parametrize("ending", REVERSED, ids=lambda ending: ending.value)
def test_a_reversed_head_hangs_on_its_line(draw: viewers.Viewer, ending: LineEnding) -> None:
    picture = draw(exported(blank(), line(0, LineEnding.NONE, ending)), SCALE)
    for beyond in (-2, -1, 0, 1):
        place = beside(MIDDLE, 0, 60 + beyond)
        across = [is_inked(picture, Point(place.x, place.y + up)) for up in (-1.25, 0, 1.25)]
        assert across == [True] * 3, beyond


@pytest.mark.parametrize("ending", LineEnding, ids=lambda ending: ending.value)
def test_a_line_without_length_is_exported_with_whatever_ends(ending: LineEnding) -> None:
    with pikepdf.open(io.BytesIO(exported(blank(), line(0, ending, ending, half=0.0)))) as pdf:
        (written,) = pdf.pages[0].obj.Annots
        assert [str(name) for name in written.LE] == [f"/{ending.value}"] * 2
