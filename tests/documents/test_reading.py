from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from clerk_desktop.documents.kinds import kind_of
from clerk_desktop.documents.ocr import Recogniser
from clerk_desktop.documents.opened import OpenedFile
from clerk_desktop.documents.tessdata import language_data
from clerk_desktop.model.errors import FileRefused, RecognitionMissing, RefusalReason
from clerk_desktop.model.jobs import ReadPage
from clerk_desktop.model.reading import PageReading, TextSource
from tests.documents.pages import encoded, scan, text_pdf
from tests.recognition import recognition

LETTER = [
    "Stadt Blomberg, Der Bürgermeister",
    "Aktenzeichen: 50.10-2026-0042",
    "Ihr Antrag auf Wohngeld vom 3. März 2026",
    "Sehr geehrte Frau Größmann, über Ihren Antrag",
    "wurde heute entschieden. Der Bescheid liegt bei.",
]


@pytest.fixture(scope="module")
def recogniser() -> Iterator[Recogniser]:
    with recognition() as engine:
        yield engine


@pytest.fixture(scope="module")
def code() -> Image.Image:
    shape = zxingcpp.create_barcode("CLERK1|SEP", zxingcpp.BarcodeFormat.QRCode).to_image(scale=8)
    height, width = shape.shape
    return Image.frombytes("L", (width, height), bytes(memoryview(shape).cast("B")))  # type: ignore[arg-type]


def read(content: bytes, recogniser: Recogniser, number: int = 1, *, recognise: bool = True) -> PageReading:
    kind = kind_of(content)
    file = OpenedFile(content, kind, recogniser)
    try:
        return file.read(ReadPage(kind=kind, number=number, recognise=recognise))
    finally:
        file.close()


def test_embedded_text_is_taken_as_it_is(recogniser: Recogniser) -> None:
    page = read(text_pdf(LETTER), recogniser)
    assert page.source is TextSource.EMBEDDED
    assert page.lines == tuple(LETTER)
    assert page.raw_text == "\n".join(LETTER)


@pytest.mark.parametrize(("form", "turned"), [("PDF", 0), ("PDF", 180), ("TIFF", 90)])
def test_a_scan_is_recognised_whichever_way_it_was_fed(recogniser: Recogniser, form: str, turned: int) -> None:
    image = scan(LETTER * 2, dpi=200).rotate(turned, expand=True)
    options = {"resolution": 200} if form == "PDF" else {"dpi": (200, 200)}
    page = read(encoded(image, form, **options), recogniser)
    assert page.source is TextSource.RECOGNISED
    assert page.turned == turned  # turned counterclockwise above, so it needs as much clockwise
    assert "50.10-2026-0042" in " ".join(page.lines)
    assert "Größmann" in " ".join(page.lines)
    number = next(word for word in page.words if word.text == "50.10-2026-0042")
    across, up = (number.rect.x0, number.rect.y0) if turned == 0 else (number.rect.x1, number.rect.y1)
    if turned == 0:
        assert 72 < across < 300
        assert up == pytest.approx(750, abs=4)
    if turned == 180:
        assert 595 - 300 < across < 595 - 72
        assert up == pytest.approx(842 - 750, abs=4)
    if turned == 90:
        assert number.rect.height > number.rect.width


def test_recognition_can_be_left_out(recogniser: Recogniser) -> None:
    page = read(encoded(scan(LETTER), "PNG"), recogniser, recognise=False)
    assert (page.words, page.source, page.blank) == ((), TextSource.NONE, False)


def test_a_blank_page_is_not_recognised(recogniser: Recogniser) -> None:
    page = read(encoded(scan(), "PNG"), recogniser)
    assert (page.words, page.blank) == ((), True)


def test_a_code_is_found_at_its_place_and_its_page_is_not_blank(recogniser: Recogniser, code: Image.Image) -> None:
    image = scan(dpi=150)
    image.paste(code, (300, 400))
    page = read(encoded(image, "PNG", dpi=(150, 150)), recogniser, recognise=False)
    (found,) = page.barcodes
    assert (found.symbology, found.text) == ("QRCode", "CLERK1|SEP")
    assert found.rect.x0 == pytest.approx(300 * 72 / 150, abs=20)
    assert found.rect.y1 == pytest.approx(842 - 400 * 72 / 150, abs=20)
    assert not page.blank


@pytest.mark.parametrize("number", [0, 2])
def test_a_page_that_is_not_there_is_refused(recogniser: Recogniser, number: int) -> None:
    with pytest.raises(FileRefused) as refused:
        read(text_pdf(LETTER), recogniser, number)
    assert refused.value.reason is RefusalReason.UNREADABLE


def test_language_data_are_taken_from_the_place_that_was_told(tmp_path: Path) -> None:
    (tmp_path / "deu.traineddata").touch()
    (tmp_path / "Latin.traineddata").touch()
    found = language_data({"TESSDATA_PREFIX": str(tmp_path)})
    assert (found.folder, found.languages, found.orientation) == (tmp_path, "deu+Latin", False)


def test_no_engine_is_needed_for_embedded_text() -> None:
    def nowhere() -> None:
        raise RecognitionMissing(languages="deu")

    page = read(text_pdf(LETTER), Recogniser(nowhere))  # type: ignore[arg-type]
    assert page.source is TextSource.EMBEDDED
    with pytest.raises(RecognitionMissing):
        read(encoded(scan(LETTER), "PNG"), Recogniser(nowhere))  # type: ignore[arg-type]
