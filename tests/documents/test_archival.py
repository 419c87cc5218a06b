"""Scans as PDF/A-2b: what a foreign validator says of them, and that nothing is claimed that cannot be sworn to."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms

from clerk_desktop.documents.archival import colour_profile, to_archival
from clerk_desktop.documents.image_file import ImageFile
from clerk_desktop.documents.kinds import kind_of
from clerk_desktop.documents.pdf_pages import compose_from_image
from clerk_desktop.model.archival import Hindrance
from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.jobs import ComposePdf, Limits, PickedPage
from clerk_desktop.model.reading import FileKind, Word
from tests.corpus import corpus
from tests.intake.papers import letter_pdf
from tests.interop import verapdf

WORDS = tuple(
    Word(text=text, rect=Rect(20, 20 + 30 * line, 120, 40 + 30 * line), line=line)
    for line, text in enumerate(("§ 5", "Müller-Lüdenscheidt", "17,50 €", "日本"), start=1)
)


def picture(mode: str, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((220, 300), 80).convert(mode).save(out, kind, dpi=(150, 150), **how)
    return out.getvalue()


PICTURES: dict[str, tuple[FileKind, bytes]] = {
    "jpeg-grey": (FileKind.JPEG, picture("L", "JPEG")),
    "jpeg-colour": (FileKind.JPEG, picture("RGB", "JPEG")),
    "jpeg-profile": (
        FileKind.JPEG,
        picture("RGB", "JPEG", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()),
    ),
    "fax": (FileKind.TIFF, picture("1", "TIFF", compression="group4")),
    "tiff-colour": (FileKind.TIFF, picture("RGB", "TIFF", compression="tiff_lzw")),
    "tiff-16": (FileKind.TIFF, picture("I;16", "TIFF")),
    "png-palette": (FileKind.PNG, picture("P", "PNG")),
    "png-bits": (FileKind.PNG, picture("1", "PNG")),
}


def composed(kind: FileKind, content: bytes) -> bytes:
    image = ImageFile(content, kind, Limits())
    try:
        pages = (PickedPage(number=1, words=WORDS),)
        return compose_from_image(content, image, ComposePdf(kind=kind, pages=pages, title="Müller & Söhne"))
    finally:
        image.close()


@pytest.mark.parametrize("name", PICTURES)
def test_the_image_and_the_words_stay_as_they_were(name: str) -> None:
    before = composed(*PICTURES[name])
    archived = to_archival(before)
    assert archived.hindrance is None
    assert archived.content == to_archival(before).content  # a repeated step gives the same bytes
    with pikepdf.open(io.BytesIO(before)) as old, pikepdf.open(io.BytesIO(archived.content)) as new:
        assert scan(old).read_raw_bytes() == scan(new).read_raw_bytes()
        with new.open_metadata() as told:
            assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("2", "B")
            assert told["dc:title"] == "Müller & Söhne"


@pytest.mark.slow
@pytest.mark.skipif(bool(verapdf.why_not()), reason=verapdf.why_not())
def test_a_foreign_validator_finds_no_fault() -> None:
    files = {name: to_archival(composed(*PICTURES[name])).content for name in PICTURES}
    told = verapdf.validate({**files, "no-claim": composed(*PICTURES["fax"])})
    assert {name: told[name] for name in PICTURES} == dict.fromkeys(PICTURES, "")
    assert told["no-claim"]  # the validator does find faults


def changed(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(composed(*PICTURES["jpeg-colour"]))) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def scan(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.pages[0].Resources.XObject.Scan


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="x")


def note(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 1, 1])])


def mask(pdf: pikepdf.Pdf) -> None:
    scan(pdf).SMask = scan(pdf)


def ink(pdf: pikepdf.Pdf) -> None:
    scan(pdf).ColorSpace = Name.DeviceCMYK


def old_compression(pdf: pikepdf.Pdf) -> None:
    scan(pdf).Filter = Name.LZWDecode


def shading(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"/Sh1 sh\n")


@pytest.mark.parametrize(
    ("change", "hindrance"),
    [
        (script, Hindrance.ACTIVE),
        (note, Hindrance.ACTIVE),
        (mask, Hindrance.TRANSPARENT),
        (ink, Hindrance.COLOURS),
        (old_compression, Hindrance.COMPRESSION),
        (shading, Hindrance.DRAWING),
    ],
)
def test_what_cannot_be_sworn_to_stays_as_it_is_and_says_why(
    change: Callable[[pikepdf.Pdf], None], hindrance: Hindrance
) -> None:
    assert to_archival(changed(change)).hindrance is hindrance


def test_a_letter_with_fonts_of_its_own_and_no_pdf_at_all_stay_as_they_are() -> None:
    assert to_archival(letter_pdf()).hindrance is Hindrance.OWN_TEXT
    assert to_archival(b"nothing").hindrance is Hindrance.DAMAGED


def test_the_profile_is_the_same_each_time_and_a_profile() -> None:
    assert colour_profile() == colour_profile()
    assert ImageCms.ImageCmsProfile(io.BytesIO(colour_profile())).profile.xcolor_space.strip() == "RGB"


@pytest.mark.slow
@pytest.mark.skipif(bool(verapdf.why_not()), reason=verapdf.why_not())
def test_of_the_real_scans_each_that_is_converted_is_valid_and_most_others_say_why() -> None:
    files, refused = {}, []
    for place in scans():
        content = place.read_bytes()
        kind = kind_of(content)
        archived = to_archival(content if kind is FileKind.PDF else composed(kind, content))
        if archived.hindrance is None:
            files[place.name] = archived.content
        else:
            refused.append(archived.hindrance)
    assert {name: faults for name, faults in verapdf.validate(files).items() if faults} == {}
    assert len(files) > len(refused)
    assert Hindrance.DAMAGED not in refused


def scans() -> list[Path]:
    """The scans of the corpus of up to 3 MB."""
    found = [place for name in ("scans", "scans-derived", "barcodes") for place in sorted(corpus(name).rglob("*"))]
    endings = (".pdf", ".tif", ".tiff", ".jpg", ".png")
    return [place for place in found if place.suffix.lower() in endings and place.stat().st_size < 3_000_000]
