"""Index files that scanners write beside a scan: XML of any element names, or CSV with a head. Only read, never run.

What is understood is a table of names as vendors use them, German and English; everything else is left alone, and the
file is kept with its scan. XML is read by expat without entities (no expansion, nothing fetched).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PureWindowsPath
from xml.parsers import expat

from clerk_desktop.documents.content import Content
from clerk_desktop.model.batch import IndexData
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.errors import FileRefused, RefusalReason

MAX_BYTES = 1024**2
MAX_VALUES = 20_000
LONGEST = 400
CASE, FILES = "case", "files"
NAMES: dict[str, DocumentField | str] = {
    **dict.fromkeys(("sender", "absender", "from", "einsender", "korrespondent"), DocumentField.SENDER),
    **dict.fromkeys(("subject", "betreff", "titel", "title"), DocumentField.SUBJECT),
    **dict.fromkeys(("letterdate", "briefdatum", "belegdatum", "documentdate", "datum"), DocumentField.LETTER_DATE),
    **dict.fromkeys(("documenttype", "doctype", "dokumentart", "dokumenttyp", "belegart"), DocumentField.DOCUMENT_TYPE),
    **dict.fromkeys(("senderreference", "ihrzeichen", "fremdzeichen"), DocumentField.SENDER_REFERENCE),
    **dict.fromkeys(("ourreference", "unserzeichen"), DocumentField.OUR_REFERENCE),
    **dict.fromkeys(("paperbox", "box", "kiste", "karton", "sammelkarton"), DocumentField.PAPER_BOX),
    **dict.fromkeys(("casenumber", "aktenzeichen", "az", "geschaeftszeichen", "vorgang", "vorgangsnummer"), CASE),
    **dict.fromkeys(("file", "filename", "datei", "dateiname", "image", "imagefile", "bild"), FILES),
}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def read_index(content: Content) -> IndexData:
    """Read an index file. ``FileRefused``: EMPTY, TOO_LARGE, DAMAGED where it is neither XML nor a table."""
    if len(content) == 0:
        raise FileRefused(RefusalReason.EMPTY)
    if len(content) > MAX_BYTES:
        raise FileRefused(RefusalReason.TOO_LARGE)
    data = bytes(content[:])
    plain = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    return _understood(_xml(data) if plain.startswith(b"<") or b"<\0" in data[:6] else _csv(data))


def _understood(pairs: Iterable[tuple[str, str]]) -> IndexData:
    fields: dict[DocumentField, str] = {}
    case_number, files, unusable, known = "", list[str](), list[str](), False
    for name, value in pairs:
        meaning = NAMES.get(re.sub(r"[^a-z0-9]", "", name.casefold().translate(_UMLAUTS)))
        value = " ".join(value.split())[:LONGEST]
        known = known or meaning is not None
        if meaning is None or not value:
            continue
        if meaning == FILES:
            files.append(PureWindowsPath(value).name)
        elif meaning == CASE:
            case_number = case_number or value
        elif isinstance(meaning, DocumentField):
            said = _day(value) if meaning is DocumentField.LETTER_DATE else value
            if said:
                fields.setdefault(meaning, said)
            else:
                unusable.append(name)
    if not known:
        raise FileRefused(RefusalReason.DAMAGED)
    return IndexData(
        fields=tuple(fields.items()),
        case_number=case_number,
        files=tuple(dict.fromkeys(files)),
        unusable=tuple(dict.fromkeys(unusable)),
    )


def _day(text: str) -> str:
    """Return a day in ISO 8601, "" for what is none."""
    german = _GERMAN_DAY.fullmatch(text)
    try:
        if german is not None:
            return date(int(german[3]), int(german[2]), int(german[1])).isoformat()
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return ""


def _xml(data: bytes) -> list[tuple[str, str]]:
    """Return element and attribute names with their texts; ``<field name="Betreff">`` counts as ``Betreff``."""
    pairs: list[tuple[str, str]] = []
    names: list[str] = []
    texts: list[list[str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(names) >= 64 or len(pairs) > MAX_VALUES:
            raise FileRefused(RefusalReason.DAMAGED)
        named = attributes.get("name") or attributes.get("Name") or attributes.get("key") or ""
        if named and "value" in attributes:
            pairs.append((named, attributes["value"]))
        names.append(named or tag.rpartition(":")[2])
        texts.append([])
        pairs.extend(attributes.items())

    def end(_: str) -> None:
        pairs.append((names.pop(), "".join(texts.pop())))

    def words(text: str) -> None:
        if texts:
            texts[-1].append(text)

    def refuse(*_: object) -> int:
        raise FileRefused(RefusalReason.DAMAGED)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = words
    parser.EntityDeclHandler = parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as broken:
        raise FileRefused(RefusalReason.DAMAGED) from broken
    return pairs


def _csv(data: bytes) -> Iterator[tuple[str, str]]:
    """Return each cell with the name in the head of its column."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")  # what German scanners write that know no UTF-8
    if "\0" in text:
        raise FileRefused(RefusalReason.DAMAGED)
    head = text.partition("\n")[0]
    delimiter = max(";,\t|", key=head.count)
    try:
        for number, row in enumerate(csv.DictReader(io.StringIO(text), delimiter=delimiter, restkey="")):
            if number > MAX_VALUES:
                raise FileRefused(RefusalReason.DAMAGED)
            yield from ((name, cell) for name, cell in row.items() if name and isinstance(cell, str))
    except csv.Error as broken:
        raise FileRefused(RefusalReason.DAMAGED) from broken
