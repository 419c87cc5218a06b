from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from clerk_desktop.documents.blank import is_blank
from tests.documents.pages import scan

DPI = 150


def noisy(image: Image.Image, amount: float = 0.08) -> Image.Image:
    return Image.blend(image, Image.effect_noise(image.size, 40), amount)


def with_holes(image: Image.Image) -> Image.Image:
    pen = ImageDraw.Draw(image)
    for across in (12, 198):
        for up in (108, 188):
            x, y, r = across * DPI / 25.4, up * DPI / 25.4, 3 * DPI / 25.4
            pen.ellipse((x - r, y - r, x + r, y + r), fill=20)
    return image


def with_shadow(image: Image.Image) -> Image.Image:
    ImageDraw.Draw(image).rectangle((0, 0, image.width, 0.02 * image.height), fill=30)
    return image


def shining_through(lines: int) -> Image.Image:
    """The back of a printed page as the scanner sees it: mirrored, blurred, faint."""
    back = ImageOps.mirror(scan(["Sehr geehrte Damen und Herren, hiermit"] * lines, ink=200, dpi=DPI))
    return back.filter(ImageFilter.GaussianBlur(2))


@pytest.mark.parametrize(
    "paper",
    [
        lambda: scan(dpi=DPI),
        lambda: noisy(scan(dpi=DPI)),
        lambda: scan(dpi=DPI, paper=200),
        lambda: noisy(scan(dpi=DPI, paper=170)),
        lambda: with_holes(scan(dpi=DPI)),
        lambda: with_shadow(with_holes(noisy(scan(dpi=DPI, paper=225)))),
        lambda: shining_through(20),
        lambda: noisy(shining_through(25)),
        lambda: Image.linear_gradient("L").resize((1240, 1754)).point(lambda tone: 150 + tone // 3),
    ],
    ids=["white", "noise", "tinted", "recycled", "holes", "shadow", "shine", "shine-noise", "uneven-light"],
)
def test_empty_paper_is_blank(paper: Callable[[], Image.Image]) -> None:
    assert is_blank(paper(), DPI)


@pytest.mark.parametrize(
    "paper",
    [
        lambda: scan(["Seite 2"], dpi=DPI),
        lambda: noisy(scan(["Kenntnis genommen"], dpi=DPI, paper=200)),
        lambda: scan(["mit Bleistift"], dpi=DPI, ink=140),
        lambda: with_holes(scan(["Anlage 1"], dpi=DPI)),
        lambda: scan(["x"] * 20, dpi=DPI),
        lambda: Image.radial_gradient("L").resize((1240, 1754)),
    ],
    ids=["one-line", "stamp-on-grey", "pencil", "holes-and-text", "narrow-column", "picture"],
)
def test_a_short_line_or_a_picture_is_not_blank(paper: Callable[[], Image.Image]) -> None:
    assert not is_blank(paper(), DPI)


def test_the_resolution_of_the_scan_does_not_matter() -> None:
    for dpi in (75, 100, 200, 300):
        assert is_blank(scan(dpi=dpi), dpi)
        assert not is_blank(scan(["Mit freundlichen Grüßen"], dpi=dpi), dpi)
