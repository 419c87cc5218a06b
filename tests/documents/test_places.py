from __future__ import annotations

import pytest

from clerk_desktop.documents.lines import in_lines
from clerk_desktop.documents.places import Placing
from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.reading import PageSize

SIZE = PageSize(width=600, height=800)


@pytest.mark.parametrize(
    ("turn", "expected"),
    [
        (0, Rect(10, 780, 50, 790)),
        (90, Rect(10, 10, 20, 50)),
        (180, Rect(550, 10, 590, 20)),
        (270, Rect(580, 750, 590, 790)),
    ],
)
def test_pixels_of_a_turned_page_lead_back_to_the_page(turn: int, expected: Rect) -> None:
    sideways = turn in (90, 270)
    placing = Placing(size=SIZE, turn=turn, width=1600 if sideways else 1200, height=1200 if sideways else 1600)
    assert placing.rect(20, 20, 100, 40) == expected


def test_words_of_a_line_stand_together_though_their_heights_differ() -> None:
    boxes = [Rect(50, 10, 60, 20), Rect(0, 12, 40, 19), Rect(0, 30, 10, 40), Rect(70, 8, 90, 22)]
    assert in_lines(boxes) == [[1, 0, 3], [2]]
