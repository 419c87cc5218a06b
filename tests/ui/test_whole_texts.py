"""What the walk over buttons and labels leaves out: wrapped texts, choices, names of columns and pages, hints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QTextDocumentFragment
from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QStyleOptionHeader,
    QTabBar,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeStage
from tests.ui.stage import scene
from tests.ui.test_accessibility import SIZES, shown, windows

TEXT_MARGIN = 2
"""Pixels on each side that ``QLineEdit`` keeps free inside its frame."""


def written(label: QLabel) -> str:
    return QTextDocumentFragment.fromHtml(label.text()).toPlainText() if "<" in label.text() else label.text()


def cut_labels(window: QWidget) -> Iterator[str]:
    """Wrapped texts that need more lines than they have, or with a word that is longer than a line."""
    for label in shown(window, QLabel):
        assert isinstance(label, QLabel)
        if not label.text() or not label.wordWrap():
            continue
        room = label.contentsRect()
        longest = max(label.fontMetrics().horizontalAdvance(word) for word in re.split(r"[\s/-]+", written(label)))
        if label.heightForWidth(label.width()) > label.height() + 1:
            yield f"{label.text()!r}: {label.height()} of {label.heightForWidth(label.width())} high"
        if longest > room.width():
            yield f"{label.text()!r}: a word of {longest} in {room.width()}"


def cut_choices(window: QWidget) -> Iterator[str]:
    """Choices whose text is wider than what shows it, whichever of them is chosen."""
    for box in shown(window, QComboBox):
        assert isinstance(box, QComboBox)
        option = QStyleOptionComboBox()
        box.initStyleOption(option)
        control, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = box.style().subControlRect(control, option, field, box).width()
        for text in {box.itemText(number) for number in range(box.count())}:
            if box.fontMetrics().horizontalAdvance(text) > room:
                yield f"{text!r}: {box.fontMetrics().horizontalAdvance(text)} in {room}"


def cut_headings(window: QWidget) -> Iterator[str]:
    """Names of columns that are wider than their column, the sign of the order included."""
    for header in shown(window, QHeaderView):
        assert isinstance(header, QHeaderView)
        for section in range(header.count()):
            option = QStyleOptionHeader()
            header.initStyleOption(option)
            header.initStyleOptionForIndex(option, section)
            needed = header.style().sizeFromContents(QStyle.ContentsType.CT_HeaderSection, option, option.rect.size())
            if not header.isSectionHidden(section) and needed.width() > header.sectionSize(section):
                yield f"{option.text!r}: {needed.width()} in {header.sectionSize(section)}"


def cut_tabs(window: QWidget) -> Iterator[str]:
    """Names of pages."""
    for bar in shown(window, QTabBar):
        assert isinstance(bar, QTabBar)
        for tab in range(bar.count()):
            if bar.tabRect(tab).width() < bar.fontMetrics().horizontalAdvance(bar.tabText(tab)):
                yield f"{bar.tabText(tab)!r}: {bar.tabRect(tab).width()}"


def cut_hints(window: QWidget) -> Iterator[str]:
    """What an empty field says of itself."""
    for line in shown(window, QLineEdit):
        assert isinstance(line, QLineEdit)
        option = QStyleOptionFrame()
        line.initStyleOption(option)
        inside = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line)
        room = inside.width() - 2 * TEXT_MARGIN - line.textMargins().left() - line.textMargins().right()
        needed = line.fontMetrics().horizontalAdvance(line.placeholderText())
        if needed > room:
            yield f"{line.placeholderText()!r}: {needed} in {room}"


def cut_rows(window: QWidget) -> Iterator[str]:
    """Rows of short lists, of which nothing is scrolled sideways."""
    for rows in shown(window, QListWidget):
        assert isinstance(rows, QListWidget)
        if rows.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            continue
        for number in range(rows.count()):
            needed = max(
                QFontMetrics(rows.font()).horizontalAdvance(line) for line in rows.item(number).text().split("\n")
            )
            if needed > rows.viewport().width():
                yield f"{rows.item(number).text()!r}: {needed} in {rows.viewport().width()}"


LONG = "Wiedervorlagedatum"


def label(parent: QWidget) -> None:
    made = QLabel(f"{LONG} {LONG}", parent)
    made.setWordWrap(True)
    made.setGeometry(0, 0, 200, made.fontMetrics().height())


def long_word(parent: QWidget) -> None:
    made = QLabel(LONG, parent)
    made.setWordWrap(True)
    made.setGeometry(0, 0, 40, 400)


def choice(parent: QWidget) -> None:
    made = QComboBox(parent)
    made.addItems(["kurz", LONG])
    made.setGeometry(0, 0, 60, 30)


def heading(parent: QWidget) -> None:
    made = QTableWidget(1, 1, parent)
    made.setHorizontalHeaderLabels([LONG])
    made.setColumnWidth(0, 30)


def tabs(parent: QWidget) -> None:
    made = QTabBar(parent)
    made.setElideMode(Qt.TextElideMode.ElideRight)
    made.setUsesScrollButtons(False)
    made.addTab(LONG)
    made.addTab(LONG)
    made.setGeometry(0, 0, 90, 30)


def hint(parent: QWidget) -> None:
    made = QLineEdit(parent)
    made.setPlaceholderText(LONG)
    made.setGeometry(0, 0, 60, 30)


def row(parent: QWidget) -> None:
    made = QListWidget(parent)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.addItem(f"kurz\n{LONG}")
    made.setGeometry(0, 0, 60, 60)


@pytest.mark.parametrize(
    ("make", "find"),
    [
        (label, cut_labels),
        (long_word, cut_labels),
        (choice, cut_choices),
        (heading, cut_headings),
        (tabs, cut_tabs),
        (hint, cut_hints),
        (row, cut_rows),
    ],
)
def test_what_is_cut_is_found(
    qtbot: QtBot, make: Callable[[QWidget], None], find: Callable[[QWidget], Iterator[str]]
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 600)
    make(window)
    window.show()
    qtbot.waitExposed(window)

    assert [told for told in find(window) if LONG in told] != []


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_no_other_text_is_cut(stages: MakeStage, language: str, size: tuple[int, int]) -> None:
    stage = scene(stages(language=language))
    cut = {
        f"{place}: {text}"
        for place, window in windows(stage, size)
        for each in (cut_labels, cut_choices, cut_headings, cut_tabs, cut_hints, cut_rows)
        for text in each(window)
    }
    assert "\n".join(sorted(cut)) == ""


@pytest.mark.slow
def test_no_other_text_is_cut_on_a_screen_of_twice_the_density() -> None:
    """Qt takes its scale once, at the start of a program: so the walk above is another program's."""
    named = f"{Path(__file__).as_posix()}::{test_no_other_text_is_cut.__name__}"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", named]
    environment = {**os.environ, "QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stdout[-3000:]
    assert "4 passed" in done.stdout
