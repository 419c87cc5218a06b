"""Whose reference is whose: the sender's own number, and ours as the sender wrote it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clerk_desktop.intake.anchors import Anchor, Whose, anchors_in
from clerk_desktop.intake.fields.page import FirstPage
from clerk_desktop.intake.lines import Line
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.suggestion import FieldSuggestion, Reason

VALUE = re.compile(r"^[\s:.#=]*(?P<value>[\w(][\w./\-–:()|]*(?:\s[\w./\-–:]*\d[\w./\-–:]*){0,3})")
INVOICE = re.compile(
    r"(?:Rechnungs-?(?:nummer|nr\.?)|(?:\w*rechnung|Gutschrift)\b(?:\s*\([^)]*\))*\s*(?:Nr\.?|Nummer|#)|"
    r"Beleg-?(?:nummer|nr\.?)|(?:Invoice|Avoir)\s*#?)(?!\w)",
    re.I,
)
ACCOUNT = re.compile(
    r"(?:Kunden-?(?:nummer|nr\.?)|Vertrags-?(?:nummer|nr\.?)|Versicherungs(?:schein)?-?(?:nummer|nr\.?)|"
    r"(?:Unsere\s+)?Referenz)(?!\w)",
    re.I,
)
BESIDE_ANCHOR, INVOICE_NUMBER = 0.85, 0.8


def references(page: FirstPage) -> tuple[FieldSuggestion, ...]:
    """Propose the sender's reference and ours."""
    anchors = anchors_in(page.lines)
    found = []
    theirs = next(_values(page, [a for a in anchors if a.whose is Whose.THEIRS]), None) or _invoice_number(page)
    if theirs is not None:
        found.append(_proposal(DocumentField.SENDER_REFERENCE, *theirs))
    ours = next(_values(page, [a for a in anchors if a.whose is Whose.OURS]), None)
    if ours is not None:
        found.append(_proposal(DocumentField.OUR_REFERENCE, *ours))
    return tuple(found)


Found = tuple[Line, int, int, float]


def _values(page: FirstPage, anchors: Sequence[Anchor]) -> Iterator[Found]:
    for anchor in anchors:
        value = _after(anchor.line, anchor.end)
        if value is not None:
            yield anchor.line, *value, BESIDE_ANCHOR
            continue
        if anchor.line.text[anchor.end :].strip(" :.,") and not anchor.line.text[anchor.end :].lstrip().startswith(","):
            continue
        for other in (page.right_of(anchor.line), page.below(anchor.line)):
            value = _after(other, 0) if other is not None else None
            if other is not None and value is not None:
                yield other, *value, BESIDE_ANCHOR
                break


def _invoice_number(page: FirstPage) -> Found | None:
    return _labelled(page, INVOICE) or _labelled(page, ACCOUNT)


def _labelled(page: FirstPage, label: re.Pattern[str]) -> Found | None:
    for line in page.lines:
        for match in label.finditer(line.text):
            value = _after(line, match.end())
            if value is not None:
                return line, *value, INVOICE_NUMBER
            beside = page.right_of(line)
            value = _after(beside, 0) if beside is not None and match.end() >= len(line.text) - 1 else None
            if beside is not None and value is not None:
                return beside, *value, INVOICE_NUMBER
    return None


def _after(line: Line, start: int) -> tuple[int, int] | None:
    match = VALUE.match(line.text[start:])
    if match is None or not any(character.isdigit() for character in match["value"]):
        return None
    value = match["value"].rstrip(".,:;–-(")
    # "Ihr Schreiben vom 12.11.2026" announces a day, not a number
    if re.fullmatch(r"(?:vom\s)?\d{1,2}\.\d{1,2}\.\d{2,4}", value) or value.lower().startswith("vom"):
        return None
    return start + match.start("value"), start + match.start("value") + len(value)


def _proposal(field: DocumentField, line: Line, start: int, end: int, confidence: float) -> FieldSuggestion:
    return FieldSuggestion(
        field=field,
        value=line.text[start:end],
        confidence=round(confidence * min(1.0, 0.6 + line.confidence(start, end) / 2), 2),
        evidence=line.evidence(Reason.NUMBER_BESIDE_ANCHOR, start, end),
    )
