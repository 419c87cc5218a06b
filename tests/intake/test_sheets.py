"""Our own separator sheets are read back, count each other, and nothing else cuts a stack."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_desktop.documents.printed_paper import PaperPrinter
from clerk_desktop.intake.separate import looks_like_sheet, separate
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.reading import Barcode, Word
from clerk_desktop.model.sheet import SheetCode, SheetsMissing, sheet_code
from clerk_desktop.model.suggestion import Reason
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.notices import notices
from clerk_desktop.usecases.sheets import Sheets, missing_sentence
from tests.intake.papers import letter_pdf
from tests.intake.station import CASE, Station
from tests.intake.test_separate import PLACE, SEPARATORS, stack

CODE = SheetCode(municipality="blomberg", case_number=CASE.case_number, batch="0a1b2c3d", number=3, count=7)
FIELD = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=20)


@given(FIELD.filter(bool), FIELD, FIELD, st.integers(1, 1000))
def test_whatever_a_sheet_says_is_read_back(town: str, case: str, kind: str, number: int) -> None:
    code = SheetCode(
        municipality=town, case_number=case, document_type=kind, batch="0a1b2c3d", number=number, count=1000
    )
    assert sheet_code(code.text) == code


@pytest.mark.parametrize(
    "foreign",
    [
        CODE.text + "|mehr",
        CODE.text.replace("|3|7", "|8|7"),
        CODE.text.replace("|3|7", "|0|7"),
        CODE.text.replace("|3|7", "|x|7"),
        CODE.text.replace("|3|7", "|³|7"),
        CODE.text.replace("blomberg", ""),
        "Rechnung " + CODE.text,
        CODE.text.replace("CLERK1", "CLERK2"),
        "JJD000390007882",
        "",
    ],
)
def test_a_sender_s_code_is_no_sheet(foreign: str) -> None:
    assert sheet_code(foreign) is None
    page = replace(stack("t")[0], barcodes=(Barcode(symbology="QRCode", text=foreign, rect=PLACE),))
    assert separate([page], SEPARATORS).dropped == ()


@pytest.mark.parametrize("symbology", ["DataMatrix", "PDF417", "Aztec", "ITF", "EAN13"])
def test_our_own_text_in_a_kind_of_code_that_is_not_allowed_cuts_nothing(symbology: str) -> None:
    page = replace(stack("t")[0], barcodes=(Barcode(symbology=symbology, text=CODE.text, rect=PLACE),))
    assert separate([page], SEPARATORS).dropped == ()


def sheets_pdf(place: Path, count: int, language: str = "de", **told: str) -> bytes:
    target = place / f"sheets-{language}.pdf"
    Sheets(PaperPrinter()).write(target, Texts.for_language(language), municipality="blomberg", count=count, **told)
    return target.read_bytes()


def bundle(*papers: tuple[bytes, int]) -> bytes:
    """Pages of several files in one, as a feeder would scan them; each as (file, page from 1)."""
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        for content, page in papers:
            with pikepdf.open(io.BytesIO(content)) as source:
                pdf.pages.append(source.pages[page - 1])
        pdf.save(target)
    return target.getvalue()


def test_a_stack_with_our_sheets_is_cut_and_knows_case_and_kind(station: Station, tmp_path: Path) -> None:
    station.knows(CASE)
    sheets = sheets_pdf(tmp_path, 2, case_number=CASE.case_number, document_type="Rechnung")
    letter = letter_pdf(("Guten Tag",))
    station.drop("stapel.pdf", bundle((sheets, 1), (letter, 1), (sheets, 2), (letter, 1), (letter, 1)))
    station.run()
    with station.store.read() as session:
        documents = session.documents.inbox()
        found = [session.suggestions.get(document.document_id) for document in documents]
    assert sorted(document.page_count for document in documents) == [1, 2]
    for each in found:
        assert each is not None and each.sheets_missing == ()
        assert each.cases[0].case_number == CASE.case_number
        (kind,) = [field for field in each.fields if field.field is DocumentField.DOCUMENT_TYPE]
        assert (kind.value, kind.evidence.reason) == ("Rechnung", Reason.SEPARATOR_SHEET)


@pytest.mark.parametrize(
    ("language", "words"), [("de", ("Trennblatt", "Blatt 1 von 1")), ("en", ("Separator sheet", "Sheet 1 of 1"))]
)
def test_a_sheet_tells_people_what_it_is(tmp_path: Path, language: str, words: tuple[str, ...]) -> None:
    import pypdfium2

    content = sheets_pdf(tmp_path, 1, language, case_number="65.10-2026/009", document_type="Bescheid")
    text = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_bounded()
    assert all(word in text for word in (*words, "Blomberg", "65.10-2026/009", "Bescheid"))


def test_a_sheet_that_cannot_be_read_is_told_with_its_page(station: Station, tmp_path: Path) -> None:
    sheets, letter = sheets_pdf(tmp_path, 7), letter_pdf(("Guten Tag",))
    torn = letter_pdf(("Trennblatt", "Blomberg", "Blatt 6 von 7"))
    pages = [page for number in range(1, 8) for page in ((sheets, number) if number != 6 else (torn, 1), (letter, 1))]
    station.drop("stapel.pdf", bundle(*pages))
    station.run()
    with station.store.read() as session:
        documents = session.documents.inbox()
        found = [session.suggestions.get(document.document_id) for document in documents]
    assert len(documents) == 6
    for each in found:
        assert each is not None
        (missing,) = each.sheets_missing
        assert (missing.printed, missing.read, missing.missing, missing.alike) == (7, 6, (6,), (11,))
    assert missing_sentence(missing, Texts.for_language("de")) == (
        "7 Trennblätter gedruckt, 6 gelesen; nicht gelesen: 6. Seite 11 sieht wie ein Trennblatt aus. "
        "Prüfen, wo die Briefe enden."
    )


def test_a_sheet_of_another_town_cuts_the_stack_and_is_told(station: Station, tmp_path: Path) -> None:
    target = tmp_path / "fremd.pdf"
    Sheets(PaperPrinter()).write(target, Texts.for_language("de"), municipality="luegde", count=1)
    letter = letter_pdf(("Guten Tag",))
    station.drop("stapel.pdf", bundle((letter, 1), (target.read_bytes(), 1), (letter, 1)))
    station.run()
    with station.store.read() as session:
        found = [session.suggestions.get(document.document_id) for document in session.documents.inbox()]
    told = [notices(each, Texts.for_language("de")) for each in found if each is not None]
    assert sorted(told) == [
        (),
        ("Das Trennblatt davor ist eines von Lügde. Prüfen Sie, für welchen Mandanten der Brief ist.",),
    ]


def test_a_letter_that_speaks_of_a_sheet_is_no_sheet() -> None:
    def page(text: str):
        words = tuple(Word(text=word, rect=Rect(0, 0, 1, 1), line=1) for word in text.split())
        return replace(stack("t")[0], words=words)

    assert looks_like_sheet(page("T R E N N B L A T T"))
    assert looks_like_sheet(page("Patch T"))
    assert not looks_like_sheet(page("Bitte legen Sie ein Trennblatt ein. " + "Sehr geehrte Damen und Herren " * 20))
    assert not looks_like_sheet(page("Guten Tag"))
    (told,) = separate([*stack("st"), replace(page("Patch-T"), number=3)], SEPARATORS).missing
    assert told == SheetsMissing(read=1, alike=(3,))
