"""What the list says of a mark: the words under it without the ends that belong to the text around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_desktop.model.annotation import MarkKind
from clerk_desktop.model.mark_titles import said_on, without_loose_ends
from tests.marks.values import mark


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("65.10-2026/009)", "65.10-2026/009"),
        ("(65.10-2026/009", "65.10-2026/009"),
        ("(65.10-2026/009)", "(65.10-2026/009)"),
        ("(65.10-2026/009).", "(65.10-2026/009)"),
        ("65.10-2026/009).", "65.10-2026/009"),
        ("(Az.: 65.10-2026/009),", "(Az.: 65.10-2026/009)"),
        ("Antrag (siehe Anlage 1", "Antrag (siehe Anlage 1"),
        ("Antrag (siehe Anlage 1)", "Antrag (siehe Anlage 1)"),
        ("[(Antrag", "Antrag"),
        ("Antrag)]", "Antrag"),
        ("([Antrag])", "([Antrag])"),
        ("(Antrag]", "Antrag"),
        ("a) Antrag", "a) Antrag"),
        ("„Am Markt“", "„Am Markt“"),
        ("„Am Markt", "Am Markt"),
        ("Am Markt“,", "Am Markt"),
        ("»Am Markt«", "»Am Markt«"),
        ("«Am Markt»", "«Am Markt»"),
        ("Am Markt«", "Am Markt"),
        ('"Am Markt"', '"Am Markt"'),
        ('"Am Markt', "Am Markt"),
        ("“At the market”", "“At the market”"),
        ("Sehr geehrte Frau Müller,", "Sehr geehrte Frau Müller"),
        ("Betreff:", "Betreff"),
        (", den 3. Mai;", "den 3. Mai"),
        ("– Bauamt –", "Bauamt"),
        ("• Bauamt", "Bauamt"),
        ("Bau- und Planungs-", "Bau- und Planungs-"),
        ("-5 °C.", "-5 °C"),
        (".pdf", ".pdf"),
        ("Turnverein Blomberg e. V.", "Turnverein Blomberg e. V."),
        ("i.A.", "i.A."),
        ("bis zum 31.12.", "bis zum 31.12."),
        ("am 31.12.2026.", "am 31.12.2026"),
        ("Wer zahlt das?", "Wer zahlt das?"),
        ("Eilt!", "Eilt!"),
        (").", ")."),
        ("", ""),
    ],
)
def test_loose_ends_are_left_out(words: str, said: str):
    assert without_loose_ends(words) == said


@given(st.text(st.sampled_from('()[]„“”»«" .,;:-–aB1')))
def test_only_ends_are_left_out_and_nothing_more_the_second_time(words: str):
    said = without_loose_ends(words)
    assert said in words
    assert [letter for letter in said if letter.isalnum()] == [letter for letter in words if letter.isalnum()]
    assert without_loose_ends(said) == said


def test_what_somebody_wrote_stays_as_it_is_and_what_stands_under_a_mark_does_not():
    assert said_on(mark(text="65.10-2026/009)", subject="anderes")) == "65.10-2026/009)"
    for kind in (MarkKind.HIGHLIGHT, MarkKind.UNDERLINE, MarkKind.STRIKEOUT):
        assert said_on(mark(kind, subject="65.10-2026/009) \n ,")) == "65.10-2026/009"
    assert said_on(mark(MarkKind.SQUARE, subject="a)")) == "a)"
    assert said_on(mark()) == ""
