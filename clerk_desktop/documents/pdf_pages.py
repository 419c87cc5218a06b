"""New PDFs of picked pages: images untouched, invisible text under them. The same input gives the same bytes.

The same bytes matter: a step that a crash interrupted is repeated, and the upload is recognised by its hash.
"""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from clerk_desktop.documents.content import Content
from clerk_desktop.documents.image_file import ImageFile
from clerk_desktop.documents.pdf_file import PdfFile
from clerk_desktop.documents.pdf_images import image_object
from clerk_desktop.documents.text_layer import FONT, TextFont, layer
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.geometry import Point
from clerk_desktop.model.jobs import ComposePdf, PickedPage

_PRODUCER = "clerk-desktop"
_SCREEN_DPI = 72  # what programs write that know nothing better


def compose_from_pdf(source: PdfFile, job: ComposePdf) -> bytes:
    """Return a PDF of the picked pages. ``FileRefused``: UNREADABLE for a page that is not there, DAMAGED.

    All pages in their order: everything else in the file (forms, attachments, outline, metadata) is kept as well.
    """
    for picked in job.pages:
        if not 1 <= picked.number <= len(source):
            raise FileRefused(RefusalReason.UNREADABLE)
    try:
        if [picked.number for picked in job.pages] == list(range(1, len(source) + 1)):
            with pikepdf.open(io.BytesIO(_copy(source.pikepdf))) as whole:
                return _finished(whole, source, job)
        with pikepdf.new() as part:
            for picked in job.pages:
                part.pages.append(source.page(picked.number))
            return _finished(part, source, job)
    except (pikepdf.PdfError, RuntimeError) as broken:
        raise FileRefused(RefusalReason.DAMAGED) from broken


def compose_from_image(content: Content, source: ImageFile, job: ComposePdf) -> bytes:
    """Return a PDF of the picked pages of an image file, its data passed on as they are. ``FileRefused``: DAMAGED."""
    with pikepdf.new() as pdf:
        for picked in job.pages:
            append_image(pdf, content, source, picked.number)
        font = TextFont(word for picked in job.pages for word in picked.words)
        shared = font.embedded(pdf)
        for page, picked in zip(pdf.pages, job.pages, strict=True):
            _put_under(page, picked, font, shared, Point(0, 0), int(page.obj.get("/Rotate", 0)))
        _name(pdf, job.title)
        return saved(pdf)


def _finished(pdf: pikepdf.Pdf, source: PdfFile, job: ComposePdf) -> bytes:
    font = TextFont(word for picked in job.pages for word in picked.words)
    shared = font.embedded(pdf) if any(picked.words for picked in job.pages) else None
    for page, picked in zip(pdf.pages, job.pages, strict=True):
        corner = source.crop_box(picked.number)
        _put_under(page, picked, font, shared, Point(corner.x0, corner.y0), source.rotation(picked.number))
    _name(pdf, job.title)
    return saved(pdf)


def _put_under(
    page: pikepdf.Page, picked: PickedPage, font: TextFont, shared: pikepdf.Object | None, origin: Point, rotation: int
) -> None:
    """Put the words under everything else on the page, where no state of the page's own content reaches them."""
    turn = (rotation + picked.turned) % 360
    if picked.turned:
        page.obj.Rotate = turn
    if picked.words and shared is not None:
        page.add_resource(shared, Name.Font, Name(FONT))
        page.contents_add(layer(picked.words, font, turn, origin), prepend=True)


def append_image(pdf: pikepdf.Pdf, content: Content, source: ImageFile, number: int, *, dpi: int = 0) -> None:
    """Append a picture as a page. ``dpi``: of one that does not tell, 0 for unknown."""
    image, frame = image_object(pdf, content, source, number)
    points = frame.size.width, frame.size.height
    if dpi and source.picture(number).info.get("dpi", (0, 0))[0] <= _SCREEN_DPI:
        points = frame.image.width * 72 / dpi, frame.image.height * 72 / dpi
    width, height = f"{points[0]:.4f}", f"{points[1]:.4f}"
    place = f"-{width} 0 0 {height} {width} 0" if frame.mirrored else f"{width} 0 0 {height} 0 0"
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, pikepdf.Object.parse(width.encode()), pikepdf.Object.parse(height.encode())]),
        Resources=Dictionary(XObject=Dictionary(Scan=image)),
        Contents=pdf.make_indirect(Stream(pdf, f"q {place} cm /Scan Do Q\n".encode())),
    )
    if frame.size.rotation:
        page.Rotate = frame.size.rotation
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _copy(pdf: pikepdf.Pdf) -> bytes:
    """Return the opened file once more, so that pages can be changed without changing the one that others read."""
    target = io.BytesIO()
    pdf.save(target, encryption=False, deterministic_id=True)
    return target.getvalue()


def _name(pdf: pikepdf.Pdf, title: str) -> None:
    if "/Producer" not in pdf.docinfo:
        pdf.docinfo["/Producer"] = _PRODUCER
    if title:
        pdf.docinfo["/Title"] = title


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Return the file; the same content gives the same bytes."""
    target = io.BytesIO()
    pdf.save(
        target,
        encryption=False,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        min_version="1.5",
    )
    return target.getvalue()
