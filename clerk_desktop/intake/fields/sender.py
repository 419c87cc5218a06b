"""Who a letter comes from: the return address above the window, a label, the letterhead, or the signature. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clerk_desktop.intake.fields.page import POSTCODE, SALUTATION, STREET, FirstPage
from clerk_desktop.intake.lines import Line
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.suggestion import FieldSuggestion, Reason

DIVIDER = re.compile(r"\s*[•●·∙|*¦▪■◦]\s*|\s+[-–—/+«»°]\s+|\s*[,;]\s+")
LABEL = re.compile(
    r"^(?:Absender(?:in)?|Rechnungsersteller|Verk(?:ä|a)ufer|Antragsteller(?:in)?|Von|Seller)\s*:?\s*$", re.I
)
LABELLED = re.compile(
    r"^(?:Absender(?:in)?|Antragsteller(?:in)?|Rechnungsersteller|Verk(?:ä|a)ufer)\s*:\s*(?P<name>\S.+)$", re.I
)
NAME = re.compile(r"^(?:Name|Firma|Name,\s*Vorname)\s*:\s*(?P<name>\S.+)$", re.I)
NAME_LABEL = re.compile(r"^(?:Name|Firma|Name,\s*Vorname)\s*:?$", re.I)
NOT_A_NAME = re.compile(
    r"^(?:Nummer|Name\b|Anschrift|Globale\s+Nummer|GLN|Tel|Fax|Fon|E-?Mail|Datum|Seite|Page|Herrn?|Frau|Firma|An\s+(?:die|den|das)|Ihr|Unser|"
    r"www\.|http|USt|Kunden|Rechnung\s*(?:Nr|#|$)|Betreff)|@|\d{5}\s",
    re.I,
)
ORGANISATION = re.compile(
    r"(?<!\w)(?:g?GmbH|mbH|AG|KG|OHG|UG|GbR|e\.\s?V\.|eG|eK|e\.\s?K\.|SE|SARL|Inc\.?|Ltd\.?|Stiftung|Verein|Verband|"
    r"Bund|Rechtsanw(?:ä|a)lt\w*|Kanzlei|Notar\w*|Steuerberat\w*|Ingenieurb(?:ü|u)ro|Planungsb(?:ü|u)ro|Architekt\w*|"
    r"\w*[Gg]ericht|\w*amt|Finanzamt|Landrat|Kreis|\w*kreis|Bezirksregierung|Ministerium|Landesbetrieb|Polizei\w*|"
    r"Staatsanwaltschaft|\w*versicherung\w*|Versicherungs\w*|\w*kasse|\w*bank|Stadtwerke|\w*werke|\w*verein|"
    r"\w*verband|\w*betrieb|\w*schule|\w*kammer|Jobcenter|Agentur|Gemeinde|Stadt|Praxis|Klinikum|Krankenhaus|Handwerk|"
    r"Autohaus|Hausverwaltung|Immobilien|Netz|Elektro|Feuerwehr|Genossenschaft)(?!\w)"
)
RECIPIENT = re.compile(
    r"^(?:Stadt(?:verwaltung)?|Gemeinde(?:verwaltung)?|B(?:ü|u)rgermeister\w*|Der\s+B(?:ü|u)rgermeister)\b", re.I
)
UNDER_SIGNATURE = re.compile(r"^(?:gez\.?|i\.\s?[AV]\.|ppa\.?|\(|Unterschrift|Anlagen?|Anlg|Seite)", re.I)


def sender(page: FirstPage, ours: str) -> FieldSuggestion | None:
    """Propose the sender. ``ours`` is the title of the municipality that received the letter: never its sender."""
    for found in (_return_address, _labelled, _letterhead, _own_address, _signature):
        for line, start, end, name, reason, confidence in found(page):
            clean = name.strip(" ,;:|•·●-–")
            if _is_name(clean, ours):
                return FieldSuggestion(
                    field=DocumentField.SENDER,
                    value=clean,
                    confidence=round(confidence * min(1.0, 0.6 + line.confidence(start, end) / 2), 2),
                    evidence=line.evidence(reason, start, end),
                )
    return None


Found = tuple[Line, int, int, str, Reason, float]


def _return_address(page: FirstPage) -> Iterator[Found]:
    """Look for the one-line address that shows in the window of the envelope (DIN 5008, return address)."""
    for line in page.lines:
        if line.place.y0 > page.height * 0.45 or POSTCODE.search(line.text) is None:
            continue
        parts = DIVIDER.split(line.text)
        if len(parts) >= 3 and not any(character.isdigit() for character in parts[0]):
            name = parts[0]
            # "Rechtsanwälte Dr. A, B · Street 1 · 12345 Town": everything before the street is the name
            street = next((index for index, part in enumerate(parts) if STREET.search(part) or _has_digit(part)), 1)
            end = len(name)
            if street > 1:
                end = line.text.find(parts[street])
                name = line.text[:end]
            yield line, 0, max(end, 1), name, Reason.RETURN_ADDRESS, 0.9


def _labelled(page: FirstPage) -> Iterator[Found]:
    for line in page.lines:
        match = LABELLED.match(line.text)
        if match is not None:
            yield line, match.start("name"), match.end("name"), match["name"], Reason.LETTERHEAD, 0.8
        if LABEL.match(line.text):
            below, steps = page.below(line), 0
            while below is not None and steps < 4:
                named = NAME.match(below.text)
                beside = page.right_of(below) if NAME_LABEL.match(below.text) else None
                if beside is not None:
                    yield beside, 0, len(beside.text), beside.text, Reason.LETTERHEAD, 0.85
                elif named is not None:
                    yield below, named.start("name"), named.end("name"), named["name"], Reason.LETTERHEAD, 0.85
                elif not NOT_A_NAME.search(below.text):
                    yield below, 0, len(below.text), below.text, Reason.LETTERHEAD, 0.8
                below, steps = page.below(below), steps + 1


def _letterhead(page: FirstPage) -> Iterator[Found]:
    """Look for a line at the top that names an organisation; the largest letters first."""
    top = [line for line in page.lines if line.place.y0 < page.height * 0.22 and ORGANISATION.search(line.text)]
    for line in sorted(top, key=lambda line: -line.place.height):
        name = DIVIDER.split(line.text)[0]
        if ORGANISATION.search(name) and not RECIPIENT.match(name):
            yield line, 0, len(name), name, Reason.LETTERHEAD, 0.7


def _own_address(page: FirstPage) -> Iterator[Found]:
    """Look for the address of a private person: name, street, town, above the salutation; the first block."""
    limit = page.salutation
    for index, line in enumerate(page.lines):
        if (limit is not None and index >= limit) or line.place.y0 > page.height * 0.4:
            return
        if POSTCODE.match(line.text.strip()) is None:
            continue
        street = page.above(line)
        name = page.above(street) if street is not None else None
        if street is not None and name is not None and _has_digit(street.text) and not _has_digit(name.text):
            yield name, 0, len(name.text), name.text, Reason.LETTERHEAD, 0.65


def _signature(page: FirstPage) -> Iterator[Found]:
    closing = page.closing
    if closing is None:
        return
    for line in page.lines[closing + 1 : closing + 5]:
        if not UNDER_SIGNATURE.match(line.text) and not SALUTATION.match(line.text):
            yield line, 0, len(line.text), line.text, Reason.LETTERHEAD, 0.55


def _is_name(name: str, ours: str) -> bool:
    letters = sum(character.isalpha() for character in name)
    if letters < 3 or letters < len(name) * 0.6 or len(name) > 90 or NOT_A_NAME.search(name):
        return False
    return not (RECIPIENT.match(name) and (not ours or ours.casefold() in name.casefold()))


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)
