"""The date of a letter: German spellings, chosen by the words around it and by what is plausible today. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from clerk_desktop.intake.fields.page import AROUND, RECIPIENT, FirstPage, bare
from clerk_desktop.intake.lines import Line
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.suggestion import FieldSuggestion, Reason

MONTHS = {
    "jan": 1, "feb": 2, "mär": 3, "mar": 3, "mae": 3, "apr": 4, "mai": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "okt": 10, "nov": 11, "dez": 12,
}  # fmt: skip
NUMERIC = re.compile(
    r"(?<![\d.,])(?P<day>[0-3]?\d)\s?[.,/]\s?(?P<month>[01]?\d)\s?[.,/]\s?(?P<year>(?:19|20)\d\d|\d\d)(?!\d|[.,]\d)"
)
ISO = re.compile(r"(?<![\w\-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\w\-])")
WORDED = re.compile(
    r"(?<![\d.,])(?P<day>[0-3]?\d)\s?[.,]?\s?(?P<name>Jan(?:uar)?|Feb(?:ruar)?|M(?:ä|ae|a)rz|Apr(?:il)?|Mai|Juni?|Juli?|"
    r"Aug(?:ust)?|Sept?(?:ember)?|Okt(?:ober)?|Nov(?:ember)?|Dez(?:ember)?)\.?\s?(?P<year>(?:19|20)\d\d)(?!\d)",
    re.I,
)
# Words before a date (in its row, or above its column) that say what day it is.
LABEL = re.compile(
    r"(?:^|\W)(?:Datum|Rechnungs-?datum|Briefdatum|Ausstellungsdatum|Invoice\s+Date|Date\s+de\s+facture|Datum\s+des\s+Schreibens)\W*$",
    re.I,
)
PLACE = re.compile(r"(?:^|\s)[A-ZÄÖÜ][\wäöüß\-/.() ]{2,40}(?:,\s*(?:den|am|d\.)?|\s+den)\s*$")
ISSUED = re.compile(
    r"^\W{0,3}(?:Betr\w*\W+)?(?:\w*(?:rechnung|gutschrift|bescheid|mahnung|angebot|avis|beleg|invoice)|#)\b.*\b(?:vom|von|at|issued\s+at)\W*$",
    re.I,
)
OTHER_DAY = re.compile(
    r"(?:Ihr(?:e|em|es)?\s+(?:\w+\s+){1,3}vom|(?:Schreiben|Bescheid|Antrag|Nachricht|Bestellung|Telefonat|Gespr(?:ä|a)ch|"
    r"Lieferung|Vertrag|Urteil|Beschluss|Widerspruch)\s+(?:\w+\s+)?vom|geb(?:oren)?\.?(?:\s+am)?|bis(?:\s+(?:zum|sp(?:ä|a)testens))?|"
    r"f(?:ä|a)llig|Frist|ab(?:\s+dem)?|seit(?:\s+dem)?|Liefer\S*|Leistungs\S*|Eing(?:ang|egangen)?\.?(?:\s+am)?|"
    r"zum|am|vom|Due\s+Date|until|Delivery|d'?.?ch.?ance|G(?:ü|u)ltig\s+\w*|Stand:?|Version\S*)\W*$",
    re.I,
)
BIRTH = re.compile(r"\bGeb(?:urts\S*|oren|\.)(?:\s+am)?\W*$", re.I)
RECEIPT = re.compile(r"\b(?:Eing(?:egangen|ang|\.)|E\s?I\s?N\s?G\s?A\s?N\s?G)", re.I)
OLD_DAYS = 366
ANCIENT_DAYS = 366 * 30


@dataclass(frozen=True, slots=True)
class Dated:
    """A date at a span of a line."""

    day: date
    line: Line
    start: int
    end: int


def letter_date(page: FirstPage, today: date) -> FieldSuggestion | None:
    """Propose the day a letter bears. ``today`` is the local day of receipt: no letter comes from the future."""
    rated = [(_rating(page, found, index, today), -index, found) for index, found in enumerate(_dates(page))]
    best = max((entry for entry in rated if entry[0] > 0), key=lambda entry: entry[:2], default=None)
    if best is None:
        return None
    rating, _, found = best
    return FieldSuggestion(
        field=DocumentField.LETTER_DATE,
        value=found.day.isoformat(),
        confidence=round(rating, 2),
        evidence=found.line.evidence(Reason.DATE_LINE, found.start, found.end),
    )


def dates_in(line: Line) -> Iterator[Dated]:
    """Yield the dates of a line."""
    for pattern in (NUMERIC, WORDED, ISO):
        for match in pattern.finditer(line.text):
            day = _day(match)
            if day is not None:
                yield Dated(day, line, match.start(), match.end())


def _dates(page: FirstPage) -> Iterator[Dated]:
    for line in page.lines:
        yield from dates_in(line)


def _rating(page: FirstPage, found: Dated, index: int, today: date) -> float:
    """Return how likely this is the letter's date, 0 for surely not."""
    age = (today - found.day).days
    if age < 0 or age > ANCIENT_DAYS:
        return 0.0
    before = found.line.text[: found.start]
    after = found.line.text[found.end :].strip(" .,;")
    label = _label_above(page, found) if not before.strip() else before
    stamped = label is not before and (RECEIPT.search(label) or RECIPIENT.match(bare(label)))
    if RECEIPT.search(found.line.text) or stamped or BIRTH.search(label):
        return 0.0
    if LABEL.search(label):
        rating = 0.95
    elif ISSUED.search(before):
        rating = 0.92
    elif OTHER_DAY.search(label):
        rating = 0.25
    elif PLACE.search(before.lstrip(AROUND)) and not after:
        rating = 0.93
    elif not before.strip() and not after:
        rating = 0.8 if found.line.place.y0 < page.height / 2 else 0.5
    elif found.line.place.y0 < page.height / 2.5 and not after:
        rating = 0.6
    else:
        rating = 0.35
    salutation = page.salutation
    if salutation is not None and found.line.place.y0 > page.lines[salutation].place.y0:
        rating *= 0.7
    return (
        rating * (0.85 if age > OLD_DAYS else 1.0) * min(1.0, 0.6 + found.line.confidence(found.start, found.end) / 2)
    )


def _label_above(page: FirstPage, found: Dated) -> str:
    """Return the words left of a date in its row or, in a reference line (DIN 5008), above its column."""
    row = [
        other
        for other in page.lines
        if other.place.x1 <= found.line.place.x0
        and found.line.place.x0 - other.place.x1 < 150
        and min(other.place.y1, found.line.place.y1) - max(other.place.y0, found.line.place.y0)
        > found.line.place.height / 2
    ]
    if row:
        text = max(row, key=lambda other: other.place.x1).text
        if not any(letter.isdigit() for letter in text):
            return text
    place = found.line.place_of(found.start, found.end)
    over = [
        other
        for other in page.lines
        if 0 <= place.y0 - other.place.y1 + 3 <= 16 and abs(other.place.x0 - place.x0) <= 14
    ]
    return over[0].text if over else ""


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    year = int(parts["year"])
    month = int(parts["month"]) if "month" in parts else MONTHS[parts["name"].lower()[:3]]
    try:
        return date(year if year >= 100 else 2000 + year, month, int(parts["day"]))
    except ValueError:
        return None
