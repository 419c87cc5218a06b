"""A stack is cut at its separator sheets, and no page is lost by it; what is proposed is shown where it stands."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from clerk_desktop.intake.separate import separate
from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.reading import Barcode, PageReading, PageSize, TextSource
from clerk_desktop.model.suggestion import Reason
from tests.intake.papers import LETTER, letter_pdf
from tests.intake.station import CASE, Station

SEPARATORS = ("PATCHT",)
PLACE = Rect(0, 0, 1, 1)


def stack(kinds: str) -> list[PageReading]:
    """Return pages by letters: ``s`` a sheet, ``b`` a blank page, ``t`` one with text."""
    code = Barcode(symbology="Code39", text="PATCHT", rect=PLACE)
    return [
        PageReading(
            number=number,
            size=PageSize(width=595, height=842),
            words=(),
            raw_text="",
            source=TextSource.NONE,
            blank=kind == "b",
            barcodes=(code,) if kind == "s" else (),
        )
        for number, kind in enumerate(kinds, start=1)
    ]


@pytest.mark.parametrize(
    ("kinds", "parts", "dropped"),
    [
        ("tstt", [(1,), (3, 4)], (2,)),
        ("tbsbtt", [(1, 2), (5, 6)], (3, 4)),  # both sides scanned: the sheet's back goes
        ("sbtbsbtb", [(3, 4), (7, 8)], (1, 2, 5, 6)),
        ("tsbt", [(1,), (3, 4)], (2,)),  # the sheet is a back itself: what follows is a letter's front
        ("tbsbt", [(1, 2), (4, 5)], (3,)),  # an odd count: one side was scanned
        ("tbsbttstbt", [(1, 2), (4, 5, 6), (8, 9, 10)], (3, 7)),  # behind one sheet there is text
        ("sb", [], (1, 2)),
        ("ts", [(1,)], (2,)),
    ],
)
def test_a_blank_page_goes_only_as_the_back_of_a_sheet(
    kinds: str, parts: list[tuple[int, ...]], dropped: tuple[int, ...]
) -> None:
    separation = separate(stack(kinds), SEPARATORS)
    assert [part.pages for part in separation.parts] == parts
    assert separation.dropped == dropped
    kept = {page for part in separation.parts for page in part.pages}
    assert kept | set(separation.dropped) == set(range(1, len(kinds) + 1))
    blank = {number for number, kind in enumerate(kinds, start=1) if kind == "b"}
    assert {page for part in separation.parts for page in part.blank} == blank & kept


def scanned(*papers: bytes) -> bytes:
    """Put PDFs into one, as a scanner does with a stack."""
    with pikepdf.new() as whole:
        for paper in papers:
            with pikepdf.open(io.BytesIO(paper)) as part:
                whole.pages.extend(part.pages)
        out = io.BytesIO()
        whole.save(out)
    return out.getvalue()


def sheet_pdf(text: str) -> bytes:
    page = Image.new("L", (1240, 1754), 255)
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=10)
    page.paste(Image.fromarray(code), (200, 300))
    out = io.BytesIO()
    page.save(out, "PDF", resolution=150)
    return out.getvalue()


OTHER: Sequence[str] = ("Verein für Heimatpflege", "", "Einladung zur Jahreshauptversammlung", "", "am 3. Dezember")


@pytest.mark.parametrize(("pages", "place"), [((LETTER, OTHER), 1), ((OTHER, LETTER), 2)])
def test_evidence_tells_the_page_of_the_letter_not_of_the_stack(
    station: Station, pages: tuple[Sequence[str], ...], place: int
) -> None:
    station.knows(CASE)
    station.drop("stapel.pdf", scanned(letter_pdf(OTHER, OTHER), sheet_pdf("CLERK1|SEP"), letter_pdf(*pages)))
    station.run()
    file_id = station.files()["stapel.pdf"].file_id
    with station.store.read() as session:
        parts = session.ledger.parts(file_id)
        by_pages = {part.pages: session.suggestions.get(part.document_id) for part in parts}
    proposed = by_pages[4, 5]
    assert proposed is not None
    assert (proposed.cases[0].case_number, proposed.cases[0].evidence.page) == (CASE.case_number, place)
    assert {field.evidence.page for field in proposed.fields} == {1}


def test_the_proof_of_a_sheet_with_a_case_number_is_outlined_on_no_page_of_the_letter(station: Station) -> None:
    station.knows(CASE)
    station.drop("stapel.pdf", scanned(sheet_pdf(f"CLERK1|AZ|{CASE.case_number}"), letter_pdf(OTHER)))
    station.run()
    with station.store.read() as session:
        (document,) = session.documents.inbox()
        proposed = session.suggestions.get(document.document_id)
    assert proposed is not None
    proof = proposed.cases[0].evidence
    assert (proof.reason, proof.page, proof.rect) == (Reason.SEPARATOR_SHEET, 0, None)
