"""The annotations of a PDF as an XFDF file (ISO 19444-1:2019), written from the standard alone, nothing of ours."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from xml.etree import ElementTree

import pikepdf

XFDF = "http://ns.adobe.com/xfdf/"
FOREIGN = "urn:some-other-software"
PLAIN = {"/NM": "name", "/T": "title", "/Subj": "subject", "/M": "date", "/CreationDate": "creationdate"}
FLAGS = ("invisible", "hidden", "print", "nozoom", "norotate", "noview", "readonly", "locked", "togglenoview")
TEXTS = {"/Contents": "contents", "/DA": "defaultappearance", "/DS": "defaultstyle"}
NUMBERS = {"/RD": "fringe", "/CL": "callout", "/QuadPoints": "coords"}


def as_xfdf(content: bytes) -> bytes | None:
    """Return the file, None where the PDF holds no annotations or cannot be opened."""
    ElementTree.register_namespace("", XFDF)
    ElementTree.register_namespace("o", FOREIGN)
    root = ElementTree.Element(f"{{{XFDF}}}xfdf")
    annots = ElementTree.SubElement(root, f"{{{XFDF}}}annots")
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for index, page in enumerate(pdf.pages):
                found = page.obj.get("/Annots", pikepdf.Array())
                for number, annotation in enumerate(found):
                    if isinstance(annotation, pikepdf.Dictionary) and "/Subtype" in annotation:
                        _write(annots, annotation, index, number)
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return None
    ElementTree.SubElement(root, f"{{{XFDF}}}f", {"href": "brief.pdf"})
    return ElementTree.tostring(root, "utf-8", xml_declaration=True) if len(annots) else None


def _write(annots: ElementTree.Element, annotation: pikepdf.Dictionary, index: int, number: int) -> None:
    kind = str(annotation.Subtype).lstrip("/").lower()
    element = ElementTree.SubElement(annots, f"{{{XFDF}}}{kind}", {"page": str(index), "name": f"{index}.{number}"})
    for key, name in PLAIN.items():
        if key in annotation:
            element.set(name, _clean(str(annotation[key])))
    if not element.get("name"):
        element.set("name", f"{index}.{number}")
    element.set("name", f"{element.get('name')} {index}.{number}")  # some files use a name twice
    element.set("rect", _numbers(annotation.get("/Rect", [])))
    _look(element, annotation)
    _shape(element, annotation)
    for key, name in TEXTS.items():
        if key in annotation:
            ElementTree.SubElement(element, f"{{{XFDF}}}{name}").text = _clean(str(annotation[key]))
    appearance = annotation.get("/AP", pikepdf.Dictionary()).get("/N")
    if isinstance(appearance, pikepdf.Stream):
        text = base64.b64encode(appearance.read_raw_bytes()).decode()
        ElementTree.SubElement(element, f"{{{XFDF}}}appearance").text = text
    extra = ElementTree.SubElement(element, f"{{{FOREIGN}}}extra", {f"{{{FOREIGN}}}deep": str(number)})
    ElementTree.SubElement(extra, "plain").text = "a < b & c"


def _look(element: ElementTree.Element, annotation: pikepdf.Dictionary) -> None:
    colour = [float(part) for part in annotation.get("/C", [])]
    if len(colour) == 3:
        element.set("color", "#" + "".join(f"{round(part * 255):02X}" for part in colour))
    flags = int(annotation.get("/F", 0))
    if flags:
        element.set("flags", ",".join(name for bit, name in enumerate(FLAGS) if flags >> bit & 1))
    if "/CA" in annotation:
        element.set("opacity", f"{float(annotation.CA):g}")
    if "/W" in annotation.get("/BS", pikepdf.Dictionary()):
        element.set("width", f"{float(annotation.BS.W):g}")
    for key, name in (("/Name", "icon"), ("/IT", "IT")):
        if key in annotation:
            element.set(name, str(annotation[key]).lstrip("/"))


def _shape(element: ElementTree.Element, annotation: pikepdf.Dictionary) -> None:
    for key, name in NUMBERS.items():
        if key in annotation:
            element.set(name, _numbers(annotation[key]))
    if "/L" in annotation:
        ends = [float(part) for part in annotation.L]
        element.set("start", _numbers(ends[:2]))
        element.set("end", _numbers(ends[2:]))
    if "/LE" in annotation and isinstance(annotation.LE, pikepdf.Array):
        for name, ending in zip(("head", "tail"), annotation.LE, strict=False):
            element.set(name, str(ending).lstrip("/"))
    if "/Vertices" in annotation:
        pairs = _pairs([float(part) for part in annotation.Vertices])
        ElementTree.SubElement(element, f"{{{XFDF}}}vertices").text = pairs
    if "/InkList" in annotation:
        ink = ElementTree.SubElement(element, f"{{{XFDF}}}inklist")
        for line in annotation.InkList:
            pairs = _pairs([float(part) for part in line])
            ElementTree.SubElement(ink, f"{{{XFDF}}}gesture").text = pairs


def _numbers(values: Iterable[object]) -> str:
    return ",".join(f"{float(value):.4f}".rstrip("0").rstrip(".") for value in values)  # type: ignore[arg-type]


def _pairs(values: list[float]) -> str:
    return ";".join(_numbers(values[place : place + 2]) for place in range(0, len(values) - 1, 2))


def _clean(text: str) -> str:
    return "".join(letter for letter in text if letter in "\t\n" or (letter >= " " and letter not in "\ufffe\uffff"))
