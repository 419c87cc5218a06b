"""Rows of lists whose texts are long: they are read whole where there is room, and end with "…" where there is not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFont, QFontMetrics
from pytestqt.qtbot import QtBot

from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.two_lines import TwoLineList, TwoLines
from clerk_desktop.ui.wrapped import Wrapping

LONG = "Vorgang ändern: Frist, Erneuerung der Beleuchtung in der Grundschule am Weinberg, zweiter Bauabschnitt"
WIDE, NARROW, HIGH = 900, 240, 600


def shown(qtbot: QtBot, width: int, most: int, *rows: TwoLines) -> TwoLineList:
    view = TwoLineList("Liste", most=most)
    qtbot.addWidget(view)
    view.resize(width, HIGH)
    view.show()
    qtbot.waitExposed(view)
    view.show_rows(rows, "")
    return view


def row(key: str, title: str, details: str = "27.11.2026") -> TwoLines:
    return TwoLines(key=key, title=title, details=details, symbol=Icon.HISTORY)


def heights(view: TwoLineList) -> list[int]:
    return [view.visualRect(view.lines.index(number, 0)).height() for number in range(view.lines.rowCount())]


@pytest.mark.parametrize("text", [LONG, "Ümläute😀" * 40, "a\N{COMBINING DIAERESIS} " * 90, "Wort " * 60])
def test_the_rows_of_a_text_hold_all_of_it_and_fit(qtbot: QtBot, text: str) -> None:
    font = QFont()

    rows = Wrapping(font).rows(text, NARROW, 99)

    assert "".join(rows).replace(" ", "") == text.replace(" ", "")
    assert max(QFontMetrics(font).horizontalAdvance(each) for each in rows) <= NARROW


def test_what_does_not_fit_ends_with_an_ellipsis(qtbot: QtBot) -> None:
    rows = Wrapping(QFont()).rows(LONG, NARROW, 2)

    assert len(rows) == 2
    assert LONG.startswith(rows[0])
    assert rows[1].endswith("…")
    assert Wrapping(QFont()).rows("kurz", NARROW, 2) == ("kurz",)
    assert Wrapping(QFont()).rows("", NARROW, 2) == ()


def test_a_row_is_as_high_as_its_texts_need_and_the_next_one_begins_below_it(qtbot: QtBot) -> None:
    view = shown(qtbot, NARROW, 12, row("a", LONG), row("b", "Notiz"), row("c", "Notiz", LONG))

    long_title, short, long_details = heights(view)

    assert long_title > short < long_details
    tops = [view.visualRect(view.lines.index(number, 0)).top() for number in range(3)]
    assert tops == [tops[0], tops[0] + long_title, tops[0] + long_title + short]


def test_a_row_needs_fewer_lines_when_its_list_becomes_wider(qtbot: QtBot) -> None:
    view = shown(qtbot, NARROW, 12, row("a", LONG))
    (narrow,) = heights(view)

    view.resize(WIDE, HIGH)

    qtbot.waitUntil(lambda: heights(view)[0] < narrow)


def test_lists_of_two_lines_have_rows_of_one_height(qtbot: QtBot) -> None:
    view = shown(qtbot, NARROW, 2, row("a", LONG), row("b", "Notiz"))

    first, second = heights(view)

    assert first == second


def test_the_end_of_a_long_text_is_painted(qtbot: QtBot) -> None:
    """The row of a text with another end looks different, which it does not where the end is left out."""
    view = shown(qtbot, NARROW, 12, row("a", f"{LONG} A"))
    before = view.viewport().grab(view.visualRect(view.lines.index(0, 0))).toImage()

    view.show_rows([row("a", f"{LONG} B")], "")

    place = view.visualRect(view.lines.index(0, 0))
    assert place.topLeft() == QPoint(0, 0)
    assert view.viewport().grab(place).toImage() != before
