"""How people tell marks apart and what they call them, as English sources; ``system.texts`` translates them."""

from __future__ import annotations

from enum import Enum

from clerk_desktop.model.annotation import XFDF, LineEnding, Mark, MarkKind, Segment
from clerk_desktop.model.texts import N_


class MarkSort(Enum):
    """A mark's kind as PDF readers name it: the kinds of ISO 32000-2, table 171, that have a place in XML.

    The value is the XFDF element (ISO 19444-1, 6.5), in small letters. What one element is used for twice has a value
    that no element can have.
    """

    HIGHLIGHT = "highlight"
    UNDERLINE = "underline"
    STRIKEOUT = "strikeout"
    SQUIGGLY = "squiggly"
    NOTE = "text"
    FREE_TEXT = "freetext"
    INK = "ink"
    SQUARE = "square"
    CIRCLE = "circle"
    LINE = "line"
    ARROW = "line with a head"
    POLYGON = "polygon"
    CLOUD = "polygon with a cloudy edge"
    POLYLINE = "polyline"
    CARET = "caret"
    STAMP = "stamp"
    FILE = "fileattachment"
    SOUND = "sound"
    LINK = "link"
    REDACT = "redact"
    POPUP = "popup"
    MOVIE = "movie"
    SCREEN = "screen"
    RICH_MEDIA = "richmedia"
    WIDGET = "widget"
    PRINTER_MARK = "printermark"
    TRAP_NET = "trapnet"
    WATERMARK = "watermark"
    PROJECTION = "projection"
    UNKNOWN = ""


NAMES = {
    MarkSort.HIGHLIGHT: N_("Highlighted text"),
    MarkSort.UNDERLINE: N_("Underlined text"),
    MarkSort.STRIKEOUT: N_("Struck-out text"),
    MarkSort.SQUIGGLY: N_("Squiggly underlined text"),
    MarkSort.NOTE: N_("Note"),
    MarkSort.FREE_TEXT: N_("Text"),
    MarkSort.INK: N_("Freehand"),
    MarkSort.SQUARE: N_("Rectangle"),
    MarkSort.CIRCLE: N_("Ellipse"),
    MarkSort.LINE: N_("Line"),
    MarkSort.ARROW: N_("Arrow"),
    MarkSort.POLYGON: N_("Polygon"),
    MarkSort.CLOUD: N_("Cloud"),
    MarkSort.POLYLINE: N_("Connected lines"),
    MarkSort.CARET: N_("Inserted text"),
    MarkSort.STAMP: N_("Stamp"),
    MarkSort.FILE: N_("Attached file"),
    MarkSort.SOUND: N_("Sound recording"),
    MarkSort.LINK: N_("Link"),
    MarkSort.REDACT: N_("Marked for redaction"),
    MarkSort.POPUP: N_("Pop-up note"),
    MarkSort.MOVIE: N_("Video"),
    MarkSort.SCREEN: N_("Media content"),
    MarkSort.RICH_MEDIA: N_("Media content"),
    MarkSort.WIDGET: N_("Form field"),
    MarkSort.PRINTER_MARK: N_("Printer's mark"),
    MarkSort.TRAP_NET: N_("Trapping"),
    MarkSort.WATERMARK: N_("Watermark"),
    MarkSort.PROJECTION: N_("Projection"),
    MarkSort.UNKNOWN: N_("Mark"),
}
_BY_ELEMENT = {sort.value: sort for sort in MarkSort if sort.value.isalpha()}
_ARROW_HEADS = frozenset(ending.value for ending in LineEnding if ending.is_arrow)


def sort_of(mark: Mark) -> MarkSort:
    """Return what a mark is to people, also where this program only keeps it."""
    foreign = mark.kind is MarkKind.OTHER
    sort = _BY_ELEMENT.get(_element(mark) if foreign else mark.kind.value, MarkSort.UNKNOWN)
    match sort:
        case MarkSort.LINE if _has_head(mark):
            return MarkSort.ARROW
        case MarkSort.POLYGON if _is_cloudy(mark):
            return MarkSort.CLOUD
        case _:
            return sort


def name_of(mark: Mark) -> str:
    """Return what people call a mark, as an English source."""
    return NAMES[sort_of(mark)]


def _element(mark: Mark) -> str:
    namespace, _, local = mark.foreign.element.rpartition("}")
    return local.lower() if namespace == "{" + XFDF else ""  # the standard itself writes polyline and PolyLine


def _has_head(mark: Mark) -> bool:
    if isinstance(mark.shape, Segment):
        return mark.shape.start_ending.is_arrow or mark.shape.end_ending.is_arrow
    kept = dict(mark.foreign.attributes)
    return not _ARROW_HEADS.isdisjoint((kept.get("head"), kept.get("tail")))


def _is_cloudy(mark: Mark) -> bool:
    kept = dict(mark.foreign.attributes)
    return kept.get("style") == "cloudy" or "PolygonCloud" in (kept.get("intent"), kept.get("IT"))
