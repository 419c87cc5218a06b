"""Questions that are answered with words: by keys, with what stood there before, and given up by Esc."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.text_question import TextQuestion, ask_line, ask_text
from tests.ui.stage import press, when_asked, write

TEXTS = Texts.for_language("de")
CONTROL = Qt.KeyboardModifier.ControlModifier


def question() -> TextQuestion:
    open_dialog = QApplication.activeModalWidget()
    assert isinstance(open_dialog, TextQuestion)
    return open_dialog


def answer(text: str, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    write(question().field, text)
    press(question().field, key, modifier)


def test_enter_answers_a_question_for_a_line(qtbot: QtBot) -> None:
    when_asked(lambda: answer(" 7 ", Qt.Key.Key_Return))

    assert ask_line(TEXTS, "Papierkarton", "Nummer", None, before="6") == "7"


def test_enter_goes_on_in_a_text_and_control_enter_is_done(qtbot: QtBot) -> None:
    def act() -> None:
        write(question().field, "Bitte prüfen")
        press(question().field, Qt.Key.Key_Return)
        answer("bis Freitag", Qt.Key.Key_Return, CONTROL)

    when_asked(act)

    assert ask_text(TEXTS, "Notiz", "Text der Anmerkung", None) == "Bitte prüfen\nbis Freitag"


def test_what_stands_there_is_gone_on_with(qtbot: QtBot) -> None:
    when_asked(lambda: answer(" bis Freitag", Qt.Key.Key_Return, CONTROL))

    assert ask_text(TEXTS, "Notiz", "Text der Anmerkung", None, before="Bitte prüfen") == "Bitte prüfen bis Freitag"


@pytest.mark.parametrize("ask", [ask_line, ask_text])
def test_esc_gives_up(qtbot: QtBot, ask: object) -> None:
    when_asked(lambda: answer("anderes", Qt.Key.Key_Escape))

    assert callable(ask)
    assert ask(TEXTS, "Notiz", "Text", None, before="alt") is None


def test_tab_leaves_a_text(qtbot: QtBot) -> None:
    def act() -> None:
        field = question().field
        assert isinstance(field, QPlainTextEdit)
        press(field, Qt.Key.Key_Tab)
        ok = question().findChildren(QDialogButtonBox)[0].button(QDialogButtonBox.StandardButton.Ok)
        assert ok.hasFocus()
        press(ok, Qt.Key.Key_Return)

    when_asked(act)

    assert ask_text(TEXTS, "Notiz", "Text", None, before="alt") == "alt"
