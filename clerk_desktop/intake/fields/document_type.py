"""What kind of document a letter is, by keywords in subject and text. Pure; the table is data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from clerk_desktop.intake.fields.page import FirstPage
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.suggestion import FieldSuggestion, Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class TypeRule:
    """A document type and the pattern whose words speak for it; earlier rules win where both match alike."""

    document_type: str
    pattern: str


RULES = (
    TypeRule(document_type="Widerspruch", pattern=r"widerspruch(?!slos)"),
    TypeRule(document_type="Klage", pattern=r"klage(?:schrift|erhebung|verfahren)?\b|verwaltungsgericht"),
    TypeRule(document_type="Mahnung", pattern=r"mahnung|zahlungserinnerung"),
    TypeRule(document_type="Gutschrift", pattern=r"gutschrift|stornorechnung|\bavoir\b"),
    TypeRule(document_type="Rechnung", pattern=r"\w*rechnung(?!sjahr|shof|spr)|\binvoice\b|\bfacture\b"),
    TypeRule(document_type="Kündigung", pattern=r"k(?:ü|u)ndig(?:ung|e)\b"),
    TypeRule(document_type="Beschwerde", pattern=r"beschwer(?:de|en)|l(?:ä|a)rmbel(?:ä|a)stigung"),
    TypeRule(document_type="Vollmacht", pattern=r"vollmacht\b"),
    TypeRule(document_type="Bewerbung", pattern=r"bewerbung|bewerbe mich"),
    TypeRule(document_type="Angebot", pattern=r"\bangebot\b|kostenvoranschlag"),
    TypeRule(document_type="Gutachten", pattern=r"gutachten|stellungnahme"),
    TypeRule(document_type="Antrag", pattern=r"\w*antrag\b|beantrage"),
    TypeRule(document_type="Bescheid", pattern=r"\w*bescheid\b"),
    TypeRule(document_type="Einladung", pattern=r"einladung|laden (?:wir )?sie"),
    TypeRule(document_type="Anfrage", pattern=r"\banfrage\b|bitte um auskunft|bauvoranfrage"),
    TypeRule(document_type="Bericht", pattern=r"\bbericht\b|protokoll"),
)
SURE, LIKELY, POSSIBLE = 0.85, 0.6, 0.4


def document_type(
    page: FirstPage, subject: FieldSuggestion | None, rules: Sequence[TypeRule] = RULES
) -> FieldSuggestion | None:
    """Propose the document type: a keyword in the subject counts most, then one in the upper half, then elsewhere."""
    if subject is not None:
        matches = [(match.start(), rule) for rule in rules if (match := _search(rule, subject.value))]
        if matches:
            _, rule = min(matches, key=lambda match: match[0])
            return FieldSuggestion(
                field=DocumentField.DOCUMENT_TYPE,
                value=rule.document_type,
                confidence=SURE if subject.confidence >= POSSIBLE else LIKELY,
                evidence=subject.evidence,
            )
    for upper, confidence in ((True, LIKELY), (False, POSSIBLE)):
        for rule in rules:
            for line in page.lines:
                match = _search(rule, line.text)
                if match is not None and (line.place.y0 < page.height / 2) is upper:
                    return FieldSuggestion(
                        field=DocumentField.DOCUMENT_TYPE,
                        value=rule.document_type,
                        confidence=confidence,
                        evidence=line.evidence(Reason.KEYWORD, match.start(), match.end()),
                    )
    return None


def _search(rule: TypeRule, text: str) -> re.Match[str] | None:
    return re.search(rule.pattern, text, re.IGNORECASE)
