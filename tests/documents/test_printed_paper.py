"""What the program prints itself: tables run over pages with their head, long cells are cut, codes can be read."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import zxingcpp

from clerk_desktop.documents.printed_paper import PaperPrinter
from clerk_desktop.model.paper import Code, Heading, NewPage, Paper, Table


def text_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def test_a_long_table_repeats_its_head_on_every_page_and_loses_no_row() -> None:
    rows = tuple((f"Zeile {number}", "Grund " * 20) for number in range(150))
    paper = Paper(
        title="Lang", language="de", blocks=(Table(head=("Datei", "Warum"), rows=rows, shares=(1, 2)),),
        footer="Seite {page} von {pages}",
    )  # fmt: skip
    pages = text_of(PaperPrinter().pdf(paper))
    assert len(pages) > 2
    assert all("Datei" in page and f"Seite {number} von {len(pages)}" in page for number, page in enumerate(pages, 1))
    assert all(f"Zeile {number}\r" in "".join(pages) or f"Zeile {number} " in "".join(pages) for number in range(150))


def test_a_cell_taller_than_a_page_goes_on_over_the_next() -> None:
    table = Table(head=("Warum",), rows=((" ".join(f"w{number}" for number in range(9000)),),), shares=(1,))
    pages = text_of(PaperPrinter().pdf(Paper(title="", language="de", blocks=(table,))))
    words = set(" ".join(pages).split())
    assert {f"w{number}" for number in range(9000)} <= words
    assert len(pages) > 2


def test_codes_are_read_and_the_same_paper_gives_the_same_bytes() -> None:
    blocks = (
        *(Heading(text="Trennblatt Müller ß"), Code(text="CLERK1|SEP"), NewPage()),
        Code(text="CLERK1|SEP", symbology="Code128", side=120),
    )
    paper = Paper(title="Blatt", language="de", blocks=blocks)
    pdf = PaperPrinter().pdf(paper)
    assert pdf == PaperPrinter().pdf(paper)
    document = pypdfium2.PdfDocument(pdf)
    found = [zxingcpp.read_barcodes(page.render(scale=200 / 72).to_pil()) for page in document]
    assert [[code.text for code in codes] for codes in found] == [["CLERK1|SEP"]] * 2
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 2
