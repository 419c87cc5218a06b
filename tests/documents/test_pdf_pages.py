from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from clerk_desktop.documents.kinds import kind_of
from clerk_desktop.documents.ocr import Recogniser
from clerk_desktop.documents.opened import OpenedFile
from clerk_desktop.documents.pdf_file import PdfFile
from clerk_desktop.documents.tessdata import system_language_data
from clerk_desktop.documents.text import EmbeddedText
from clerk_desktop.model.errors import FileRefused
from clerk_desktop.model.jobs import ComposePdf, PickedPage
from clerk_desktop.model.reading import FileKind, Word
from tests.documents.pages import encoded, saved, scan, text_pdf, word

SAID = (
    word("Größenänderung", 72, 700, width=100),
    word("§", 180, 700, width=8),
    word("28", 195, 700, width=15),
    word("kostet", 72, 650, line=2),
    word("5.000", 120, 650, line=2),
    word("€", 170, 650, line=2, width=8),
    word("Łódź-😀", 72, 600, line=3, width=60),
)
LINES = ["Größenänderung § 28", "kostet 5.000 €", "Łódź-😀"]


def composed(content: bytes, *pages: PickedPage, title: str = "") -> bytes:
    kind = kind_of(content)
    file = OpenedFile(content, kind, Recogniser(system_language_data))
    try:
        return file.compose(ComposePdf(kind=kind, pages=pages, title=title))
    finally:
        file.close()


def checked(content: bytes, tmp_path: Path) -> Path:
    """The file on disk, after qpdf found nothing wrong with it."""
    place = tmp_path / "out.pdf"
    place.write_bytes(content)
    if shutil.which("qpdf"):
        said = subprocess.run(["qpdf", "--check", str(place)], capture_output=True, text=True, check=False)
        assert (said.returncode, said.stderr) == (0, "")
    return place


def as_poppler_reads(content: bytes, tmp_path: Path) -> list[str]:
    if not shutil.which("pdftotext"):
        pytest.skip("PDFTOTEXT IS ABSENT: nothing was proven about other readers (apt: poppler-utils)")
    place = checked(content, tmp_path)
    said = subprocess.run(["pdftotext", "-layout", str(place), "-"], capture_output=True, text=True, check=True).stdout
    return [" ".join(line.split()) for line in said.splitlines() if line.strip()]


def as_pdfium_reads(content: bytes, page: int = 0) -> list[str]:
    with pypdfium2.PdfDocument(content) as pdf:
        text = pdf[page].get_textpage().get_text_range()
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def image_of(content: bytes) -> tuple[bytes, str]:
    """The first page's image: its data as stored, and how it is packed."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        return bytes(image.read_raw_bytes()), str(image.Filter)


def drawn(content: bytes, page: int = 0, scale: float = 1.0) -> Image.Image:
    with pypdfium2.PdfDocument(content) as pdf:
        image: Image.Image = pdf[page].render(scale=scale).to_pil().convert("RGB")
        return image


def difference(one: Image.Image, other: Image.Image) -> int:
    assert one.size == other.size
    return max(tone for tone, count in enumerate(ImageChops.difference(one, other).convert("L").histogram()) if count)


@pytest.mark.parametrize("form", ["PDF", "PNG", "TIFF", "JPEG"])
def test_the_invisible_text_is_read_by_other_readers_as_it_was_recognised(form: str, tmp_path: Path) -> None:
    options = {"resolution": 150} if form == "PDF" else {"dpi": (150, 150)}
    result = composed(encoded(scan(dpi=150), form, **options), PickedPage(number=1, words=SAID), title="Prüfung")
    assert as_poppler_reads(result, tmp_path) == LINES
    assert as_pdfium_reads(result) == LINES


def test_the_invisible_text_lies_where_the_words_stand() -> None:
    result = composed(encoded(scan(), "PNG", dpi=(150, 150)), PickedPage(number=1, words=SAID))
    found = {word.text: word for word in EmbeddedText(PdfFile(result)).words(1)}
    for said in SAID:
        rect = found[said.text].rect
        assert rect.x0 == pytest.approx(said.rect.x0, abs=0.5)
        assert rect.x1 == pytest.approx(said.rect.x1, abs=0.5)
        assert rect.y0 <= said.rect.y0 + 3 and rect.y1 >= said.rect.y1 - 3


def test_the_text_layer_changes_no_pixel() -> None:
    content = encoded(scan(["Sehr geehrte Damen und Herren"]), "PDF", resolution=150)
    assert difference(drawn(content), drawn(composed(content, PickedPage(number=1, words=SAID)))) == 0


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_fed_the_wrong_way_is_shown_upright_and_its_text_reads_along(turned: int, tmp_path: Path) -> None:
    upright = scan(["Sehr geehrte Damen und Herren"], dpi=150)
    fed = upright.rotate(turned, expand=True)  # counterclockwise; needs as much clockwise

    def place(said: Word) -> Word:
        x, y, along = said.rect.x0, said.rect.y0, said.rect.width
        match turned:
            case 90:
                return word(said.text, 842 - y - 10, x, said.line, width=10, height=along)
            case 270:
                return word(said.text, y, 595 - x - along, said.line, width=10, height=along)
            case _:
                return word(said.text, 595 - x - along, 842 - y - 10, said.line, width=along)

    words = tuple(place(said) for said in SAID)
    result = composed(encoded(fed, "PNG", dpi=(150, 150)), PickedPage(number=1, words=words, turned=turned))
    assert as_poppler_reads(result, tmp_path) == LINES
    shown = drawn(result)
    assert abs(shown.width - 595) <= 2 and abs(shown.height - 842) <= 2


def test_a_jpeg_goes_in_byte_by_byte() -> None:
    content = encoded(scan(["Foto"]).convert("RGB"), "JPEG", quality=60)
    assert image_of(composed(content, PickedPage(number=1))) == (content, "/DCTDecode")


def test_the_turn_of_a_photo_is_kept_as_rotation_of_the_page() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    wide = Image.new("RGB", (400, 300), "white")
    result = composed(encoded(wide, "JPEG", exif=exif), PickedPage(number=1))
    with pikepdf.open(io.BytesIO(result)) as pdf:
        assert pdf.pages[0].rotation == 90
    assert drawn(result).height > drawn(result).width


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
def test_each_way_to_hold_a_camera_is_shown_as_the_camera_meant_it(form: str, orientation: int) -> None:
    corner = Image.new("RGB", (400, 300), "white")
    corner.paste("red", (0, 0, 100, 60))
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = encoded(corner, form, exif=exif)
    shown = drawn(composed(content, PickedPage(number=1)))
    width, height = shown.size
    places = {"ul": (15, 15), "ur": (width - 15, 15), "lr": (width - 15, height - 15), "ll": (15, height - 15)}
    red = [name for name, place in places.items() if shown.getpixel(place)[1] < 100]  # type: ignore[index]
    assert red == [{1: "ul", 2: "ur", 3: "lr", 4: "ll", 5: "ul", 6: "ur", 7: "lr", 8: "ll"}[orientation]]
    assert (width > height) == (orientation < 5)


def test_g4_data_of_a_fax_go_in_as_they_are() -> None:
    page = scan(["Telefax"], dpi=200).convert("1")
    content = encoded(page, "TIFF", compression="group4", dpi=(200, 200), tiffinfo={278: page.height})
    data, packing = image_of(composed(content, PickedPage(number=1)))
    assert packing == "/CCITTFaxDecode"
    assert data in content


@pytest.mark.parametrize("photometric", [0, 1])
@pytest.mark.parametrize("rows", [64, 10_000])
def test_black_stays_black_whatever_a_tiff_calls_black(photometric: int, rows: int) -> None:
    page = scan(["Telefax"], dpi=200).convert("1")
    content = encoded(page, "TIFF", compression="group4", dpi=(200, 200), tiffinfo={262: photometric, 278: rows})
    with Image.open(io.BytesIO(content)) as meant:
        expected = meant.convert("L").resize((595, 842)).getpixel((300, 500))
    shown = drawn(composed(content, PickedPage(number=1))).convert("L")
    assert abs(shown.getpixel((300, 500)) - expected) < 10  # type: ignore[operator]


def pictures() -> dict[str, Image.Image]:
    colour = Image.radial_gradient("L").convert("RGB").resize((200, 280))
    clear = colour.copy()
    clear.putalpha(Image.linear_gradient("L").resize((200, 280)))
    deep = Image.linear_gradient("L").resize((200, 280)).convert("I").point(lambda value: value * 257).convert("I;16")
    return {
        "grey": colour.convert("L"),
        "colour": colour,
        "palette": colour.quantize(16),
        "two-tone": colour.convert("1"),
        "clear": clear,
        "deep": deep,
    }


@pytest.mark.parametrize("name", list(pictures()))
@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_images_go_in_without_loss(form: str, name: str, tmp_path: Path) -> None:
    picture = pictures()[name]
    result = composed(encoded(picture, form, dpi=(72, 72)), PickedPage(number=1))
    checked(result, tmp_path)
    shown = drawn(result).convert("L")
    if name == "deep":
        meant = Image.linear_gradient("L").resize((200, 280))
    elif name == "clear":
        paper = Image.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture)
        meant = paper.convert("L")
    else:
        meant = picture.convert("L")
    assert difference(shown.convert("RGB"), meant.convert("RGB")) <= 2


def test_the_same_input_gives_the_same_bytes() -> None:
    for content in (encoded(scan(["a"]), "PDF", resolution=150), encoded(scan(["a"]), "TIFF"), text_pdf(["a"], ["b"])):
        pages = (PickedPage(number=1, words=SAID),)
        if kind_of(content) is FileKind.PDF:
            content = text_pdf(["a"], ["b"])  # the same file each time; writers of test files add dates
        assert composed(content, *pages, title="T") == composed(content, *pages, title="T")


def test_picked_pages_come_in_the_asked_order() -> None:
    result = composed(text_pdf(["eins"], ["zwei"], ["drei"]), PickedPage(number=3), PickedPage(number=1))
    assert as_pdfium_reads(result, 0) == ["drei"]
    assert as_pdfium_reads(result, 1) == ["eins"]


def test_a_whole_file_keeps_its_attachments_form_and_outline() -> None:
    with pikepdf.open(io.BytesIO(text_pdf(["Rechnung"]))) as pdf:
        pdf.attachments["factur-x.xml"] = b"<xml/>"
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Anfang", 0))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array())
        content = saved(pdf)
    with pikepdf.open(io.BytesIO(composed(content, PickedPage(number=1, words=SAID)))) as result:
        assert result.attachments["factur-x.xml"].get_file().read_bytes() == b"<xml/>"
        assert "/AcroForm" in result.Root and "/Outlines" in result.Root


def test_marks_of_others_on_a_picked_page_stay() -> None:
    with pikepdf.open(io.BytesIO(text_pdf(["eins"], ["zwei"]))) as pdf:
        mark = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=[10, 10, 50, 50])
        pdf.pages[1].obj.Annots = pikepdf.Array([pdf.make_indirect(mark)])
        content = saved(pdf)
    with pikepdf.open(io.BytesIO(composed(content, PickedPage(number=2)))) as result:
        assert len(result.pages[0].obj.Annots) == 1


def test_the_crop_box_is_the_origin_of_the_words() -> None:
    content = text_pdf([], crop=(50, 100, 595, 842))
    result = composed(content, PickedPage(number=1, words=SAID[:1]))
    (found,) = EmbeddedText(PdfFile(result)).words(1)
    assert found.rect.x0 == pytest.approx(72, abs=0.5)


@pytest.mark.parametrize("number", [0, 3])
def test_a_page_that_is_not_there_cannot_be_picked(number: int) -> None:
    with pytest.raises(FileRefused):
        composed(text_pdf(["eins"], ["zwei"]), PickedPage(number=number))
