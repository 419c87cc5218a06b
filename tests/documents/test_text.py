from __future__ import annotations

import io

import pikepdf
import pytest

from clerk_desktop.documents.legible import says_something
from clerk_desktop.documents.pdf_file import PdfFile
from clerk_desktop.documents.text import EmbeddedText
from clerk_desktop.model.reading import Word
from tests.documents.pages import text_pdf

LETTER = ["Stadt Blomberg", "Aktenzeichen: 50.10-2026-0042", "Straße und Größe § 5 €"]


def words(content: bytes, number: int = 1) -> tuple[Word, ...]:
    return EmbeddedText(PdfFile(content)).words(number)


def test_words_stand_in_reading_order_with_their_lines() -> None:
    found = words(text_pdf(LETTER))
    assert " ".join(word.text for word in found) == " ".join(LETTER)
    assert [word.line for word in found] == [1, 1, 2, 2, 3, 3, 3, 3, 3, 3]
    assert {word.confidence for word in found} == {1.0}


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (50, 100, 595, 842)])
def test_places_are_counted_from_the_crop_box_whatever_the_rotation(
    rotate: int, crop: tuple[int, int, int, int] | None
) -> None:
    first = next(word for word in words(text_pdf(LETTER, rotate=rotate, crop=crop)) if word.text == "Stadt")
    left, bottom = crop[:2] if crop else (0, 0)
    assert first.rect.x0 == pytest.approx(72 - left, abs=1)
    assert first.rect.y0 <= 770 - bottom <= first.rect.y1
    assert first.line == 1
    assert 20 < first.rect.width < 40
    assert 8 < first.rect.height < 16


def test_a_file_that_pdfplumber_alone_finds_empty_is_read() -> None:
    content = text_pdf(LETTER, LETTER)
    broken = content[: content.rindex(b"startxref")]
    assert len(words(broken, 2)) == len(words(content, 2)) > 0


def test_a_locked_file_that_opens_without_password_is_read() -> None:
    with pikepdf.open(io.BytesIO(text_pdf(LETTER))) as pdf:
        target = io.BytesIO()
        pdf.save(target, encryption=pikepdf.Encryption(owner="o", user=""))
    assert len(words(target.getvalue())) == 10


@pytest.mark.parametrize("text", ["Blomberg", "Az. 12", "2026"])
def test_a_few_words_are_text(text: str) -> None:
    assert says_something(text)


@pytest.mark.parametrize(
    "text", ["", " \n", "1", "(cid:12)(cid:33)(cid:1)abc", "\ufffd\ufffd\ufffdabc", "\ue000\ue001ab1"]
)
def test_rubbish_of_fonts_without_a_map_is_no_text(text: str) -> None:
    assert not says_something(text)
