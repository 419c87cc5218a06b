"""The first page of a letter, as the proposals for index fields see it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from clerk_desktop.intake.lines import Line, lines_of, page_height, page_width
from clerk_desktop.model.reading import PageReading

SALUTATION = re.compile(
    r"^\W{0,2}(?:Sehr\s+geehrte|Sehr\s+verehrte|Guten\s+(?:Tag|Morgen|Abend)|Liebe[rs]?\s|Hallo\b|Werte[rs]?\s|"
    r"Verehrte|Dear\b)",
    re.I,
)
CLOSING = re.compile(
    r"^\W{0,2}(?:Mit\s+(?:freundliche[nm]|besten|den\s+besten|herzlichen)\s+(?:Gr(?:ü|u|ue)(?:ß|ss|B)|Empfehlung)|"
    r"Freundliche\s+Gr|Hochachtungsvoll|Beste\s+Gr|Viele\s+Gr|Herzliche\s+Gr|Mit\s+kollegialen|I\.\s?A\.)",
    re.I,
)
POSTCODE = re.compile(r"(?<![\w.])(?:D(?:E)?[\s\-–]{1,3})?(?P<code>\d{5})\s+(?P<town>[A-ZÄÖÜ][\wäöüß.\-/ ]+)")
STREET = re.compile(
    r"(?:(?:str(?:a(?:ß|ss|B)e|\.)?|weg|platz|allee|gasse|ring|damm|ufer|markt|hof|berg|chaussee|steig|pfad|wall|"
    r"stieg|winkel|grund|kamp|bahn|anger|graben|feld|tor|garten|aue|hang|turm|park|h(?:ö|o)he)\s+"
    r"|Postfach\s+|(?:Am|An\s+der|An\s+den|Auf\s+de[mr]|Im|In\s+der|Zum|Zur|Unter\s+den)\s+\w+(?:\s\w+)?\s+)"
    r"\d{1,4}\s?[a-z]?\b",
    re.I,
)


RECIPIENT = re.compile(
    r"^(?:(?:An\s+(?:die|den|das)\s+)?(?:Stadt(?:verwaltung)?|Gemeinde(?:verwaltung)?)|(?:Der\s+|Die\s+)?B(?:ü|u)rgermeister\w*)\b",
    re.I,
)
ADDRESS_LINES = 6
ADDRESS_STEP = 14.0  # points between the lines of an address, at most
ADDRESS_INDENT = 14.0
AROUND = " \t,;:|•·●©®\"'`´‘’‚“”„~_=*.-–—"


def bare(text: str) -> str:
    """Return a line without the specks that recognition puts around it."""
    return text.strip(AROUND)


def _away_from(line: Line, first: Line) -> bool:
    return abs(line.place.x0 - first.place.x0) > ADDRESS_INDENT


@dataclass(frozen=True, slots=True)
class FirstPage:
    """Lines of the first page from top to bottom, and how large it is, in points, as held for reading."""

    lines: tuple[Line, ...]
    width: float
    height: float

    @property
    def salutation(self) -> int | None:
        """Index of the line with the salutation."""
        return next((index for index, line in enumerate(self.lines) if SALUTATION.search(line.text)), None)

    @property
    def closing(self) -> int | None:
        """Index of the last line that closes the letter."""
        found = [index for index, line in enumerate(self.lines) if CLOSING.search(line.text)]
        return found[-1] if found else None

    def addressed(self, ours: str) -> frozenset[int]:
        """Return the indices of the lines that address the letter to us: our name and what stands below it, down to
        the town. ``ours``: the title of the municipality; nothing is found without one.
        """
        found: set[int] = set()
        for line in self.lines:
            if not ours or not (RECIPIENT.match(bare(line.text)) and ours.casefold() in line.text.casefold()):
                continue
            block: Line | None = line
            for _ in range(ADDRESS_LINES):
                if block is None or (block is not line and _away_from(block, line)):
                    break
                found.add(self.lines.index(block))
                if POSTCODE.search(block.text):
                    break
                block = self.below(block, ADDRESS_STEP)
        return frozenset(found)

    def below(self, line: Line, distance: float = 24.0) -> Line | None:
        """Return the nearest line under a line, in its column, not farther than ``distance`` points."""
        under = [
            other
            for other in self.lines
            if other.place.y0 - line.place.y0 > 0
            and other.place.y0 - line.place.y1 <= distance
            and other.place.y0 >= line.place.y1 - line.place.height / 2
            and other.place.x0 < line.place.x1
            and other.place.x1 > line.place.x0
        ]
        return min(under, key=lambda other: other.place.y0, default=None)

    def above(self, line: Line, distance: float = 12.0) -> Line | None:
        """Return the nearest line over a line that begins where it begins, not farther than ``distance`` points."""
        over = [
            other
            for other in self.lines
            if other.place.y0 < line.place.y0
            and line.place.y0 - other.place.y1 <= distance
            and abs(other.place.x0 - line.place.x0) <= 12
        ]
        return max(over, key=lambda other: other.place.y0, default=None)

    def right_of(self, line: Line) -> Line | None:
        """Return the next line in the same row."""
        row = [
            other
            for other in self.lines
            if other.place.x0 >= line.place.x1
            and min(other.place.y1, line.place.y1) - max(other.place.y0, line.place.y0) > line.place.height / 2
        ]
        return min(row, key=lambda other: other.place.x0, default=None)


def first_page(pages: Sequence[PageReading]) -> FirstPage | None:
    """Return the first page that bears text."""
    for page in pages:
        lines = lines_of(page)
        if lines:
            return FirstPage(lines=lines, width=page_width(page), height=page_height(page))
    return None
