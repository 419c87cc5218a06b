"""One XFDF element of each kind of mark (ISO 32000-2, table 171; ISO 19444-1, 6.5), and what people call it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InWords:
    """``element``: its name and what is its own; ``inside``: its children."""

    element: str
    english: str
    german: str
    inside: str = ""


_COORDS = 'coords="72,720,200,720,72,706,200,706"'
_ENDS = 'start="72,500" end="200,540"'
_VERTICES = "<vertices>72,500;200,540;90,520</vertices>"

IN_WORDS = (
    InWords(f"highlight {_COORDS}", "Highlighted text", "Markierung"),
    InWords(f"underline {_COORDS}", "Underlined text", "Unterstreichung"),
    InWords(f"strikeout {_COORDS}", "Struck-out text", "Durchstreichung"),
    InWords(f"squiggly {_COORDS}", "Squiggly underlined text", "Unterschlängelung"),
    InWords('text icon="Note"', "Note", "Notiz"),
    InWords("freetext", "Text", "Text"),
    InWords("ink", "Freehand", "Freihand", "<inklist><gesture>72,500;200,540</gesture></inklist>"),
    InWords("square", "Rectangle", "Rechteck"),
    InWords("circle", "Ellipse", "Ellipse"),
    InWords(f"line {_ENDS}", "Line", "Linie"),
    InWords(f'line {_ENDS} head="Square" tail="Slash"', "Line", "Linie"),
    InWords(f'line {_ENDS} head="None" tail="OpenArrow"', "Arrow", "Pfeil"),
    InWords(f'line {_ENDS} head="RClosedArrow"', "Arrow", "Pfeil"),
    InWords("polygon", "Polygon", "Polygon", _VERTICES),
    InWords('polygon style="cloudy" intensity="2"', "Cloud", "Wolke", _VERTICES),
    InWords('polygon IT="PolygonCloud"', "Cloud", "Wolke", _VERTICES),
    InWords("polyline", "Connected lines", "Verbundene Linien", _VERTICES),
    InWords('PolyLine tail="OpenArrow"', "Connected lines", "Verbundene Linien", _VERTICES),
    InWords('caret symbol="P"', "Inserted text", "Einfügung"),
    InWords('stamp icon="Approved"', "Stamp", "Stempel"),
    InWords('fileattachment icon="Paperclip" file="plan.pdf"', "Attached file", "Dateianhang", "<data>00</data>"),
    InWords('sound icon="Mic"', "Sound recording", "Tonaufnahme"),
    InWords(
        "link", "Link", "Link", '<OnActivation><Action><URI Name="https://town.example/"/></Action></OnActivation>'
    ),
    InWords(f'redact {_COORDS} overlay-text="§ 6"', "Marked for redaction", "Zum Schwärzen markiert"),
    InWords("popup", "Pop-up note", "Popup-Notiz"),
    InWords("movie", "Video", "Video"),
    InWords("screen", "Media content", "Medieninhalt"),
    InWords("richmedia", "Media content", "Medieninhalt"),
    InWords("widget", "Form field", "Formularfeld"),
    InWords("printermark", "Printer's mark", "Druckermarke"),
    InWords("trapnet", "Trapping", "Überfüllung"),
    InWords("watermark", "Watermark", "Wasserzeichen"),
    InWords("projection", "Projection", "Projektion"),
    InWords("unheard-of", "Mark", "Anmerkung"),
)


def element_of(words: InWords, number: int) -> str:
    """The element on the first page; ``number`` tells it from others, and places it below those of lower ones."""
    name, top = words.element.split()[0], 760 - 12 * number
    place = f'page="0" name="mark-{number:02}" title="erika" rect="300,{top - 10},420,{top}"'
    return f'<{words.element} {place} date="D:20261123070000Z">{words.inside}</{name}>'


def as_file(elements: Iterable[str]) -> bytes:
    """The elements as an XFDF file."""
    inside = "".join(elements)
    return f'<xfdf xmlns="http://ns.adobe.com/xfdf/" xml:space="preserve"><annots>{inside}</annots></xfdf>'.encode()
