"""Marks (annotations) on the pages of a document, and how two stations' marks of one author become one set.

Responsible for the values and the merge; editing with undo is ``model.marking``, the XFDF form ``documents.xfdf``.
All places are in page coordinates (``model.geometry``), exact to 1/10,000 point (``tidy``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum

from clerk_desktop.model.geometry import PAGE_CORNER, Point, Quad, Rect, around
from clerk_desktop.model.ids import AnnotationSetId, DocumentId, MarkId, annotation_set_id

XFDF = "http://ns.adobe.com/xfdf/"
DIGITS = 4
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
UNKNOWN_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""Of marks of other software that tell no time."""
EINGANG = "Eingang"
ERLEDIGT = "Erledigt"
KOPIE = "Kopie"
GEPRUEFT = "Geprüft"


class MarkKind(Enum):
    """Kinds of marks; the value is the XFDF element (ISO 19444-1, 6.5). ``OTHER`` is kept, not drawn, not edited."""

    HIGHLIGHT = "highlight"
    UNDERLINE = "underline"
    STRIKEOUT = "strikeout"
    NOTE = "text"
    FREE_TEXT = "freetext"
    INK = "ink"
    SQUARE = "square"
    LINE = "line"
    STAMP = "stamp"
    OTHER = "other"


class LineEnding(Enum):
    """How a line ends (ISO 32000-1, table 176)."""

    NONE = "None"
    SQUARE = "Square"
    CIRCLE = "Circle"
    DIAMOND = "Diamond"
    OPEN_ARROW = "OpenArrow"
    CLOSED_ARROW = "ClosedArrow"
    BUTT = "Butt"
    R_OPEN_ARROW = "ROpenArrow"
    R_CLOSED_ARROW = "RClosedArrow"
    SLASH = "Slash"

    @property
    def is_arrow(self) -> bool:
        """Whether the line has an arrow head at this end."""
        return self.value.endswith("Arrow")

    @property
    def is_closed_arrow(self) -> bool:
        """Whether the arrow head is a filled triangle."""
        return self in (LineEnding.CLOSED_ARROW, LineEnding.R_CLOSED_ARROW)

    @property
    def is_reversed(self) -> bool:
        """Whether the arrow head opens away from the line and so stands beyond its end."""
        return self in (LineEnding.R_OPEN_ARROW, LineEnding.R_CLOSED_ARROW)


@dataclass(frozen=True, slots=True)
class Colour:
    """Red, green, blue from 0 to 255."""

    red: int
    green: int
    blue: int


YELLOW = Colour(255, 224, 64)
RED = Colour(200, 30, 30)
BLUE = Colour(11, 92, 173)


@dataclass(frozen=True, slots=True)
class TextArea:
    """Stretches of text: what highlight, underline and strikeout cover."""

    quads: tuple[Quad, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle: note, free text, rectangle, stamp, anything else."""

    rect: Rect


@dataclass(frozen=True, slots=True)
class Strokes:
    """Freehand lines, each from pen down to pen up."""

    lines: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight line with its endings."""

    start: Point
    end: Point
    start_ending: LineEnding = LineEnding.NONE
    end_ending: LineEnding = LineEnding.NONE


Shape = TextArea | Box | Strokes | Segment


@dataclass(frozen=True, slots=True)
class ForeignElement:
    """An XML element of other software; ``tag`` and attribute names inside ``xml`` carry their namespaces."""

    tag: str
    xml: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Foreign:
    """What other software wrote on a mark and this program only keeps. Names in Clark form: ``{namespace}name``."""

    element: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[ForeignElement, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One mark. ``page`` counts from 1, 0 where other software named none; ``created`` and ``modified`` are aware, UTC.

    ``rotation`` (0, 90, 180, 270): text of the mark stands upright when the page is seen turned clockwise by it.
    ``icon`` names the look of a note or stamp; ``fields`` are the lines of a stamp by name. ``opacity`` 0 … 1,
    ``line_width`` and ``font_size`` in points. ``version`` is the document's version it was made on. ``origin`` is the
    lower left corner of the page's crop box in PDF user space, needed to hand the mark to other software.
    """

    mark_id: MarkId
    kind: MarkKind
    page: int
    shape: Shape
    author: str
    created: datetime
    modified: datetime
    text: str = ""
    subject: str = ""
    colour: Colour | None = None
    interior: Colour | None = None
    opacity: float = 1.0
    line_width: float = 1.0
    font_size: float = 10.0
    text_colour: Colour = Colour(0, 0, 0)
    rotation: int = 0
    icon: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    in_reply_to: MarkId | None = None
    flags: tuple[str, ...] = ("print",)
    version: str = ""
    origin: Point = PAGE_CORNER
    foreign: Foreign = Foreign()

    def stands_among(self, pages: int) -> bool:
        """Whether the mark stands on one of so many pages; 0: how many there are is not known."""
        return self.page > 0 and (not pages or self.page <= pages)

    @property
    def rect(self) -> Rect:
        """The smallest rectangle around the mark, line width and arrow heads included."""
        match self.shape:
            case Box(rect):
                return rect
            case TextArea(quads):
                return around(point for quad in quads for point in quad.corners)
            case Strokes(lines):
                return around((point for line in lines for point in line), self.line_width / 2)
            case Segment(start, end, first, last):
                if first.is_reversed or last.is_reversed:
                    widths = 9.5  # the wings, nine line widths long, stand beyond the end
                else:
                    widths = 0.5 if first is LineEnding.NONE and last is LineEnding.NONE else 5
                return around((start, end), self.line_width * widths)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tombstone:
    """A mark that its author deleted. ``deleted_at`` is aware, UTC."""

    mark_id: MarkId
    deleted_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnotationSet:
    """All marks of one author on one document; written only by that author. Build it with ``annotation_set``."""

    document_id: DocumentId
    author: str
    marks: tuple[Mark, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    foreign: tuple[ForeignElement, ...] = ()

    @property
    def annotation_set_id(self) -> AnnotationSetId:
        """The set's own key, the same on every station."""
        return annotation_set_id(self.document_id, self.author)

    @property
    def entries(self) -> tuple[Mark | Tombstone, ...]:
        """Marks and tombstones together."""
        return (*self.marks, *self.tombstones)

    @property
    def version(self) -> str:
        """The document's version the newest mark was made on."""
        return max(self.marks, key=_age).version if self.marks else ""

    def mark(self, mark_id: MarkId) -> Mark | None:
        """Return one mark, None where there is none (or no more)."""
        return next((mark for mark in self.marks if mark.mark_id == mark_id), None)


def annotation_set(
    document_id: DocumentId,
    author: str,
    entries: Iterable[Mark | Tombstone] = (),
    foreign: Iterable[ForeignElement] = (),
) -> AnnotationSet:
    """Return a set in its canonical order; of several entries with one id the newest stays."""
    newest: dict[MarkId, Mark | Tombstone] = {}
    for entry in entries:
        known = newest.get(entry.mark_id)
        newest[entry.mark_id] = entry if known is None else max(known, entry, key=_age)
    marks = (entry for entry in newest.values() if isinstance(entry, Mark))
    tombstones = (entry for entry in newest.values() if isinstance(entry, Tombstone))
    return AnnotationSet(
        document_id=document_id,
        author=author,
        marks=tuple(sorted(marks, key=lambda mark: (mark.page, mark.created, mark.mark_id))),
        tombstones=tuple(sorted(tombstones, key=lambda tombstone: tombstone.mark_id)),
        foreign=tuple(sorted(set(foreign), key=lambda element: (element.tag, element.xml))),
    )


def merged(one: AnnotationSet, other: AnnotationSet) -> AnnotationSet:
    """Return one set of both: per mark the newer modification or deletion wins, nothing else is dropped.

    Order and repetition do not matter (commutative, associative, idempotent), so that stations may exchange sets as
    they like. Both sets must be of one author and document.
    """
    if (one.document_id, one.author) != (other.document_id, other.author):
        raise ValueError("only sets of one author on one document can be merged")
    entries = (*one.entries, *other.entries)
    return annotation_set(one.document_id, one.author, entries, (*one.foreign, *other.foreign))


def with_entry(marks: AnnotationSet, entry: Mark | Tombstone) -> AnnotationSet:
    """Return the set with that entry in the place of an older one of the same id, whatever the times say."""
    others = (known for known in marks.entries if known.mark_id != entry.mark_id)
    return annotation_set(marks.document_id, marks.author, (*others, entry), marks.foreign)


def later(now: datetime, before: datetime | None) -> datetime:
    """Return ``now``, or just after ``before`` when this station's clock lags behind: a later edit always wins."""
    return now if before is None else max(now, before + timedelta(microseconds=1))


def last_touched(marks: AnnotationSet, mark_id: MarkId) -> datetime | None:
    """Return when the mark was last changed or deleted, None when the set never had it."""
    times = [mark.modified for mark in marks.marks if mark.mark_id == mark_id]
    times += [tombstone.deleted_at for tombstone in marks.tombstones if tombstone.mark_id == mark_id]
    return max(times, default=None)


def tidy(mark: Mark) -> Mark:
    """Return the mark as the exchange format can carry it: 1/10,000 point, no control characters."""
    return replace(
        mark,
        author=_clean(mark.author),
        text=_clean(mark.text),
        subject=_clean(mark.subject),
        icon=_clean(mark.icon),
        fields=tuple((_clean(name), _clean(value)) for name, value in mark.fields),
        shape=_tidy_shape(mark.shape),
        opacity=_rounded(min(max(mark.opacity, 0.0), 1.0)),
        line_width=_rounded(mark.line_width),
        font_size=_rounded(mark.font_size),
        origin=_tidy_point(mark.origin),
    )


def moved(shape: Shape, dx: float, dy: float) -> Shape:
    """Return the shape moved by points to the right and up."""

    def shifted(point: Point) -> Point:
        return Point(point.x + dx, point.y + dy)

    match shape:
        case Box(rect):
            return Box(Rect(rect.x0 + dx, rect.y0 + dy, rect.x1 + dx, rect.y1 + dy))
        case TextArea(quads):
            return TextArea(tuple(Quad(*(shifted(corner) for corner in quad.corners)) for quad in quads))
        case Strokes(lines):
            return Strokes(tuple(tuple(shifted(point) for point in line) for line in lines))
        case Segment():
            return replace(shape, start=shifted(shape.start), end=shifted(shape.end))


def over_words(rects: Iterable[Rect]) -> TextArea:
    """Return the text area that covers the rectangles of words, one quad per rectangle."""
    return TextArea(tuple(Quad(*rect.corners) for rect in rects))


def _age(entry: Mark | Tombstone) -> tuple[datetime, bool, str]:
    # the same instant is settled the same way on every station: a deletion first, then by content
    if isinstance(entry, Tombstone):
        return entry.deleted_at, True, ""
    return entry.modified, False, repr(entry)


def _clean(text: str) -> str:
    # XML 1.0, 2.2 (Char) and 2.11 (line ends)
    return _NOT_IN_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _rounded(number: float) -> float:
    return round(number, DIGITS) + 0.0  # no negative zero


def _tidy_point(point: Point) -> Point:
    return Point(_rounded(point.x), _rounded(point.y))


def _tidy_shape(shape: Shape) -> Shape:
    match shape:
        case Box(rect):
            return Box(Rect(_rounded(rect.x0), _rounded(rect.y0), _rounded(rect.x1), _rounded(rect.y1)))
        case TextArea(quads):
            return TextArea(tuple(Quad(*(_tidy_point(corner) for corner in quad.corners)) for quad in quads))
        case Strokes(lines):
            return Strokes(tuple(tuple(_tidy_point(point) for point in line) for line in lines))
        case Segment():
            return replace(shape, start=_tidy_point(shape.start), end=_tidy_point(shape.end))
