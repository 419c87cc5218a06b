from __future__ import annotations

import pytest

from clerk_desktop.documents.section_sign import corrected
from tests.documents.pages import words


def said(text: str) -> str:
    return " ".join(word.text for word in corrected(words(text)))


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("nach 8 28 VwVfG", "nach § 28 VwVfG"),
        ("nach 8& 28 Abs. 1 VwVfG", "nach § 28 Abs. 1 VwVfG"),
        ("gemäß S 14 Satz 2", "gemäß § 14 Satz 2"),
        ("($ 11 Abs. 2 FAG)", "(§ 11 Abs. 2 FAG)"),
        ("|($ 50 Nr. 42 GemHVO)", "(§ 50 Nr. 42 GemHVO)"),
        ("88 12, 13 und 14 BGB", "§§ 12, 13 und 14 BGB"),
        ("8 34 BauGB", "§ 34 BauGB"),
        ("8 48a Abs. 3", "§ 48a Abs. 3"),
        ("8 50 i. V. m.", "§ 50 i. V. m."),
        ("(8 261 SGB Ill)", "(§ 261 SGB Ill)"),
        ("nach 8 77 der Landesbauordnung", "nach § 77 der Landesbauordnung"),
        ("nach 8 14 der Gewerbeordnung,", "nach § 14 der Gewerbeordnung,"),
        ("kommt nach 3 78 Absatz 5 WHG", "kommt nach § 78 Absatz 5 WHG"),
    ],
)
def test_a_misread_section_sign_before_a_law_is_put_right(read: str, printed: str) -> None:
    assert said(read) == printed


@pytest.mark.parametrize(
    "text",
    [
        "8 28 Stück",
        "Menge 8 10 EUR",
        "Hausnummer 8 32825 Blomberg",
        "8 Kisten zu 12 GmbH",
        "S 21 Bahnhof",
        "am 3 78 Absatz",
        "nach 3 78 Kisten",
        "8 14 der Bewohner",
        "S 4 nach AG",
        "Seite 8 von 12",
        "Größe S 38 blau",
        "8 & 9 Müller KG",
        "am 8 12 2025",
        "$ 50 Rechnung",
        "Tel. 8 28",
        "8",
        "88 Euro",
        "Müller & Sohn",
        "Kurs 8 28 EUR",
    ],
)
def test_an_eight_that_is_an_eight_stays(text: str) -> None:
    assert said(text) == text


def test_place_line_and_confidence_stay() -> None:
    before = words("nach 8 28 VwVfG")
    after = corrected(before)
    assert [(word.rect, word.line, word.confidence) for word in after] == [
        (word.rect, word.line, word.confidence) for word in before
    ]
