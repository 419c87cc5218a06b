"""What is wrong with a scan is seen; what is right with it is not called wrong."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from clerk_desktop.documents.quality import flaws_of
from clerk_desktop.model.reading import PageFlaw

DPI = 100
LINES = 12


def page(*, left: int = 80, paper: int = 245, ink: int = 30, lid: int = 0) -> Image.Image:
    """A page of text lines that begin so many pixels from the left; ``lid``: width of a dark stripe at the edge."""
    image = Image.new("L", (827, 1169), paper)
    draw = ImageDraw.Draw(image)
    for line in range(LINES):
        draw.text((left, 100 + 60 * line), "Sehr geehrte Damen und Herren", fill=ink, font_size=22)
    if lid:
        draw.rectangle((0, 0, lid, image.height), fill=40)
    return image


@pytest.mark.parametrize(
    ("image", "scanned_at", "flaws"),
    [
        (page(), 300, ()),
        (page(), None, ()),
        (page(lid=4), 300, ()),
        (page(), 72, (PageFlaw.COARSE,)),
        (page(paper=100, ink=20), 300, (PageFlaw.DARK,)),
        (page(ink=162), 300, (PageFlaw.FAINT,)),
        (page(left=-7), 300, (PageFlaw.CUT_OFF,)),
    ],
)
def test_each_flaw_is_seen_and_a_good_page_has_none(
    image: Image.Image, scanned_at: float | None, flaws: tuple[PageFlaw, ...]
) -> None:
    assert flaws_of(image, DPI, scanned_at) == flaws
