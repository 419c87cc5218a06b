"""Index data that stand on a first page: who writes, about what, of which day. Pages are laid out as letters are."""

from __future__ import annotations

from datetime import date

import pytest

from clerk_desktop.intake.fields.page import FirstPage, first_page
from clerk_desktop.intake.suggest import fields_of
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.reading import PageReading, PageSize, TextSource, Word

TODAY = date(2026, 11, 26)
WIDTH, HEIGHT = 595.0, 842.0
PER_LETTER = 0.5  # widths of a letter by its height
Laid = tuple[float, float, float, str]
"""Left, top, height, text; points from the upper left corner."""

OUR_ADDRESS: tuple[Laid, ...] = (
    (70, 185, 11, "Stadt Blomberg"),
    (70, 198, 11, "Ordnungsamt"),
    (70, 212, 11, "Marktplatz 1"),
    (70, 226, 11, "32825 Blomberg"),
)
GREETING: Laid = (70, 320, 12, "Sehr geehrte Damen und Herren,")


def page(*lines: Laid) -> FirstPage:
    words = []
    for number, (left, top, height, text) in enumerate(lines, start=1):
        x = left
        for word in text.split():
            width = len(word) * height * PER_LETTER
            rect = Rect(x, HEIGHT - top - height, x + width, HEIGHT - top)
            words.append(Word(text=word, rect=rect, line=number))
            x += width + height * PER_LETTER
    size = PageSize(width=WIDTH, height=HEIGHT)
    reading = PageReading(number=1, size=size, words=tuple(words), raw_text="", source=TextSource.EMBEDDED)
    found = first_page([reading])
    assert found is not None
    return found


def values(*lines: Laid, town: str = "Blomberg") -> dict[DocumentField, str]:
    return {field.field: field.value for field in fields_of(page(*lines), municipality=town, today=TODAY)}


def sender(*lines: Laid, town: str = "Blomberg") -> str:
    return values(*lines, town=town).get(DocumentField.SENDER, "")


def test_the_address_in_the_window_of_the_envelope_comes_before_the_letterhead() -> None:
    found = sender(
        (83, 48, 18, "Druckerei Lüttmann"),
        (82, 71, 13, "Inh. Sven Lüttmann - Emmerstraße 2, 32676 Lügde"),
        (70, 164, 9, "Druckerei Lüttmann - Emmerstraße 2, 32676 Lügde"),
        *OUR_ADDRESS,
        GREETING,
    )
    assert found == "Druckerei Lüttmann"


def test_an_address_in_the_running_text_is_nobodys_letterhead() -> None:
    found = sender(
        (163, 50, 14, "Rechtsanwälte Dr. Classen & Mertens"),
        *OUR_ADDRESS,
        GREETING,
        (70, 350, 12, "an, dass uns Herr Jens Tielker, Ostpreußenweg 9, 32825 Blomberg, beauftragt hat."),
    )
    assert found == "Rechtsanwälte Dr. Classen & Mertens"


def test_a_department_in_our_own_address_is_never_the_sender() -> None:
    found = sender(
        (70, 63, 10, "Erika Müller"),
        (70, 77, 10, "Neue Torstraße 14"),
        (70, 90, 10, "32825 Blomberg"),
        *OUR_ADDRESS,
        GREETING,
    )
    assert found == "Erika Müller"


@pytest.mark.parametrize("mayor", ["Der Bürgermeister", "Die Bürgermeisterin"])
def test_our_mayor_writes_no_letters_to_us(mayor: str) -> None:
    found = sender((70, 171, 11, "Stadt Blomberg"), (70, 184, 11, mayor), (70, 198, 11, "32825 Blomberg"), GREETING)
    assert found == ""


def test_a_name_in_capitals_is_written_as_in_a_sentence() -> None:
    lines = ((67, 53, 15, "VERWALTUNGSGERICHT MINDEN"), (67, 88, 10, "Königswall 8, 32423 Minden"))
    assert sender(*lines, *OUR_ADDRESS, GREETING) == "Verwaltungsgericht Minden"


def test_specks_around_a_name_do_not_belong_to_it() -> None:
    lines = ((187, 45, 20, "“Dachbau Siekmann & Söhne |"), (187, 70, 12, "Industrieweg 7, 32816 Schieder"))
    assert sender(*lines, *OUR_ADDRESS, GREETING) == "Dachbau Siekmann & Söhne"


def test_a_printed_mail_names_its_sender_without_the_address() -> None:
    found = sender(
        (54, 88, 9, "Von:"),
        (162, 88, 9, "Katrin Oberschelp <k.oberschelp@example.org>"),
        (54, 102, 9, "Gesendet:"),
        (162, 102, 9, "Montag, 16. November 2026 07:52"),
        (54, 167, 10, "Sehr geehrter Herr Vogt,"),
    )
    assert found == "Katrin Oberschelp"


def test_whoever_fills_in_a_form_is_its_sender_and_its_heading_the_subject() -> None:
    found = values(
        *OUR_ADDRESS,
        (59, 121, 16, "Anmeldung für einen Betreuungsplatz"),
        (63, 300, 6, "1 Name"),
        (308, 300, 6, "2 Vornamen"),
        (65, 313, 9, "Kortekamp"),
        (310, 313, 9, "Melanie"),
        (62, 330, 6, "5 Geburtsdatum"),
        (66, 343, 8, "23.04.1987"),
        (62, 360, 6, "Telefon"),
        (66, 373, 8, "0171 3920063"),
    )
    assert found[DocumentField.SENDER] == "Melanie Kortekamp"
    assert found[DocumentField.SUBJECT] == "Anmeldung für einen Betreuungsplatz"
    assert DocumentField.LETTER_DATE not in found, "a day of birth is no date of a letter"


def test_parents_of_a_form_come_before_the_child() -> None:
    found = sender(
        *OUR_ADDRESS,
        (63, 300, 6, "Name"),
        (306, 300, 6, "Vorname"),
        (65, 313, 9, "Janssen"),
        (308, 313, 9, "Mila Sophie"),
        (62, 340, 6, "Mutter: Name, Vorname"),
        (66, 353, 9, "Janssen, Lena"),
    )
    assert found == "Lena Janssen"


def test_the_day_of_a_stamp_or_of_our_ruling_is_not_the_day_of_the_letter() -> None:
    found = values(
        (70, 48, 10, "Heinz Wortmann"),
        (70, 63, 10, "Höxterstraße 38"),
        (70, 79, 10, "32676 Lügde"),
        (420, 79, 13, "Stadt Lügde"),
        (412, 95, 13, "11. NOV. 2026"),
        (70, 123, 11, "Stadt Lügde"),
        (70, 136, 11, "- Steueramt -"),
        (70, 150, 11, "Am Markt 1"),
        (70, 164, 11, "32676 Lügde"),
        (347, 216, 12, "‚Lügde, den 09.11.2026"),
        (65, 262, 13, "Betr.: Widerspruch gegen den Hundesteuerbescheid vom 26.10.2026"),
        (65, 301, 12, "Sehr geehrte Damen und Herren,"),
        town="Lügde",
    )
    assert found[DocumentField.LETTER_DATE] == "2026-11-09"
    assert found[DocumentField.SENDER] == "Heinz Wortmann"
