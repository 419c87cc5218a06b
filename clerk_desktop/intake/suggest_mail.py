"""Proposes index data and cases for an e-mail by its head and words. Pure.

Nothing of it is certain: anybody can write any name and number into a mail, and its text quotes older ones.
"""

from __future__ import annotations

from collections.abc import Iterable

from clerk_desktop.intake.lines import Line, Spot
from clerk_desktop.intake.numbers import Hit, Likeness, NumberIndex, hits_in
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.ids import CaseId
from clerk_desktop.model.reading import Mail, Word
from clerk_desktop.model.suggestion import CaseSuggestion, Evidence, FieldSuggestion, Reason, Suggestions

SAID = 0.9
IN_SUBJECT = 0.85
IN_TEXT = 0.6
MOST_LINES = 400
MAX_CASES = 5
NOWHERE = Rect(0, 0, 0, 0)


def suggestions_of_mail(mail: Mail, index: NumberIndex) -> Suggestions:
    """Propose what the head of an e-mail says, and the cases whose numbers stand in its subject or text."""
    said = (
        (DocumentField.SENDER, mail.sender),
        (DocumentField.SUBJECT, mail.subject),
        (DocumentField.LETTER_DATE, mail.sent_on.isoformat() if mail.sent_on is not None else ""),
    )
    fields = tuple(
        FieldSuggestion(field=field, value=value, confidence=SAID, evidence=_proof(Reason.MAIL_HEADER, value))
        for field, value in said
        if value
    )
    lines = [mail.subject, *mail.text.splitlines()[:MOST_LINES]]
    found = _exact(hits_in([_line(number, text) for number, text in enumerate(lines, start=1) if text.strip()], index))
    cases: dict[CaseId, CaseSuggestion] = {}
    for hit in found:
        cases.setdefault(
            hit.known.case_id,
            CaseSuggestion(
                case_id=hit.known.case_id,
                case_number=hit.known.case_number,
                confidence=IN_SUBJECT if hit.line.number == 1 else IN_TEXT,
                evidence=_proof(Reason.MAIL_TEXT, hit.line.text[hit.start : hit.end]),
            ),
        )
    return Suggestions(cases=tuple(cases.values())[:MAX_CASES], fields=fields)


def _exact(hits: Iterable[Hit]) -> list[Hit]:
    return sorted((hit for hit in hits if hit.likeness is Likeness.EXACT), key=lambda hit: hit.line.number)


def _line(number: int, text: str) -> Line:
    """Return words that stand on no page as a line, for those who look for numbers in lines."""
    text = " ".join(text.split())
    spots, start = [], 0
    for word in text.split(" "):
        spots.append(Spot(word=Word(text=word, rect=NOWHERE, line=number), place=NOWHERE, start=start))
        start += len(word) + 1
    return Line(page=0, number=number, spots=tuple(spots), text=text, place=NOWHERE)


def _proof(reason: Reason, text: str) -> Evidence:
    return Evidence(reason=reason, page=0, line=0, text=text)
