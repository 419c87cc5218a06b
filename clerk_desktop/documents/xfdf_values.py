"""Numbers, colours, dates and places as XFDF writes them (ISO 19444-1, 6.4). Independent of the machine's locale."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

from clerk_desktop.model.annotation import DIGITS, Colour
from clerk_desktop.model.geometry import Point, Quad, Rect

_FARTHEST = 1_000_000.0
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(Z|[+-]\d\d)?'?(\d\d)?'?.*", re.DOTALL)
_COLOUR = re.compile(r"#([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})")
_FONT = re.compile(r"([\d.]+)\s+Tf")
_FILL = re.compile(r"([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+rg")


def number(text: str) -> float:
    """Return a number. Raises ``ValueError`` for what is none, and for places no page can have."""
    stripped = text.strip()
    if not _NUMBER.fullmatch(stripped):
        raise ValueError(f"no number: {stripped[:40]!r}")
    value = float(stripped)
    if not math.isfinite(value) or abs(value) > _FARTHEST:
        raise ValueError(f"out of range: {stripped[:40]!r}")
    return value


def numbers(text: str) -> list[float]:
    """Return the numbers of a list with commas or semicolons; empty parts (a trailing comma) are passed over."""
    return [number(part) for part in re.split(r"[,;]", text) if part.strip()]


def number_text(value: float) -> str:
    """Return a number in plain decimal notation, never with an exponent."""
    text = format(Decimal(repr(round(value, DIGITS) + 0.0)), "f")
    return text.removesuffix(".0")


def points(text: str, origin: Point) -> tuple[Point, ...]:
    """Return the points of ``x,y;x,y`` (or all commas) in page coordinates. Raises ``ValueError``."""
    values = numbers(text)
    if len(values) % 2:
        raise ValueError("an odd number of coordinates")
    return tuple(_near(x, y, origin) for x, y in zip(values[::2], values[1::2], strict=True))


def points_text(places: Iterable[Point], origin: Point, between: str) -> str:
    """Return points in PDF user space as ``x,y``, joined by ``between``."""
    return between.join(f"{number_text(place.x + origin.x)},{number_text(place.y + origin.y)}" for place in places)


def rect(text: str, origin: Point) -> Rect:
    """Return ``llx,lly,urx,ury`` in page coordinates, whatever corners were given. Raises ``ValueError``."""
    corners = points(text, origin)
    if len(corners) != 2:
        raise ValueError("not a rectangle")
    one, other = corners
    return Rect(min(one.x, other.x), min(one.y, other.y), max(one.x, other.x), max(one.y, other.y))


def rect_text(place: Rect, origin: Point) -> str:
    """Return a rectangle as ``llx,lly,urx,ury`` in PDF user space."""
    return points_text((Point(place.x0, place.y0), Point(place.x1, place.y1)), origin, ",")


def quads(text: str, origin: Point) -> tuple[Quad, ...]:
    """Return the quads of ``coords``. Raises ``ValueError``.

    Viewers write upper left, upper right, lower left, lower right; the standard draws a round trip from the lower left
    (ISO 32000-1, figure 64). Both are understood.
    """
    corners = points(text, origin)
    if not corners or len(corners) % 4:
        raise ValueError("not a list of quads")
    return tuple(_quad(*corners[index : index + 4]) for index in range(0, len(corners), 4))


def _quad(first: Point, second: Point, third: Point, fourth: Point) -> Quad:
    # row by row both edges, first to second and third to fourth, run the same way; on a round trip against each other
    if _dot(first, second, third, fourth) < 0:
        first, second, third, fourth = fourth, third, first, second
    # seen along the text, up is left of right; otherwise the lower row was given first
    if _cross(first, second, third) > 0:
        first, second, third, fourth = third, fourth, first, second
    return Quad(first, second, third, fourth)


def _dot(a: Point, b: Point, c: Point, d: Point) -> float:
    return (b.x - a.x) * (d.x - c.x) + (b.y - a.y) * (d.y - c.y)


def _cross(upper_left: Point, upper_right: Point, lower_left: Point) -> float:
    right = (upper_right.x - upper_left.x, upper_right.y - upper_left.y)
    down = (lower_left.x - upper_left.x, lower_left.y - upper_left.y)
    return right[0] * down[1] - right[1] * down[0]


def _near(x: float, y: float, origin: Point) -> Point:
    return Point(round(x - origin.x, DIGITS) + 0.0, round(y - origin.y, DIGITS) + 0.0)


def colour(text: str) -> Colour | None:
    """Return ``#RRGGBB`` as a colour, None for anything else."""
    found = _COLOUR.fullmatch(text.strip())
    return Colour(*(int(part, 16) for part in found.groups())) if found else None


def colour_text(value: Colour) -> str:
    """Return a colour as ``#RRGGBB``."""
    return f"#{value.red:02X}{value.green:02X}{value.blue:02X}"


def moment(text: str) -> datetime | None:
    """Return a PDF date (ISO 32000-1, 7.9.4) as aware UTC, None for what is none. No zone counts as UTC."""
    found = _DATE.fullmatch(text.strip())
    if not found:
        return None
    year, *rest = (int(part) if part else None for part in found.groups()[:6])
    month, day, hour, minute, second = rest
    try:
        zone = timezone(_offset(found.group(7), found.group(8)))
        local = datetime(year or 0, month or 1, day or 1, hour or 0, minute or 0, second or 0, tzinfo=zone)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _offset(hours: str | None, minutes: str | None) -> timedelta:
    if not hours or hours == "Z":
        return timedelta()
    return timedelta(hours=int(hours), minutes=int(f"{hours[0]}{minutes or 0}"))


def moment_text(at: datetime) -> str:
    """Return a PDF date in UTC, to the second."""
    at = at.astimezone(UTC)
    return f"D:{at.year:04}{at:%m%d%H%M%S}+00'00'"


def exact(text: str, coarse: datetime | None) -> datetime | None:
    """Return our own exact time where it still agrees with the standard's, to the second; else the standard's.

    Other software that edits a mark moves the standard's time and leaves ours behind.
    """
    try:
        own = datetime.fromisoformat(text).astimezone(UTC) if text else None
    except (ValueError, OverflowError):
        own = None
    if own is not None and coarse is not None and own.replace(microsecond=0) == coarse:
        return own
    return coarse


def default_appearance(font_size: float, text_colour: Colour) -> str:
    """Return font and colour of a free text (ISO 32000-1, 12.7.3.3)."""
    shades = " ".join(number_text(part / 255) for part in (text_colour.red, text_colour.green, text_colour.blue))
    return f"{shades} rg /Helv {number_text(font_size)} Tf"


def font_size(appearance: str, otherwise: float) -> float:
    """Return the size in points that a default appearance asks for."""
    found = _FONT.search(appearance)
    try:
        size = number(found.group(1)) if found else 0.0
    except ValueError:
        size = 0.0
    return round(size, DIGITS) if 0.5 <= size <= 1000 else otherwise


def text_colour(appearance: str) -> Colour:
    """Return the colour that a default appearance asks for, else black."""
    found = _FILL.search(appearance)
    try:
        return Colour(*(min(round(number(part) * 255), 255) for part in found.groups())) if found else Colour(0, 0, 0)
    except ValueError:
        return Colour(0, 0, 0)
