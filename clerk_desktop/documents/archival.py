"""Scans as PDF/A-2b (ISO 19005-2): images as they are, our own invisible text, a colour profile, metadata.

Only what is known to be allowed is let through, by a list of what a scan may hold: image pages and the text layer of
``text_layer``. Anything else keeps the file from being converted, and is named: a converter that guesses would claim a
conformance nobody can rely on. The result is checked by a foreign validator (veraPDF) among the slow tests.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import ImageCms

from clerk_desktop.documents.content import Content
from clerk_desktop.documents.pdf_file import PdfFile
from clerk_desktop.documents.text_layer import FONT
from clerk_desktop.model.archival import Archived, Hindrance
from clerk_desktop.model.errors import FileRefused

ACTIVE = ("/AcroForm", "/OpenAction", "/AA", "/OCProperties", "/Collection", "/Perms")
ACTIVE_NAMES = ("/JavaScript", "/EmbeddedFiles", "/AlternatePresentations")
FILTERS = {"/DCTDecode", "/FlateDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/RunLengthDecode"}
PLAIN = {"/DeviceGray", "/DeviceRGB"}
PAGE_KEYS = {
    *("/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/Contents", "/Resources", "/TrimBox", "/BleedBox"),
    *("/ArtBox", "/UserUnit", "/LastModified", "/PieceInfo", "/Tabs", "/Thumb", "/StructParents", "/Metadata"),
}
OPERATORS = frozenset(
    {"q", "Q", "cm", "Do", "BT", "ET", "Tf", "Tm", "Td", "Tj", "Tr", "Tz", "w", "J", "j", "M", "d", "i", "g", "G"}
    | {"rg", "RG", "re", "W", "W*", "n", "m", "l", "h", "f", "S"}
)
DEEPEST = 28  # ISO 19005-2, 6.1.13: nested q
PROFILE_DATE = bytes.fromhex("07ea00010001000000000000")
"""2026-01-01: the library writes the moment, and the same scan must give the same bytes."""


class _HinderedError(Exception):
    def __init__(self, hindrance: Hindrance) -> None:
        super().__init__(hindrance.value)
        self.hindrance = hindrance


def to_archival(content: Content) -> Archived:
    """Return a PDF as PDF/A-2b, or why it stays as it is. The same bytes for the same file."""
    try:
        with closing(PdfFile(content)) as opened, pikepdf.open(io.BytesIO(_plain(opened.pikepdf))) as pdf:
            _check(pdf)
            return Archived(content=_converted(pdf))
    except _HinderedError as hindered:
        return Archived(hindrance=hindered.hindrance)
    except (FileRefused, pikepdf.PdfError, RuntimeError, ValueError, TypeError, AttributeError, KeyError):
        # broken objects answer with any of these: nothing that reads so badly can be sworn to
        return Archived(hindrance=Hindrance.DAMAGED)


def colour_profile() -> bytes:
    """Return the sRGB profile of Little CMS (MIT licence), the same bytes each time."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[24:36] = PROFILE_DATE  # ICC.1:2022, 7.2.8
    made[84:100] = bytes(16)  # 7.2.18: no profile ID was computed
    return bytes(made)


def _plain(pdf: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(target, encryption=False, deterministic_id=True)
    return target.getvalue()


def _check(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root
    if any(key in root for key in ACTIVE) or any(key in root.get("/Names", Dictionary()) for key in ACTIVE_NAMES):
        raise _HinderedError(Hindrance.ACTIVE)
    for page in pdf.pages:
        if "/Annots" in page.obj and len(page.obj.Annots):
            raise _HinderedError(Hindrance.ACTIVE)
        if "/Group" in page.obj:
            raise _HinderedError(Hindrance.TRANSPARENT)
        if not set(page.obj.keys()) <= {*PAGE_KEYS, "/Annots"}:
            raise _HinderedError(Hindrance.ACTIVE)
        _check_resources(page.resources)
        _check_drawing(page)


def _check_resources(resources: pikepdf.Object) -> None:
    for name, font in resources.get("/Font", Dictionary()).items():
        if name != FONT or font.get("/BaseFont") != Name("/ClerkGlyphless"):
            raise _HinderedError(Hindrance.OWN_TEXT)
    for state in (value for _, value in resources.get("/ExtGState", Dictionary()).items()):
        if not set(state.keys()) <= {"/Type", "/LW", "/LC", "/LJ", "/ML", "/D", "/FL"}:
            raise _HinderedError(Hindrance.TRANSPARENT)
    if any(len(resources.get(kind, Dictionary())) for kind in ("/Pattern", "/Shading", "/Properties", "/ColorSpace")):
        raise _HinderedError(Hindrance.DRAWING)
    for _, image in resources.get("/XObject", Dictionary()).items():
        _check_image(image)


def _check_image(image: pikepdf.Object) -> None:
    if image.get("/Subtype") != Name.Image or "/OPI" in image or "/Alternates" in image:
        raise _HinderedError(Hindrance.DRAWING)
    if "/SMask" in image or "/SMaskInData" in image:
        raise _HinderedError(Hindrance.TRANSPARENT)
    if not {str(each) for each in _listed(image.get("/Filter"))} <= FILTERS:
        raise _HinderedError(Hindrance.COMPRESSION)
    if "/Mask" in image and isinstance(image.Mask, Stream):
        _check_image(image.Mask)
    if not bool(image.get("/ImageMask", False)):
        _check_colours(image.get("/ColorSpace"))


def _check_colours(space: pikepdf.Object | None) -> None:
    named = _listed(space)
    kind = str(named[0]) if named else ""
    if kind in PLAIN:
        return
    if kind == "/Indexed":
        _check_colours(named[1])
        return
    if kind == "/ICCBased" and int(named[1].get("/N", 0)) in (1, 3) and named[1].read_bytes()[8] in (2, 4):
        return
    raise _HinderedError(Hindrance.COLOURS)


def _check_drawing(page: pikepdf.Page) -> None:
    depth = 0
    for step in pikepdf.parse_content_stream(page):
        name = str(step.operator)
        if name not in OPERATORS or isinstance(step, pikepdf.ContentStreamInlineImage):
            raise _HinderedError(Hindrance.DRAWING)
        depth += (name == "q") - (name == "Q")
        if not 0 <= depth <= DEEPEST:
            raise _HinderedError(Hindrance.DRAWING)


def _listed(value: pikepdf.Object | None) -> list[pikepdf.Object]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _converted(pdf: pikepdf.Pdf) -> bytes:
    for image in _images(pdf):
        for key in ("/Interpolate", "/Intent", "/Metadata"):
            if key in image:
                del image[key]
    for page in pdf.pages:
        for key in ("/PieceInfo", "/Thumb", "/Metadata", "/StructParents", "/Annots"):
            if key in page.obj:
                del page.obj[key]
    for key in ("/PieceInfo", "/StructTreeRoot", "/MarkInfo", "/Metadata", "/Names", "/OutputIntents", "/Requirements"):
        if key in pdf.Root:
            del pdf.Root[key]
    profile = Stream(pdf, colour_profile())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name("/GTS_PDFA1"),
        OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    title, producer = str(pdf.docinfo.get("/Title", "")), str(pdf.docinfo.get("/Producer", ""))
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]  # what it said stands in the metadata, where PDF/A looks for it
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
        told["pdfaid:part"], told["pdfaid:conformance"] = "2", "B"
        if title:
            told["dc:title"] = title
        if producer:
            told["pdf:Producer"] = producer
    target = io.BytesIO()
    pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, min_version="1.5")
    return target.getvalue()


def _images(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for page in pdf.pages:
        for _, image in page.resources.get("/XObject", Dictionary()).items():
            yield image
            if isinstance(image.get("/Mask"), Stream):
                yield image.Mask
