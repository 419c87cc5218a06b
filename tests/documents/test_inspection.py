from __future__ import annotations

import io
import struct
import zlib

import pikepdf
import pytest
from PIL import Image

from clerk_desktop.documents.inspection import inspect_file
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.jobs import InspectFile, Limits
from clerk_desktop.model.reading import FileKind, PageSize
from tests.documents.pages import encoded, saved, scan, text_pdf

LETTER = ["Sehr geehrte Damen und Herren,", "hiermit beantrage ich"]


def refusal(content: bytes, limits: Limits | None = None) -> RefusalReason:
    with pytest.raises(FileRefused) as refused:
        inspect_file(content, InspectFile(limits=limits or Limits()))
    return refused.value.reason


def locked(**passwords: str) -> bytes:
    with pikepdf.open(io.BytesIO(text_pdf(LETTER))) as pdf:
        target = io.BytesIO()
        pdf.save(target, encryption=pikepdf.Encryption(**passwords))  # type: ignore[arg-type]
        return target.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG that says it is large and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def test_a_pdf_tells_its_pages_text_and_sizes() -> None:
    facts = inspect_file(text_pdf(LETTER, LETTER, rotate=90), InspectFile())
    assert facts.kind is FileKind.PDF
    assert facts.pages == (PageSize(width=595, height=842, rotation=90),) * 2
    assert facts.has_text and not facts.signed and not facts.repaired


def test_a_pdf_of_images_has_no_text() -> None:
    assert not inspect_file(encoded(scan(LETTER), "PDF", resolution=150), InspectFile()).has_text


def test_rubbish_before_the_header_does_not_hide_a_pdf() -> None:
    assert inspect_file(b"\xef\xbb\xbf\r\n" + text_pdf(LETTER), InspectFile()).kind is FileKind.PDF


def test_a_file_is_what_its_content_is() -> None:
    image = scan(LETTER)
    for form, kind in (("JPEG", FileKind.JPEG), ("PNG", FileKind.PNG), ("TIFF", FileKind.TIFF)):
        facts = inspect_file(encoded(image, form, dpi=(150, 150)), InspectFile())
        assert facts.kind is kind
        assert facts.pages[0].width == pytest.approx(595, abs=1)
        assert facts.pages[0].height == pytest.approx(842, abs=1)


def test_an_image_without_resolution_is_taken_for_a4() -> None:
    page = inspect_file(encoded(scan(dpi=200), "PNG"), InspectFile()).pages[0]
    assert page.width == pytest.approx(595, abs=1)
    assert page.height == pytest.approx(842, abs=1)
    photo = inspect_file(encoded(Image.new("RGB", (4000, 3000)), "JPEG", dpi=(72, 72)), InspectFile()).pages[0]
    assert photo.width == pytest.approx(794, abs=1)


def test_a_turn_noted_by_the_camera_is_the_rotation_of_the_page() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    page = inspect_file(encoded(Image.new("L", (400, 300)), "JPEG", exif=exif), InspectFile()).pages[0]
    assert page.rotation == 90
    assert page.width > page.height


def test_each_page_of_a_tiff_counts() -> None:
    pages = [scan(["Seite"]), scan(["Seite"], dpi=100), scan(["Seite"])]
    content = encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:], dpi=(150, 150))
    assert len(inspect_file(content, InspectFile()).pages) == 3


@pytest.mark.parametrize("content", [b"%!PS-Adobe", b"just text", b"RIFF....WAVE"])
def test_other_kinds_are_refused(content: bytes) -> None:
    assert refusal(content) is RefusalReason.UNKNOWN_KIND


@pytest.mark.parametrize("content", [b"GIF89a....", b"PK\x03\x04 a document", b"RIFF....WEBP", b"....ftypheic"])
def test_a_kind_that_is_only_begun_is_damaged(content: bytes) -> None:
    assert refusal(content) is RefusalReason.DAMAGED


def test_an_empty_file_is_refused_as_empty() -> None:
    assert refusal(b"") is RefusalReason.EMPTY


def test_a_pdf_that_needs_a_password_to_read_is_refused() -> None:
    assert refusal(locked(owner="o", user="u")) is RefusalReason.ENCRYPTED


def test_a_pdf_that_only_forbids_changes_is_read() -> None:
    assert inspect_file(locked(owner="o", user=""), InspectFile()).has_text


def test_a_pdf_with_a_lost_table_is_repaired_and_says_so() -> None:
    content = text_pdf(LETTER, LETTER)
    facts = inspect_file(content[: content.rindex(b"startxref")], InspectFile())
    assert facts.repaired
    assert len(facts.pages) == 2


def test_half_a_pdf_and_rubbish_with_a_header_are_damaged() -> None:
    assert refusal(b"%PDF-1.7\n" + bytes(range(256)) * 20) is RefusalReason.DAMAGED


def test_a_pdf_without_pages_is_refused() -> None:
    with pikepdf.new() as pdf:
        assert refusal(saved(pdf)) is RefusalReason.NO_PAGES


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.97])
def test_a_cut_image_is_damaged(form: str, share: float) -> None:
    options = {"compression": "group4"} if form == "TIFF" else {}
    image = scan(LETTER * 12)
    content = encoded(image.convert("1") if form == "TIFF" else image, form, **options)
    assert refusal(content[: int(len(content) * share)]) is RefusalReason.DAMAGED


def test_an_image_bomb_is_refused_before_it_is_decoded() -> None:
    assert refusal(png_header(40_000, 40_000)) is RefusalReason.TOO_MANY_PIXELS


def test_an_image_bomb_inside_a_pdf_is_refused() -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        bomb = pikepdf.Stream(
            pdf, b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=40_000, Height=40_000
        )
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=pdf.make_indirect(bomb)))
        assert refusal(saved(pdf)) is RefusalReason.TOO_MANY_PIXELS


def test_the_bounds_of_the_office_count() -> None:
    pages = text_pdf(LETTER, LETTER, LETTER)
    assert refusal(pages, Limits(max_pages=2)) is RefusalReason.TOO_MANY_PAGES
    assert refusal(pages, Limits(max_bytes=100)) is RefusalReason.TOO_LARGE
    assert refusal(encoded(scan(), "PNG"), Limits(max_pixels=1000)) is RefusalReason.TOO_MANY_PIXELS
    tiff = encoded(scan(), "TIFF", save_all=True, append_images=[scan()] * 3)
    assert refusal(tiff, Limits(max_pages=2)) is RefusalReason.TOO_MANY_PAGES


def signature(value: pikepdf.Object | None, nested: bool) -> bytes:
    with pikepdf.open(io.BytesIO(text_pdf(LETTER))) as pdf:
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="Unterschrift")
        if value is not None:
            field.V = value
        if nested:
            field = pikepdf.Dictionary(T="Gruppe", Kids=pikepdf.Array([field]))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([pdf.make_indirect(field)]))
        return saved(pdf)


@pytest.mark.parametrize("nested", [False, True])
def test_a_signature_over_bytes_is_seen_and_an_empty_signature_field_is_none(nested: bool) -> None:
    signed = pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=pikepdf.Array([0, 10, 20, 30]))
    assert inspect_file(signature(signed, nested), InspectFile()).signed
    assert not inspect_file(signature(None, nested), InspectFile()).signed
