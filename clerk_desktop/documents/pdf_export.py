"""A PDF with marks as standard annotations that carry their own appearance (ISO 32000-2, 12.5), or burnt in.

The source is never changed; what it already holds is kept, its own annotations included. Signed files are refused:
writing would break the signature. The look of a mark is ``documents.appearance``.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from clerk_desktop.documents.appearance import drawing, n, stamp_lines
from clerk_desktop.documents.inspection import is_signed
from clerk_desktop.documents.mark_font import FONT, MarkFont
from clerk_desktop.documents.pdf_file import PdfFile
from clerk_desktop.documents.xfdf_values import default_appearance, moment_text
from clerk_desktop.model.annotation import (
    Box,
    Colour,
    Mark,
    MarkKind,
    Segment,
    Strokes,
    TextArea,
    moved,
)
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.exchange import LeftOut
from clerk_desktop.model.geometry import Point, Rect
from clerk_desktop.model.ids import MarkId

_SUBTYPES = {
    MarkKind.HIGHLIGHT: Name.Highlight,
    MarkKind.UNDERLINE: Name.Underline,
    MarkKind.STRIKEOUT: Name.StrikeOut,
    MarkKind.NOTE: Name.Text,
    MarkKind.FREE_TEXT: Name.FreeText,
    MarkKind.INK: Name.Ink,
    MarkKind.SQUARE: Name.Square,
    MarkKind.LINE: Name.Line,
    MarkKind.STAMP: Name.Stamp,
}
# ISO 32000-2, table 167
_FLAGS = {
    "invisible": 1,
    "hidden": 2,
    "print": 4,
    "nozoom": 8,
    "norotate": 16,
    "noview": 32,
    "readonly": 64,
    "locked": 128,
    "togglenoview": 256,
}
_PRINT, _NOTE = 4, 28


def export_marks(source: PdfFile, marks: Iterable[Mark], *, flatten: bool = False) -> bytes:
    """Return the PDF with the marks; those on pages that the file does not have, and unknown kinds, stay out.

    ``FileRefused``: SIGNED, DAMAGED.
    """
    if is_signed(source.pikepdf):
        raise FileRefused(RefusalReason.SIGNED)
    wanted = [mark for mark in _on_its_pages(source, marks) if mark.kind in _SUBTYPES]
    font = MarkFont(text for mark in wanted for text in (mark.text, *stamp_lines(mark)))
    try:
        with pikepdf.open(io.BytesIO(_copy(source.pikepdf))) as pdf:
            _Writer(pdf, source, font).put(wanted)
            if flatten:
                pdf.flatten_annotations("all")
            return _copy(pdf)
    except (pikepdf.PdfError, RuntimeError) as broken:
        raise FileRefused(RefusalReason.DAMAGED) from broken


def left_out(source: PdfFile, marks: Sequence[Mark]) -> LeftOut:
    """Return how many of these marks ``export_marks`` leaves out, and why."""
    there = _on_its_pages(source, marks)
    foreign = sum(mark.kind not in _SUBTYPES for mark in there)
    return LeftOut(astray=len(marks) - len(there), foreign=foreign)


def _on_its_pages(source: PdfFile, marks: Iterable[Mark]) -> list[Mark]:
    return [mark for mark in marks if 1 <= mark.page <= len(source)]


class _Writer:
    """Puts annotations on the pages of one copy."""

    def __init__(self, pdf: pikepdf.Pdf, source: PdfFile, font: MarkFont) -> None:
        self._pdf = pdf
        self._source = source
        self._font = font
        self._font_object = font.embedded(pdf)

    def put(self, marks: Iterable[Mark]) -> None:
        """Put the marks on their pages, and link replies to what they answer on the same page."""
        written: dict[tuple[int, MarkId], pikepdf.Object] = {}
        ordered = list(marks)
        for mark in ordered:
            page = self._pdf.pages[mark.page - 1]
            annotation = self._pdf.make_indirect(self._annotation(mark, page))
            annots = page.obj.get("/Annots")
            known = list(annots) if isinstance(annots, Array) else []
            page.obj.Annots = Array([*known, annotation])
            written[mark.page, mark.mark_id] = annotation
        for mark in ordered:
            parent = written.get((mark.page, mark.in_reply_to)) if mark.in_reply_to else None
            if parent is not None and mark.in_reply_to != mark.mark_id:
                answer = written[mark.page, mark.mark_id]
                answer.IRT, answer.RT = parent, Name.R
                answer.F = int(answer.F) | _FLAGS["hidden"]  # told beside what it answers, not drawn over that

    def _annotation(self, mark: Mark, page: pikepdf.Page) -> Dictionary:
        corner = self._source.crop_box(mark.page)
        placed = replace(mark, shape=moved(mark.shape, corner.x0, corner.y0))
        if mark.kind is MarkKind.NOTE:
            anchor = _anchored(placed.rect, self._source.rotation(mark.page))
            placed = replace(placed, shape=Box(anchor), rotation=0)
        rect = placed.rect
        annotation = Dictionary(
            Type=Name.Annot,
            Subtype=_SUBTYPES[mark.kind],
            Rect=_numbers((rect.x0, rect.y0, rect.x1, rect.y1)),
            P=page.obj,
            NM=String(mark.mark_id),
            M=_moment(mark.modified),
            CreationDate=_moment(mark.created),
            T=String(mark.author),
            F=_flags(mark),
            CA=_number(mark.opacity),
            AP=Dictionary(N=self._appearance(placed)),
        )
        for key, text in (("/Contents", mark.text), ("/Subj", mark.subject)):
            if text:
                annotation[key] = String(text)
        if mark.colour is not None:
            annotation.C = _colour(mark.colour)
        if mark.interior is not None and mark.kind in (MarkKind.SQUARE, MarkKind.LINE):
            annotation.IC = _colour(mark.interior)
        _add_place(annotation, placed)
        _add_own(annotation, mark)
        return annotation

    def _appearance(self, mark: Mark) -> pikepdf.Object:
        """Return the drawing as a form in user space: its box is the annotation's rectangle, nothing is scaled."""
        rect = mark.rect
        graphics = Dictionary(Type=Name.ExtGState, ca=_number(mark.opacity), CA=_number(mark.opacity), AIS=False)
        if mark.kind is MarkKind.HIGHLIGHT:
            graphics.BM = Name.Multiply
        content = "/Look gs\n" + drawing(mark, mark.shape, self._font)
        form = Stream(self._pdf, content.encode("ascii"))
        form.Type = Name.XObject
        form.Subtype = Name.Form
        form.FormType = 1
        form.BBox = _numbers((rect.x0, rect.y0, rect.x1, rect.y1))
        form.Resources = Dictionary(
            ExtGState=Dictionary({"/Look": graphics}),
            Font=Dictionary({FONT: self._font_object}),
        )
        return self._pdf.make_indirect(form)


def _add_place(annotation: Dictionary, mark: Mark) -> None:
    match mark.shape:
        case TextArea(quads):
            annotation.QuadPoints = _points(corner for quad in quads for corner in quad.corners)
        case Strokes(lines):
            annotation.InkList = Array([_points(line) for line in lines])
        case Segment(start, end, first, last):
            annotation.L = _points((start, end))
            annotation.LE = Array([Name(f"/{first.value}"), Name(f"/{last.value}")])
        case Box():
            pass
    if mark.kind in (MarkKind.INK, MarkKind.LINE, MarkKind.SQUARE, MarkKind.FREE_TEXT):
        annotation.BS = Dictionary(Type=Name.Border, W=_number(mark.line_width), S=Name.S)


def _add_own(annotation: Dictionary, mark: Mark) -> None:
    """Add the keys that only one kind has (ISO 32000-2, 12.5.6)."""
    match mark.kind:
        case MarkKind.NOTE:
            annotation.Name = Name(f"/{mark.icon}") if mark.icon.isalnum() and mark.icon.isascii() else Name.Note
            annotation.Open = False
        case MarkKind.FREE_TEXT:
            annotation.DA = String(default_appearance(mark.font_size, mark.text_colour))
            annotation.Q = 0
            annotation.IT = Name.FreeText
        case MarkKind.STAMP:
            annotation.Name = Name(f"/{mark.icon}") if mark.icon.isalnum() and mark.icon.isascii() else Name.Stamp
        case _:
            pass


def _flags(mark: Mark) -> int:
    flags = _NOTE if mark.kind is MarkKind.NOTE else _PRINT
    for name in mark.flags:
        flags |= _FLAGS.get(name, 0)
    return flags


def _anchored(rect: Rect, page_rotation: int) -> Rect:
    """Return where to put a note so that it is seen at ``rect``.

    A note never turns with its page, but stands upright beside the upper left corner of its rectangle (ISO 32000-1,
    12.5.6.4). pdf.js turns it all the same and shows it, on a turned page, one icon's size away.
    """
    match page_rotation:
        case 90:
            x, y, width, height = rect.x0, rect.y0, rect.height, rect.width
        case 180:
            x, y, width, height = rect.x1, rect.y0, rect.width, rect.height
        case 270:
            x, y, width, height = rect.x1, rect.y1, rect.height, rect.width
        case _:
            return rect
    return Rect(x, y - height, x + width, y)


def _number(value: float) -> pikepdf.Object:
    return pikepdf.Object.parse(n(value).encode("ascii"))


def _numbers(values: Iterable[float]) -> Array:
    return Array([_number(value) for value in values])


def _points(points: Iterable[Point]) -> Array:
    return _numbers(value for point in points for value in (point.x, point.y))


def _colour(colour: Colour) -> Array:
    return _numbers(part / 255 for part in (colour.red, colour.green, colour.blue))


def _moment(at: datetime) -> String:
    return String(moment_text(at))


def _copy(pdf: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(target, encryption=False, deterministic_id=True)
    return target.getvalue()
