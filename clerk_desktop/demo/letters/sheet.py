"""A clean sheet of paper to write on, before any scanner sees it.

Coordinates are millimetres from the upper left corner of the sheet, y downwards (as DIN 5008 measures letters);
a text stands on its baseline. Knows nothing of letters.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from PIL import Image, ImageDraw

from clerk_desktop.demo.letters.fonts import DPI, Fonts, Style

PIXELS = DPI / 25.4
"""Pixels per millimetre."""
Ink = tuple[int, int, int]
BLACK: Ink = (25, 25, 28)


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in millimetres."""

    width: float
    height: float


A4 = Size(210, 297)
A5 = Size(148, 210)


class Sheet:
    """One side of a sheet."""

    def __init__(self, fonts: Fonts, *, colour: bool, size: Size = A4) -> None:
        self.fonts = fonts
        self.size = size
        self.colour = colour
        pixels = (round(size.width * PIXELS), round(size.height * PIXELS))
        self.image = Image.new("RGB" if colour else "L", pixels, (255, 255, 255) if colour else 255)
        self._draw = ImageDraw.Draw(self.image)

    def text(self, x: float, y: float, text: str, style: Style, *, right: bool = False) -> None:
        """Write one line from ``x``, or up to ``x`` when ``right``."""
        place = (x * PIXELS, y * PIXELS)
        self._draw.text(place, text, self.ink(style.ink), self.fonts.load(style), anchor="rs" if right else "ls")

    def typed(self, x: float, y: float, text: str, style: Style, chance: random.Random) -> None:
        """Write one line as a typewriter with worn type does."""
        font = self.fonts.load(style)
        for letter in text:
            ink = self.ink(tuple(min(255, channel + chance.randrange(70)) for channel in style.ink))  # type: ignore[arg-type]
            self._draw.text((x * PIXELS, y * PIXELS + chance.choice((-2, -1, 0, 0, 1, 2))), letter, ink, font, "ls")
            x += font.getlength(letter) / PIXELS

    def width(self, text: str, style: Style) -> float:
        """Return the width of a line in millimetres."""
        return self.fonts.load(style).getlength(text) / PIXELS

    def line(self, x0: float, y0: float, x1: float, y1: float, *, width: float = 0.2, ink: Ink = BLACK) -> None:
        """Draw a straight line ``width`` millimetres thick."""
        ends = (x0 * PIXELS, y0 * PIXELS, x1 * PIXELS, y1 * PIXELS)
        self._draw.line(ends, self.ink(ink), max(1, round(width * PIXELS)))

    def box(
        self, x: float, y: float, width: float, height: float, *, line: float = 0.2, fill: Ink | None = None,
        ink: Ink | None = BLACK,
    ) -> None:  # fmt: skip
        """Draw a rectangle with its upper left corner at ``x``, ``y``; without ``ink`` no outline."""
        corners = (x * PIXELS, y * PIXELS, (x + width) * PIXELS, (y + height) * PIXELS)
        self._draw.rectangle(
            corners,
            None if fill is None else self.ink(fill),
            None if ink is None else self.ink(ink),
            max(1, round(line * PIXELS)),
        )

    def disc(self, x: float, y: float, radius: float, *, fill: Ink) -> None:
        """Draw a filled circle around ``x``, ``y``."""
        corners = ((x - radius) * PIXELS, (y - radius) * PIXELS, (x + radius) * PIXELS, (y + radius) * PIXELS)
        self._draw.ellipse(corners, self.ink(fill))

    def area(self, points: tuple[tuple[float, float], ...], *, fill: Ink) -> None:
        """Draw a filled polygon."""
        self._draw.polygon([(x * PIXELS, y * PIXELS) for x, y in points], self.ink(fill))

    def stroke(self, points: list[tuple[float, float]], *, width: float, ink: Ink) -> None:
        """Draw a pen stroke through the points."""
        path = [(x * PIXELS, y * PIXELS) for x, y in points]
        self._draw.line(path, self.ink(ink), max(1, round(width * PIXELS)), joint="curve")

    def ink(self, ink: Ink) -> Ink | int:
        """Return the colour as this sheet's image takes it."""
        red, green, blue = ink
        return ink if self.colour else (299 * red + 587 * green + 114 * blue) // 1000


def wrap(sheet: Sheet, text: str, width: float, style: Style) -> list[str]:
    """Break a text into lines of at most ``width`` millimetres."""
    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        for word in part.split(" "):
            longer = f"{line} {word}" if line else word
            if line and sheet.width(longer, style) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines
