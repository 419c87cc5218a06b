"""Who a letter comes from: the return address above the window, a label, the letterhead, or the signature. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clerk_desktop.intake.fields.page import POSTCODE, RECIPIENT, SALUTATION, STREET, FirstPage, bare
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
MAYOR = re.compile(r"^(?:Der\s+|Die\s+)?B(?:ü|u)rgermeister\w*$", re.I)
SURNAME_FIRST = re.compile(r"(?:^|[\s:])Name,\s*Vorname\b", re.I)
SURNAME = re.compile(r"^(?:\d{1,2}\s+)?(?:Name|Familienname)$", re.I)
FORENAME = re.compile(r"^(?:\d{1,2}\s+)?Vornamen?(?:\(n\))?$", re.I)
MAIL_ADDRESS = re.compile(r"\s*[<\[(]?[\w.+-]+@[\w.-]+[>\])]?")
LOWER_FROM = 5  # letters: shorter words in capitals are abbreviations
UNDER_SIGNATURE = re.compile(r"^(?:gez\.?|i\.\s?[AV]\.|ppa\.?|\(|Unterschrift|Anlagen?|Anlg|Seite)", re.I)


Found = tuple[Line, int, int, str, Reason, float]


def sender(page: FirstPage, ours: str) -> FieldSuggestion | None:
    """Propose the sender. ``ours`` is the title of the municipality that received the letter: never its sender."""
    addressed = page.addressed(ours)
    for found in (_return_address, _labelled, _letterhead, _over_address, _own_address, _on_form, _signature):
        for line, start, end, name, reason, confidence in found(page, addressed):
            clean = _spoken(bare(MAIL_ADDRESS.sub("", name)))
            if page.lines.index(line) not in addressed and _is_name(clean, ours):
                return FieldSuggestion(
                    field=DocumentField.SENDER,
                    value=clean,
                    confidence=round(confidence * min(1.0, 0.6 + line.confidence(start, end) / 2), 2),
                    evidence=line.evidence(reason, start, end),
                )
    return None


def _return_address(page: FirstPage, addressed: frozenset[int]) -> Iterator[Found]:
    """Look for the one-line address that shows in the window of the envelope (DIN 5008, return address).

    It stands right above the address; the same words in the letterhead come after it.
    """
    limit = page.height * 0.45
    if page.salutation is not None:
        limit = min(limit, page.lines[page.salutation].place.y0)
    ours = min((page.lines[index].place.y0 for index in addressed), default=0.0)
    lines = [line for line in page.lines if line.place.y0 < limit and POSTCODE.search(line.text)]
    for line in sorted(lines, key=lambda line: abs(ours - line.place.y1) if ours else 0.0):
        parts = DIVIDER.split(line.text)
        street = next((index for index, part in enumerate(parts) if STREET.search(part) or _has_digit(part)), 1)
        if street and len(parts) > 1 and not _has_digit(parts[0]):
            # "Rechtsanwälte Dr. A, B · Street 1 · 12345 Town": everything before the street is the name
            end = line.text.find(parts[street]) if street > 1 else len(parts[0])
            yield line, 0, max(end, 1), line.text[:end], Reason.RETURN_ADDRESS, 0.9


def _labelled(page: FirstPage, addressed: frozenset[int]) -> Iterator[Found]:
    for line in page.lines:
        match = LABELLED.match(line.text)
        if match is not None:
            yield line, match.start("name"), match.end("name"), match["name"], Reason.LETTERHEAD, 0.8
        if LABEL.match(line.text):
            value = page.right_of(line)
            if value is not None and not NOT_A_NAME.search(MAIL_ADDRESS.sub("", value.text)):
                yield value, 0, len(value.text), value.text, Reason.LETTERHEAD, 0.85
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


def _letterhead(page: FirstPage, addressed: frozenset[int]) -> Iterator[Found]:
    """Look for a line at the top that names an organisation; the largest letters first."""
    top = [line for line in page.lines if line.place.y0 < page.height * 0.22 and _organisation(line.text)]
    for line in sorted(top, key=lambda line: -line.place.height):
        name = DIVIDER.split(line.text)[0]
        if _organisation(name) and not RECIPIENT.match(bare(name)):
            yield line, 0, len(name), name, Reason.LETTERHEAD, 0.7


def _over_address(page: FirstPage, addressed: frozenset[int]) -> Iterator[Found]:
    """Look for a line at the top with a whole address right below it."""
    for line in page.lines:
        if line.place.y0 > page.height * 0.15 or _has_digit(line.text):
            continue
        below = page.below(line)
        if below is not None and POSTCODE.search(below.text) and STREET.search(below.text):
            yield line, 0, len(line.text), line.text, Reason.LETTERHEAD, 0.65


def _on_form(page: FirstPage, addressed: frozenset[int]) -> Iterator[Found]:
    """Look for the names in the fields of a form: who fills it in stands first, children have no "Name, Vorname"."""
    for line in page.lines:
        value = page.below(line)
        if value is not None and SURNAME_FIRST.search(line.text):
            surname, _, forename = value.text.partition(",")
            yield value, 0, len(value.text), f"{forename.strip()} {surname.strip()}", Reason.LETTERHEAD, 0.6
    for line in page.lines:
        surname_line, beside = page.below(line), page.right_of(line)
        if SURNAME.match(line.text) and surname_line is not None and beside is not None and FORENAME.match(beside.text):
            forename_line = page.below(beside)
            if forename_line is not None:
                name = f"{forename_line.text} {surname_line.text}"
                yield surname_line, 0, len(surname_line.text), name, Reason.LETTERHEAD, 0.6


def _own_address(page: FirstPage, addressed: frozenset[int]) -> Iterator[Found]:
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


def _signature(page: FirstPage, addressed: frozenset[int]) -> Iterator[Found]:
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
    if MAYOR.match(name):
        return False
    return not (RECIPIENT.match(name) and (not ours or ours.casefold() in name.casefold()))


def _organisation(text: str) -> bool:
    return bool(ORGANISATION.search(text.title() if text.isupper() else text))


def _spoken(name: str) -> str:
    """Write a name in capitals as it is written in a sentence."""
    if not name.isupper():
        return name
    return " ".join(word.title() if len(word) >= LOWER_FROM else word for word in name.split())


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)
