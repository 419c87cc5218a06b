"""Searching in the window by keys: hits in groups, the server's behind them, the words marked on the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clerk_desktop.demo.text_pdf import Line, text_pdf
from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document
from clerk_desktop.ui.inbox.place import InboxPlace
from clerk_desktop.ui.review.pane import ReadingPane
from clerk_desktop.ui.search.place import SearchPlace
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.worklist.place import WorklistPlace
from tests.ui.stage import Stage, press, settle, write

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LETTER = text_pdf(
    [
        [Line(x=72, y=700, text="Sehr geehrte Damen und Herren")],
        [Line(x=72, y=700, text="ich brauche einen Parkausweis"), Line(x=72, y=600, text="Der Ausweis: Parkausweis")],
    ]
)


def read_text(stage: Stage, document: Document) -> None:
    """The text of ``LETTER`` as the background reads it."""
    with stage.store.write() as session:
        pages = ((1, "Sehr geehrte Damen und Herren"), (2, "ich brauche einen Parkausweis\nDer Ausweis: Parkausweis"))
        session.texts.put(document.sha256, pages, complete=True)


def typed(session: WindowSession, text: str) -> None:
    press(session.window, Qt.Key.Key_K, CONTROL)
    write(session.window.field, text)
    session.window.field.look_now()
    settle(session)


def shown(qtbot: QtBot, session: WindowSession, condition: Callable[[], bool]) -> None:
    def settled() -> bool:
        settle(session)
        return condition()

    qtbot.waitUntil(settled, timeout=100_000)


@pytest.fixture
def case(stage: Stage) -> Case:
    stage.signed_in()
    return stage.case("32.10-2026/018", "Anwohnerparken Burgstraße", participants=("Müller, Erika",))


@pytest.fixture
def letter(stage: Stage, case: Case) -> Document:
    made = stage.document("Antrag", LETTER, case_id=case.case_id, page_count=2)
    read_text(stage, made)
    return made


@pytest.mark.parametrize("text", ["mueler", "32 10 2026 18", "Burgstrasse", "erika", "Anwonerparken"])
def test_a_case_is_found_however_it_is_spelled(stage: Stage, case: Case, text: str) -> None:
    session = stage.open()
    typed(session, text)
    assert "32.10-2026/018   Anwohnerparken Burgstraße" in session.window.field.hits.texts
    press(session.window.field, Qt.Key.Key_Return)
    settle(session)
    assert isinstance(session.window.view, WorklistPlace)
    assert session.window.view.panel.case_id == case.case_id


def test_hits_stand_in_groups_and_the_keys_step_over_the_headings(stage: Stage, case: Case, letter: Document) -> None:
    session = stage.open()
    stage.case("50.20-2026/004", "Antrag Wohngeld")
    typed(session, "antrag")
    texts = session.window.field.hits.texts
    assert [text for text in texts if text in ("Vorgänge", "Schriftstücke", "Befehle")] == list(
        texts[:1] + texts[2:5:2]
    )
    assert session.window.field.hits.chosen.startswith("50.20-2026/004")
    press(session.window.field, Qt.Key.Key_Down)
    assert session.window.field.hits.chosen.startswith("Antrag  ·  32.10-2026/018")
    press(session.window.field, Qt.Key.Key_Up)
    press(session.window.field, Qt.Key.Key_Up)
    assert session.window.field.hits.chosen.startswith("50.20-2026/004")


def pane_of(session: WindowSession) -> ReadingPane:
    view = session.window.view
    assert isinstance(view, WorklistPlace | InboxPlace)
    return view.panel.pane if isinstance(view, WorklistPlace) else view.pane


@pytest.mark.slow
def test_a_word_in_a_letter_opens_it_at_its_page_with_all_places_marked(
    stage: Stage, letter: Document, qtbot: QtBot
) -> None:
    session = stage.open()
    typed(session, "parkausweis")
    assert session.window.field.hits.chosen == "Antrag  ·  32.10-2026/018  ·  S. 2  ·  ich brauche einen Parkausweis"
    press(session.window.field, Qt.Key.Key_Return)
    shown(qtbot, session, lambda: len(pane_of(session).find_bar.hits) == 2)
    assert pane_of(session).document_id == letter.document_id
    assert [hit.index for hit in pane_of(session).find_bar.hits] == [1, 1]
    assert pane_of(session).find_bar.field.text() == "parkausweis"


@pytest.mark.slow
def test_each_word_is_marked_by_itself(stage: Stage, letter: Document, qtbot: QtBot) -> None:
    session = stage.open()
    typed(session, "Parkausweis brauche")
    press(session.window.field, Qt.Key.Key_Return)
    shown(qtbot, session, lambda: len(pane_of(session).find_bar.hits) == 3)


@pytest.mark.slow
def test_all_hits_are_listed_by_control_enter_and_enter_opens_one(stage: Stage, case: Case) -> None:
    session = stage.open()
    typed(session, "Burgstraße")
    press(session.window.field, Qt.Key.Key_Return, CONTROL)
    settle(session)
    view = session.window.view
    assert isinstance(view, SearchPlace)
    assert view.field.text() == "Burgstraße"
    assert view.list.current_key == case.case_id
    press(view.list, Qt.Key.Key_Return)
    settle(session)
    assert isinstance(session.window.view, WorklistPlace)


@pytest.mark.slow
def test_what_only_the_server_finds_comes_behind_and_nothing_moves(stage: Stage, case: Case) -> None:
    session = stage.open()
    press(session.window, Qt.Key.Key_F, CONTROL | SHIFT)
    view = session.window.view
    assert isinstance(view, SearchPlace)
    assert view.field.hasFocus()
    write(view.field, "anwohner")
    view.look_now()
    settle(session)
    before = view.list.current_key
    assert view.told.text() == "Nur auf diesem Rechner gesucht."
    view.ask_server_now()
    settle(session)
    assert view.told.text() == "Nur auf diesem Rechner gesucht: Sie sind nicht angemeldet."
    assert view.list.current_key == before == case.case_id


def test_who_types_on_sees_only_what_was_typed_last(stage: Stage, case: Case) -> None:
    stage.case("50.20-2026/004", "Wohngeld")
    session = stage.open()
    press(session.window, Qt.Key.Key_K, CONTROL)
    write(session.window.field, "Anwohner")
    session.window.field.look_now()
    session.window.field.selectAll()
    write(session.window.field, "Wohngeld")
    session.window.field.look_now()
    settle(session)
    texts = session.window.field.hits.texts
    assert any(text.startswith("50.20-2026/004") for text in texts)
    assert not any(text.startswith("32.10-2026/018") for text in texts)


@pytest.mark.slow
def test_a_letter_of_the_inbox_is_opened_there(stage: Stage, qtbot: QtBot) -> None:
    stage.signed_in()
    letter = stage.document("Brief", LETTER, page_count=2)
    read_text(stage, letter)
    session = stage.open()
    typed(session, "parkausweis")
    press(session.window.field, Qt.Key.Key_Return)
    shown(qtbot, session, lambda: len(pane_of(session).find_bar.hits) == 2)
    assert isinstance(session.window.view, InboxPlace)
