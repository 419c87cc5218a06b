"""How each kind of mark looks on paper: content streams in PDF user space, by kind (ISO 32000-1, 12.5.5).

Only the drawing; dictionaries and files are ``documents.pdf_export``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from clerk_desktop.documents.mark_font import ASCENT, DESCENT, FONT, MarkFont, drawable
from clerk_desktop.model.annotation import (
    Box,
    Colour,
    LineEnding,
    Mark,
    MarkKind,
    Segment,
    Shape,
    Strokes,
    TextArea,
)
from clerk_desktop.model.geometry import Point, Quad, Rect

NOTE_SIZE = 20.0
_BLACK = Colour(0, 0, 0)
_PADDING = 3.0
_LINE_HEIGHT = 1.2
_BEND = 0.5523  # a quarter circle as a Bézier curve


def drawing(mark: Mark, shape: Shape, font: MarkFont) -> str:
    """Return the content stream of a mark whose shape is given in user space; "" for a kind that is not drawn."""
    match mark.kind, shape:
        case MarkKind.HIGHLIGHT, TextArea(quads):
            return _fill(mark.colour or _BLACK) + "".join(map(_quad, quads))
        case MarkKind.UNDERLINE, TextArea(quads):
            return _stroke(mark.colour or _BLACK) + "".join(_across(quad, 0.06) for quad in quads)
        case MarkKind.STRIKEOUT, TextArea(quads):
            return _stroke(mark.colour or _BLACK) + "".join(_across(quad, 0.45) for quad in quads)
        case MarkKind.INK, Strokes(lines):
            return _stroke(mark.colour or _BLACK) + f"{n(mark.line_width)} w 1 J 1 j\n" + "".join(map(_trace, lines))
        case MarkKind.LINE, Segment():
            return _line(mark, shape)
        case MarkKind.SQUARE, Box(rect):
            return _bordered(rect, mark.line_width, mark.colour, mark.interior)
        case MarkKind.NOTE, Box(rect):
            return _turned(rect, mark.rotation, lambda box: _note(box, mark.colour or Colour(255, 224, 64)))
        case MarkKind.FREE_TEXT, Box(rect):
            return _turned(rect, mark.rotation, lambda box: _free_text(mark, box, font))
        case MarkKind.STAMP, Box(rect):
            return _turned(rect, mark.rotation, lambda box: _stamp(mark, box, font))
        case _:
            return ""


def n(value: float) -> str:
    """Return a number as a content stream wants it: no exponent, no locale (ISO 32000-1, 7.3.3)."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def stamp_lines(mark: Mark) -> list[str]:
    """Return what stands on a stamp: its text, else its name."""
    return [line for line in (mark.text or mark.icon).split("\n") if line.strip()]


def _shades(colour: Colour) -> str:
    return f"{n(colour.red / 255)} {n(colour.green / 255)} {n(colour.blue / 255)}"


def _fill(colour: Colour) -> str:
    return f"{_shades(colour)} rg\n"


def _stroke(colour: Colour) -> str:
    return f"{_shades(colour)} RG\n"


def _at(point: Point) -> str:
    return f"{n(point.x)} {n(point.y)}"


def _quad(quad: Quad) -> str:
    corners = (quad.upper_left, quad.upper_right, quad.lower_right, quad.lower_left)
    return " l ".join(map(_at, corners)).replace(" l ", " m ", 1) + " l h f\n"


def _across(quad: Quad, height: float) -> str:
    """Return a line along the text, at that part of its height from below."""
    left = _between(quad.lower_left, quad.upper_left, height)
    right = _between(quad.lower_right, quad.upper_right, height)
    tall = math.dist((quad.lower_left.x, quad.lower_left.y), (quad.upper_left.x, quad.upper_left.y))
    return f"{n(max(0.6, tall / 14))} w {_at(left)} m {_at(right)} l S\n"


def _between(one: Point, other: Point, part: float) -> Point:
    return Point(one.x + (other.x - one.x) * part, one.y + (other.y - one.y) * part)


def _trace(line: tuple[Point, ...]) -> str:
    if len(line) == 1:
        line = (*line, line[0])  # a dot: round caps make it visible
    first, *rest = line
    return f"{_at(first)} m " + " ".join(f"{_at(point)} l" for point in rest) + " S\n"


def _bordered(rect: Rect, width: float, border: Colour | None, inside: Colour | None) -> str:
    edge = border is not None and width > 0
    if not edge and inside is None:
        return ""
    inset = width / 2 if edge else 0.0
    place = (rect.x0 + inset, rect.y0 + inset, max(0.0, rect.width - width), max(0.0, rect.height - width))
    paint = {(True, True): "B", (True, False): "S", (False, True): "f"}[edge, inside is not None]
    colours = (_fill(inside) if inside else "") + (_stroke(border) + f"{n(width)} w\n" if edge and border else "")
    return colours + " ".join(map(n, place)) + f" re {paint}\n"


def _line(mark: Mark, segment: Segment) -> str:
    colour = mark.colour or _BLACK
    parts = [_stroke(colour), _fill(mark.interior or colour), f"{n(mark.line_width)} w 0 J 0 j\n"]
    start, end = segment.start, segment.end
    length = math.dist((start.x, start.y), (end.x, end.y))
    head = min(9 * mark.line_width, length) if length else 0.0
    if not length:
        return "".join((*parts, f"{_at(start)} m {_at(end)} l S\n"))
    shaft_start = _between(start, end, _shortened(segment.start_ending, head, mark.line_width) / length)
    shaft_end = _between(end, start, _shortened(segment.end_ending, head, mark.line_width) / length)
    parts.append(f"{_at(shaft_start)} m {_at(shaft_end)} l S\n")
    parts += (_ending(end, start, segment.end_ending, head), _ending(start, end, segment.start_ending, head))
    return "".join(parts)


def _shortened(ending: LineEnding, head: float, width: float) -> float:
    """Return by how much the shaft ends before the line does: a triangle covers its end, whichever way it points."""
    if not ending.is_closed_arrow:
        return 0.0
    return -min(width, head / 2) if ending.is_reversed else head / 2


def _ending(tip: Point, tail: Point, ending: LineEnding, size: float) -> str:
    """Draw arrow heads; the other endings of the standard are kept in the file and drawn as none."""
    if not ending.is_arrow:
        return ""
    back = math.atan2(tail.y - tip.y, tail.x - tip.x) + (math.pi if ending.is_reversed else 0.0)
    wings = [
        Point(tip.x + size * math.cos(back + turn), tip.y + size * math.sin(back + turn))
        for turn in (-math.pi / 6, math.pi / 6)
    ]
    closing = "h f" if ending.is_closed_arrow else "S"
    return f"{_at(wings[0])} m {_at(tip)} l {_at(wings[1])} l {closing}\n"


def _turned(rect: Rect, rotation: int, draw: Callable[[Rect], str]) -> str:
    """Draw in a frame that stands upright when the page is seen turned clockwise by ``rotation``."""
    match rotation % 360:
        case 90:
            place, box = f"0 1 -1 0 {n(rect.x1)} {n(rect.y0)}", Rect(0, 0, rect.height, rect.width)
        case 180:
            place, box = f"-1 0 0 -1 {n(rect.x1)} {n(rect.y1)}", Rect(0, 0, rect.width, rect.height)
        case 270:
            place, box = f"0 -1 1 0 {n(rect.x0)} {n(rect.y1)}", Rect(0, 0, rect.height, rect.width)
        case _:
            place, box = f"1 0 0 1 {n(rect.x0)} {n(rect.y0)}", Rect(0, 0, rect.width, rect.height)
    return f"q {place} cm\n{draw(box)}Q\n"


def _note(box: Rect, colour: Colour) -> str:
    """Draw a sheet with three lines of writing."""
    inset = 1.0
    sheet = Rect(inset, inset, max(inset, box.x1 - inset), max(inset, box.y1 - inset))
    parts = [_bordered(sheet, 1.2, Colour(70, 70, 70), colour), _stroke(Colour(70, 70, 70)), "1.2 w\n"]
    for part in (0.3, 0.5, 0.7):
        height = box.height * part
        parts.append(f"{n(box.width * 0.25)} {n(height)} m {n(box.width * 0.75)} {n(height)} l S\n")
    return "".join(parts)


def _free_text(mark: Mark, box: Rect, font: MarkFont) -> str:
    size = mark.font_size
    inset = mark.line_width + _PADDING
    lines = font.wrapped(mark.text, size, max(size, box.width - 2 * inset))
    top = box.height - inset - ASCENT * size
    places = [(inset, top - index * size * _LINE_HEIGHT, size, line) for index, line in enumerate(lines)]
    inside = _bordered(box, mark.line_width, mark.text_colour, mark.colour)
    clip = f"0 0 {n(box.width)} {n(box.height)} re W n\n"
    return inside + clip + _text(places, mark.text_colour, font)


def _stamp(mark: Mark, box: Rect, font: MarkFont) -> str:
    """Draw a frame with round corners and the lines in it, the first one larger, everything as large as fits."""
    colour = mark.colour or Colour(200, 30, 30)
    lines = [drawable(line) for line in stamp_lines(mark)]
    weights = [1.5 if index == 0 and len(lines) > 1 else 1.0 for index in range(len(lines))]
    frame = _frame(box, colour, mark.interior)
    if not lines:
        return frame
    room_across, room_up = max(1.0, box.width - 2 * _PADDING - 4), max(1.0, box.height - 2 * _PADDING - 2)
    widest = max(font.width(line, weight) for line, weight in zip(lines, weights, strict=True))
    size = min(room_across / max(widest, 0.01), room_up / (sum(weights) * (ASCENT + DESCENT)))
    foot = box.height - (box.height - sum(weights) * size * (ASCENT + DESCENT)) / 2
    places = []
    for line, weight in zip(lines, weights, strict=True):
        foot -= weight * size * (ASCENT + DESCENT)
        left = (box.width - font.width(line, weight * size)) / 2
        places.append((left, foot + DESCENT * weight * size, weight * size, line))
    return frame + _text(places, colour, font)


def _frame(box: Rect, border: Colour, inside: Colour | None) -> str:
    width, inset = 1.5, 1.0
    x0, y0, x1, y1 = inset, inset, max(inset, box.x1 - inset), max(inset, box.y1 - inset)
    r = min(5.0, (x1 - x0) / 2, (y1 - y0) / 2)
    k = r * (1 - _BEND)
    path = (
        f"{n(x0 + r)} {n(y0)} m {n(x1 - r)} {n(y0)} l {n(x1 - k)} {n(y0)} {n(x1)} {n(y0 + k)} {n(x1)} {n(y0 + r)} c "
        f"{n(x1)} {n(y1 - r)} l {n(x1)} {n(y1 - k)} {n(x1 - k)} {n(y1)} {n(x1 - r)} {n(y1)} c "
        f"{n(x0 + r)} {n(y1)} l {n(x0 + k)} {n(y1)} {n(x0)} {n(y1 - k)} {n(x0)} {n(y1 - r)} c "
        f"{n(x0)} {n(y0 + r)} l {n(x0)} {n(y0 + k)} {n(x0 + k)} {n(y0)} {n(x0 + r)} {n(y0)} c h"
    )
    return _stroke(border) + (_fill(inside) if inside else "") + f"{n(width)} w {path} {'B' if inside else 'S'}\n"


def _text(places: Iterable[tuple[float, float, float, str]], colour: Colour, font: MarkFont) -> str:
    """Lines of text, each at its place (left end of the base line) and size."""
    shown = (
        f"{FONT} {n(size)} Tf 1 0 0 1 {n(x)} {n(y)} Tm {font.encoded(line)} Tj\n" for x, y, size, line in places if line
    )
    return f"BT {_shades(colour)} rg\n{''.join(shown)}ET\n"
