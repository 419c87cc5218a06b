from __future__ import annotations

import pytest
from PIL import Image

from clerk_desktop.documents.kinds import kind_of
from clerk_desktop.documents.ocr import Recogniser
from clerk_desktop.documents.opened import OpenedFile
from clerk_desktop.documents.tessdata import system_language_data
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.jobs import DrawPage
from clerk_desktop.model.reading import Pixels
from tests.documents.pages import encoded, text_pdf


def draw(content: bytes, scale: float = 1.0, rotation: int = 0, number: int = 1) -> Pixels:
    kind = kind_of(content)
    file = OpenedFile(content, kind, Recogniser(system_language_data))
    try:
        return file.draw(DrawPage(kind=kind, number=number, scale=scale, rotation=rotation))
    finally:
        file.close()


def shows(pixels: Pixels, x: int, y: int, blue_green_red: tuple[int, int, int]) -> bool:
    place = y * pixels.stride + x * 4
    return all(abs(a - b) < 8 for a, b in zip(pixels.data[place : place + 3], blue_green_red, strict=True))


def corner(form: str) -> bytes:
    image = Image.new("RGB", (595, 842), "white")
    image.paste((255, 0, 0), (0, 0, 100, 100))
    options = {"resolution": 72} if form == "PDF" else {"dpi": (72, 72)}
    return encoded(image, form, **options)


@pytest.mark.parametrize("form", ["PDF", "PNG", "TIFF"])
def test_pixels_are_blue_green_red_in_rows_from_the_top(form: str) -> None:
    pixels = draw(corner(form), scale=0.5)
    assert (pixels.width, pixels.height) in {(298, 421), (297, 421)}
    assert len(pixels.data) == pixels.stride * pixels.height
    assert shows(pixels, 10, 10, (0, 0, 255))
    assert shows(pixels, 200, 300, (255, 255, 255))


@pytest.mark.parametrize("form", ["PDF", "PNG"])
@pytest.mark.parametrize(("rotation", "place"), [(90, (830, 10)), (180, (585, 830)), (270, (10, 585))])
def test_a_turn_goes_clockwise(form: str, rotation: int, place: tuple[int, int]) -> None:
    pixels = draw(corner(form), rotation=rotation)
    assert (pixels.width > pixels.height) == (rotation != 180)
    assert shows(pixels, *place, (0, 0, 255))


def test_a_scale_that_would_fill_the_memory_is_refused() -> None:
    for content in (text_pdf(["a"]), corner("PNG")):
        with pytest.raises(FileRefused) as refused:
            draw(content, scale=100)
        assert refused.value.reason is RefusalReason.TOO_MANY_PIXELS


def test_a_page_that_is_not_there_is_refused() -> None:
    for content in (text_pdf(["a"]), corner("PNG")):
        with pytest.raises(FileRefused):
            draw(content, number=2)
