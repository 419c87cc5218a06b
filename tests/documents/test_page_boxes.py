"""Pages whose boxes no screen can show: a sane size is taken, and all engines agree on it."""

from __future__ import annotations

import io
from contextlib import closing

import pytest
from PIL import Image

from clerk_desktop.documents.image_file import ImageFile
from clerk_desktop.documents.ocr import Recogniser
from clerk_desktop.documents.opened import OpenedFile
from clerk_desktop.documents.pdf_file import PdfFile
from clerk_desktop.documents.tessdata import system_language_data
from clerk_desktop.model.errors import FileRefused
from clerk_desktop.model.jobs import DrawPage, Limits, ReadPage
from clerk_desktop.model.reading import LONGEST_SIDE, SHORTEST_SIDE, FileKind, PageSize
from tests.documents.hostile_boxes import HOSTILE, boxed


@pytest.mark.parametrize(("media", "crop"), HOSTILE)
@pytest.mark.parametrize("rotation", [0, 90])
def test_a_page_with_a_hostile_box_is_drawn_at_the_size_it_is_said_to_have(
    media: str, crop: str, rotation: int
) -> None:
    content = boxed(media, crop, rotation)
    try:
        with closing(PdfFile(content)) as pdf:
            size = pdf.size(1)
    except FileRefused:
        return
    across, up = (size.width, size.height) if rotation == 0 else (size.height, size.width)
    with closing(OpenedFile(content, FileKind.PDF, Recogniser(system_language_data))) as file:
        pixels = file.draw(DrawPage(kind=FileKind.PDF, number=1, scale=0.1))
        assert (pixels.width, pixels.height) == pytest.approx((across * 0.1, up * 0.1), abs=1)
        file.read(ReadPage(kind=FileKind.PDF, number=1, recognise=False, symbologies=()))


@pytest.mark.parametrize("sides", [(0.0, 5.0), (-1.0, 5.0), (1e9, 5.0), (float("nan"), 5.0), (float("inf"), 5.0)])
def test_a_size_that_no_view_can_lay_out_is_no_page_size(sides: tuple[float, float]) -> None:
    for width, height in (sides, sides[::-1]):
        with pytest.raises(ValueError, match="points"):
            PageSize(width=width, height=height)


@pytest.mark.parametrize("shape", [(1, 20_000), (20_000, 1)])
@pytest.mark.parametrize("dpi", [12, 110, 9999])
def test_a_picture_as_thin_as_a_hair_has_a_size_too(shape: tuple[int, int], dpi: int) -> None:
    target = io.BytesIO()
    Image.new("L", shape).save(target, "PNG", dpi=(dpi, dpi))
    with closing(ImageFile(target.getvalue(), FileKind.PNG, Limits())) as file:
        (size,) = file.sizes()
    assert min(size.width, size.height) >= SHORTEST_SIDE
    assert max(size.width, size.height) <= LONGEST_SIDE
