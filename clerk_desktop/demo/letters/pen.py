"""What people add to a sheet by hand: signatures, ticks, and the stamp of the mailroom."""

from __future__ import annotations

import random

from PIL import Image, ImageChops, ImageDraw

from clerk_desktop.demo.letters.fonts import Face, Style
from clerk_desktop.demo.letters.sheet import PIXELS, Ink, Sheet

BLUE: Ink = (35, 55, 140)
DARK: Ink = (30, 30, 45)
STAMP_BLUE: Ink = (60, 70, 165)


def signature(sheet: Sheet, x: float, y: float, width: float, chance: random.Random, ink: Ink = BLUE) -> None:
    """Sign on the baseline ``y``: one or two capitals, a run of strokes that flattens, perhaps a line below."""
    place = x
    for _ in range(chance.choice((1, 1, 2))):
        high, wide = chance.uniform(7, 11), chance.uniform(3.5, 6.5)
        knots = [(place, y - high * chance.uniform(0.5, 0.8))]
        for _ in range(chance.randrange(3, 6)):
            knots.append((place + wide * chance.uniform(-0.3, 1.1), y - high * chance.uniform(-0.15, 1)))
        place += wide
        sheet.stroke(_smooth([*knots, (place, y - 0.8)]), width=0.42, ink=ink)
    knots, step, angular = [(place, y - 0.8)], chance.uniform(1.3, 2.4), chance.random() < 0.4
    end = x + width
    while place < end:
        part = (place - x) / width
        up = chance.uniform(1.2, 3.2) * (1.15 - part) + (chance.uniform(2.5, 5) if chance.random() < 0.16 else 0)
        knots.append((place + step * 0.55, y - up))
        knots.append((place + step * chance.uniform(0.45, 0.9), y + chance.uniform(-0.5, 0.6)))
        place += step * chance.uniform(0.8, 1.3) * (1 + part)
    knots.append((end + chance.uniform(1, 7), y - chance.uniform(-1.5, 2.5)))
    sheet.stroke(knots if angular else _smooth(knots), width=0.36, ink=ink)
    if chance.random() < 0.4:
        sheet.stroke(_smooth([(end, y + 2), (x + width / 2, y + 2.9), (x + 3, y + 2.2)]), width=0.3, ink=ink)


def _smooth(knots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return a curve through the knots (Catmull-Rom)."""
    ends = [knots[0], *knots, knots[-1]]
    points = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for number in range(8):
            t = number / 8
            points.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    return [*points, knots[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def tick(sheet: Sheet, x: float, y: float, size: float, chance: random.Random, ink: Ink = BLUE) -> None:
    """Cross a box whose upper left corner is at ``x``, ``y``, not quite inside its lines."""

    def near(place: float) -> float:
        return place + chance.uniform(-0.35, 0.35) * size * 0.5

    sheet.stroke([(near(x), near(y)), (near(x + size), near(y + size))], width=0.45, ink=ink)
    sheet.stroke([(near(x + size), near(y)), (near(x), near(y + size))], width=0.45, ink=ink)


def receipt_stamp(
    sheet: Sheet, x: float, y: float, lines: tuple[str, str, str], chance: random.Random, ink: Ink = STAMP_BLUE
) -> None:
    """Stamp three lines (office, day, remark) with the upper left corner at ``x``, ``y``: turned, unevenly inked."""
    mask = _stamp_mask(sheet, lines)
    patch = Image.frombytes("L", (24, 12), bytes(chance.randrange(165, 256) for _ in range(24 * 12)))
    mask = ImageChops.multiply(mask, patch.resize(mask.size, Image.Resampling.BICUBIC))
    mask = mask.rotate(chance.uniform(-5, 5), Image.Resampling.BILINEAR, expand=True)
    sheet.image.paste(sheet.ink(ink), (round(x * PIXELS), round(y * PIXELS)), mask)


def _stamp_mask(sheet: Sheet, lines: tuple[str, str, str]) -> Image.Image:
    width, height = round(52 * PIXELS), round(21 * PIXELS)
    mask = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(mask)
    draw.rounded_rectangle((2, 2, width - 3, height - 3), 12, outline=235, width=6)
    styles = (
        Style(face=Face.SANS, size=10, bold=True),
        Style(face=Face.SANS, size=12, bold=True),
        Style(face=Face.SANS, size=8),
    )
    for line, style, down in zip(lines, styles, (6.3, 13.0, 18.3), strict=True):
        draw.text((width / 2, down * PIXELS), line, 235, sheet.fonts.load(style), anchor="ms")
    return mask
