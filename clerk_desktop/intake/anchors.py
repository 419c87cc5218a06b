"""Words in a letter that say whose number stands beside or below them. Pure.

"Ihr Zeichen" in an incoming letter is *ours*, "Unser Zeichen" is the *sender's* (``paper-intake.md`` section 2, a
frequent mix-up). The reference line of DIN 5008 has its values below the words, in columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from clerk_desktop.intake.lines import Line
from clerk_desktop.model.geometry import Rect

BESIDE = 40  # characters between the word and its number, as in "Ihr Schreiben vom 12.11.2026, Nr. …"
ACROSS = 220.0  # points between the word and its number in the same row
BELOW = 30.0  # points from the word down to its number
INDENT = 14.0  # points that a value may stand left of the word above it

SIGN = (
    r"(?:Zeichen|Az\b\.?|Akten-?zeichen|Gesch(?:ä|a|ae)fts-?zeichen|Gesch\.?-?Z\.?|GZ\b\.?|"
    r"Gesch(?:ä|a|ae)fts-?n(?:umme)?r\.?|Vorgangs?-?(?:nummer|nr\.?)?)"
)
# OCR reads the capital I of "Ihr" as l or 1.
OURS = re.compile(
    rf"(?<!\w)[Il1|]hre?[mnrs]?\s?(?:{SIGN}|(?:Schreiben|Nachricht|Bescheid|Anfrage|Aufforderung)(?!\w))", re.I
)
THEIRS = re.compile(
    rf"(?<!\w)(?:Unser|Mein)(?:e|em|es|en|er)?\s?(?:{SIGN}|Nachricht(?!\w)|Schreiben(?!\w)|Referenz(?!\w))", re.I
)
PLAIN = re.compile(
    r"(?<!\w)(?:Akten-?zeichen|Az\b\.?|Gesch(?:ä|a|ae)fts-?zeichen|Gesch(?:ä|a|ae)fts-?(?:nummer|nr\.?)|GZ\b\.?|"
    r"Kassen-?zeichen|Buchungs-?zeichen|Vorgangs-?(?:nummer|nr\.?))(?!\w)",
    re.I,
)


class Whose(Enum):
    """Whose number an anchor announces."""

    OURS = "ours"
    THEIRS = "theirs"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Anchor:
    """An anchor word and where it stands."""

    whose: Whose
    line: Line
    start: int
    end: int

    @property
    def place(self) -> Rect:
        """Its place, in reading coordinates."""
        return self.line.place_of(self.start, self.end)

    @property
    def has_value(self) -> bool:
        """Whether a number follows in its own line, so that nothing is to be looked for below."""
        return any(letter.isdigit() for letter in self.line.text[self.end :])


def anchors_in(lines: Iterable[Line]) -> tuple[Anchor, ...]:
    """Return all anchors of a page. A word with its owner ("Ihr Az.") counts once, with its owner."""
    found: list[Anchor] = []
    for line in lines:
        taken: list[tuple[int, int]] = []
        for whose, pattern in ((Whose.OURS, OURS), (Whose.THEIRS, THEIRS), (Whose.UNSAID, PLAIN)):
            for match in pattern.finditer(line.text):
                if not any(match.start() < end and match.end() > start for start, end in taken):
                    taken.append(match.span())
                    found.append(Anchor(whose, line, match.start(), match.end()))
    return tuple(found)


def governing(anchors: Sequence[Anchor], line: Line, start: int, end: int) -> Anchor | None:
    """Return the anchor that a span of a line belongs to: before it, left of it in the row, or above its column."""
    before = [a for a in anchors if a.line is line and a.end <= start and start - a.end <= BESIDE]
    if before:
        return max(before, key=lambda anchor: anchor.end)
    place = line.place_of(start, end)
    row = [a for a in anchors if a.line is not line and _same_row(a.place, place) and a.place.x1 <= place.x0]
    if row:
        nearest = max(row, key=lambda anchor: anchor.place.x1)
        if place.x0 - nearest.line.place.x1 <= ACROSS and not nearest.has_value:
            return nearest
    return _above([a for a in anchors if a.line is not line and not a.has_value], place)


def _same_row(one: Rect, other: Rect) -> bool:
    return min(one.y1, other.y1) - max(one.y0, other.y0) > 0.5 * min(one.height, other.height)


def _above(anchors: Sequence[Anchor], place: Rect) -> Anchor | None:
    near = [a for a in anchors if 0 <= place.y0 - a.place.y1 + a.place.height / 2 <= BELOW]
    column = [a for a in near if a.place.x0 - INDENT <= place.x0 <= max(a.place.x1, a.line.place.x1) + INDENT]
    if not column:
        return None
    lowest = max(anchor.place.y0 for anchor in column)
    return max((a for a in column if lowest - a.place.y0 < a.place.height), key=lambda anchor: anchor.place.x0)
