"""Each kind of mark is painted in the window where the export puts it on paper, whatever way the page is turned."""

from __future__ import annotations

import io
from contextlib import closing
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QBuffer, QIODevice, QRect, Qt
from PySide6.QtGui import QImage

from clerk_desktop.documents.pdf_export import export_marks
from clerk_desktop.documents.pdf_file import PdfFile
from clerk_desktop.model.annotation import Colour, LineEnding, Mark, MarkKind, Segment
from clerk_desktop.model.geometry import Point, Rect
from clerk_desktop.model.ids import MarkId
from clerk_desktop.model.marking import AddMark
from clerk_desktop.ui.review.mark_painter import view_rect
from tests.marks import viewers
from tests.marks.values import KINDS, mark, shape_of
from tests.ui.stage import ME, Stage, press, settle
from tests.ui.test_marking import CONTROL, Desk

Box = tuple[int, int, int, int]
MARGIN = 14
ALONG = (LineEnding.OPEN_ARROW, LineEnding.CLOSED_ARROW)
REVERSED = (LineEnding.R_OPEN_ARROW, LineEnding.R_CLOSED_ARROW)


def blank(rotation: int) -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(400, 500))
        pdf.pages[0].obj.CropBox = [20, 10, 400, 500]
        pdf.pages[0].obj.Rotate = rotation
        pdf.save(target)
    return target.getvalue()


def example(kind: MarkKind, rotation: int) -> Mark:
    size = (20, 20) if kind is MarkKind.NOTE else (110, 60)
    return mark(
        kind,
        mark_id=MarkId(kind.value),
        author=ME,
        shape=shape_of(kind, Rect(120, 150, 120 + size[0], 150 + size[1])),
        rotation=rotation,
        line_width=3.0,
        colour=None if kind is MarkKind.FREE_TEXT else Colour(200, 30, 30),
        text="Eingang\n23.11.2026" if kind is MarkKind.STAMP else "Frist gewahrt",
        opacity=1.0,
    )


def pillow(image: QImage) -> Image.Image:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # Qt takes the name of a format as text
    return Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")


def inked(picture: Image.Image) -> Box | None:
    difference = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).convert("L")
    return difference.point(lambda value: 255 if value > 40 else 0).getbbox()


def painted(desk: Desk, shown: Mark) -> Box:
    """The box of ink in the window, from the mark's frame with a margin; in pixels."""
    frame = view_rect(desk.view.page_layout, 0, shown.rect).translated(desk.view.offset())
    around = frame.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN).toAlignedRect()
    image = desk.view.viewport().grab(QRect(around)).toImage()
    found = inked(pillow(image))
    assert found is not None, f"{shown.kind} is not painted"
    return found


def exported(content: bytes, shown: Mark, desk: Desk) -> Box:
    """The box of ink on the exported page at the window's scale, cut out as ``painted`` does."""
    with closing(PdfFile(content)) as source:
        whole = export_marks(source, [replace(shown, origin=source.size(1).origin)])
    page = viewers.pdfium(whole, desk.view.page_layout.scale)
    layout = desk.view.page_layout
    frame = view_rect(layout, 0, shown.rect).translated(-layout.frames[0].x, -layout.frames[0].y)
    around = frame.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN).toAlignedRect()
    found = inked(page.crop((around.left(), around.top(), around.right() + 1, around.bottom() + 1)))
    assert found is not None
    return found


@pytest.mark.parametrize("rotation", [0, 90])
@pytest.mark.parametrize("kind", KINDS)
def test_a_mark_is_painted_where_the_export_puts_it(stage: Stage, kind: MarkKind, rotation: int) -> None:
    content = blank(rotation)
    desk = Desk(stage, content)
    shown = example(kind, rotation)
    desk.stage.desk.marks.edit(desk.letter.document_id, AddMark(mark=shown))
    settle(desk.session)
    press(desk.view, Qt.Key.Key_0, CONTROL)
    settle(desk.session)
    (kept,) = desk.marks
    ours, theirs = painted(desk, kept), exported(content, kept, desk)
    assert max(abs(a - b) for a, b in zip(ours, theirs, strict=True)) <= 12, (ours, theirs)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (LineEnding.NONE, LineEnding.NONE),
        (LineEnding.OPEN_ARROW, LineEnding.NONE),
        (LineEnding.NONE, LineEnding.CLOSED_ARROW),
        (LineEnding.CLOSED_ARROW, LineEnding.OPEN_ARROW),
        (LineEnding.SQUARE, LineEnding.SLASH),
        (LineEnding.R_OPEN_ARROW, LineEnding.NONE),
        (LineEnding.NONE, LineEnding.R_CLOSED_ARROW),
        (LineEnding.R_CLOSED_ARROW, LineEnding.OPEN_ARROW),
        (LineEnding.CLOSED_ARROW, LineEnding.R_OPEN_ARROW),
    ],
)
def test_a_line_has_the_arrow_heads_that_it_says(stage: Stage, start: LineEnding, end: LineEnding) -> None:
    desk = Desk(stage, blank(0))
    shape = Segment(Point(100, 200), Point(220, 200), start, end)
    desk.stage.desk.marks.edit(
        desk.letter.document_id, AddMark(mark=replace(example(MarkKind.LINE, 0), shape=shape, line_width=2.0))
    )
    settle(desk.session)
    (kept,) = desk.marks
    frame = view_rect(desk.view.page_layout, 0, kept.rect).translated(desk.view.offset()).toAlignedRect()
    picture = pillow(desk.view.viewport().grab(frame).toImage())
    width, height = picture.size
    halves = [inked(picture.crop(box)) for box in ((0, 0, width // 2, height), (width // 2, 0, width, height))]
    alone = 2.0 * desk.view.page_layout.scale + 3
    assert [half is not None and half[3] - half[1] > alone for half in halves] == [start.is_arrow, end.is_arrow]
    ends = [desk.at(place.x, place.y).x() - frame.left() for place in (shape.start, shape.end)]
    columns = [inked(picture.crop((x, 0, x + 1, height))) for x in range(width)]
    wide = [x for x, box in enumerate(columns) if box is not None and box[3] - box[1] > alone]
    beyond = [any(x < ends[0] for x in wide), any(x > ends[1] for x in wide)]
    within = [any(ends[0] < x < width // 2 for x in wide), any(width // 2 < x < ends[1] for x in wide)]
    assert beyond == [start in REVERSED, end in REVERSED]
    assert within == [start in ALONG, end in ALONG]
