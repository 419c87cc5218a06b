"""What a letter is about: the labelled line, else the lines between the address and the salutation. Pure."""

from __future__ import annotations

import re
import statistics

from clerk_desktop.intake.anchors import OURS, PLAIN, THEIRS
from clerk_desktop.intake.fields.letter_date import dates_in
from clerk_desktop.intake.fields.page import POSTCODE, STREET, FirstPage
from clerk_desktop.intake.lines import Line
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.suggestion import Evidence, FieldSuggestion, Reason

LABELLED = re.compile(
    r"^\W{0,2}(?:Betreff|Betr\.?|Betrifft|Betrefi)\s*[:.]?\s+(?P<subject>\S.*)$|^\W{0,2}Betreff\s*:?$", re.I
)
TITLE = re.compile(
    r"^\W{0,3}(?P<subject>(?:\w*rechnung|Gutschrift|Mahnung|Widerspruch|Antrag|Bescheid|Einladung|Anfrage|Beschwerde|"
    r"Invoice|Avoir|Facture|Angebot|Stellungnahme|K(?:ü|u)ndigung|\w*antrag|Meldung|Anzeige)\b.*)$",
    re.I,
)
CONTACT = re.compile(
    r"\b(?:Tel(?:efon)?|Fax|E-?Mail|www\.|IBAN|BIC|USt|Steuer-?n|Mobil|Fon|Zimmer|Durchwahl|Datum)\b|@", re.I
)
CONTINUES = 1.9  # heights of a line: a line that follows so closely belongs to the same subject
MAX_LINES = 3
HEADING_LETTERS = 8
HEADING_SIZE = 1.4  # times the usual line of the page


def subject(page: FirstPage) -> FieldSuggestion | None:
    """Propose the subject."""
    return _labelled(page) or _above_salutation(page) or _title(page) or _heading(page)


def _labelled(page: FirstPage) -> FieldSuggestion | None:
    for line in page.lines:
        match = LABELLED.match(line.text)
        if match is None:
            continue
        if match["subject"]:
            rest = _following(page, line, match.start("subject"))
            return _proposal(
                [line.text[match.start("subject") :], *(other.text for other in rest)], [line, *rest], 0.95
            )
        beside = page.right_of(line) or page.below(line)
        if beside is not None:
            rest = _following(page, beside, 0)
            return _proposal([beside.text, *(other.text for other in rest)], [beside, *rest], 0.9)
    return None


def _above_salutation(page: FirstPage) -> FieldSuggestion | None:
    """Take the lines right above the salutation, as DIN 5008 puts the subject without a label."""
    at = page.salutation
    if at is None:
        return None
    greeting = page.lines[at]
    over = [
        line
        for line in page.lines[:at]
        if greeting.place.y0 - line.place.y1 < 110 and abs(line.place.x0 - greeting.place.x0) < 25
    ]
    block: list[Line] = []
    for line in reversed(over):
        if _is_no_subject(line):
            break
        if block and block[0].place.y0 - line.place.y1 > CONTINUES * line.place.height:
            break
        block.insert(0, line)
        if len(block) == MAX_LINES:
            break
    if not block:
        return None
    return _proposal([line.text for line in block], block, 0.8)


def _title(page: FirstPage) -> FieldSuggestion | None:
    for line in page.lines:
        match = TITLE.match(line.text)
        if match is not None and line.place.y0 < page.height * 0.6:
            return _proposal([match["subject"]], [line], 0.6)
    return None


def _heading(page: FirstPage) -> FieldSuggestion | None:
    """Take the heading of a page that greets nobody, as forms do: the largest letters of its upper part."""
    if page.salutation is not None:
        return None
    upper = [line for line in page.lines if line.place.y0 < page.height * 0.3 and not _is_no_subject(line)]
    worded = [line for line in upper if sum(character.isalpha() for character in line.text) >= HEADING_LETTERS]
    large = max(worded, key=lambda line: line.place.height, default=None)
    usual = statistics.median(line.place.height for line in page.lines)
    if large is None or large.place.height < HEADING_SIZE * usual:
        return None
    return _proposal([large.text], [large], 0.5)


def _following(page: FirstPage, line: Line, start: int) -> list[Line]:
    left = line.place_of(start, len(line.text)).x0
    found: list[Line] = []
    last = line
    while len(found) < MAX_LINES - 1:
        below = page.below(last, last.place.height * 0.9)
        if (
            below is None
            or _is_no_subject(below)
            or min(abs(below.place.x0 - left), abs(below.place.x0 - line.place.x0)) > 8
        ):
            break
        if page.salutation is not None and below is page.lines[page.salutation]:
            break
        found.append(below)
        last = below
    return found


def _is_no_subject(line: Line) -> bool:
    text = line.text
    if any(pattern.match(text) for pattern in (OURS, THEIRS, PLAIN)) or CONTACT.search(text):
        return True
    if POSTCODE.search(text) or re.fullmatch(r"\d{4} \w+", text) or (STREET.search(text) and len(text) < 40):
        return True
    dated = [found for found in dates_in(line) if len(text) - (found.end - found.start) < 25]
    return bool(dated) and not TITLE.match(text)


def _proposal(texts: list[str], lines: list[Line], confidence: float) -> FieldSuggestion | None:
    text = " ".join(" ".join(texts).split()).strip(" :–-|")
    if sum(character.isalpha() for character in text) < 4:
        return None
    first = lines[0].evidence(Reason.SUBJECT_LINE)
    rect = first.rect
    for line in lines[1:]:
        other = line.evidence(Reason.SUBJECT_LINE).rect
        rect = rect.joined(other) if rect is not None and other is not None else rect
    return FieldSuggestion(
        field=DocumentField.SUBJECT,
        value=text[:200],
        confidence=confidence,
        evidence=Evidence(reason=first.reason, page=first.page, line=first.line, text=text[:200], rect=rect),
    )
