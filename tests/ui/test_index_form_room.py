"""The index form in windows of every height: nothing covers another, the focus and the buttons are in sight."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from clerk_desktop.model.document import DocumentField
from clerk_desktop.ui.inbox.index_form import IndexForm
from clerk_desktop.ui.inbox.place import InboxPlace
from clerk_desktop.ui.workplace import Place
from tests.ui.stage import PDF, Stage, press, settle
from tests.ui.test_inbox import field, proposal

SENDER = "Dachbau Siekmann & Söhne <Meisterbetrieb> GmbH & Co. KG, Blomberg-Großenmarpe"
LOW, USUAL, LARGE = (960, 540), (1280, 720), (1920, 1080)


def opened(stage: Stage, size: tuple[int, int]) -> IndexForm:
    cases = [stage.case(f"32.10-2026/{number:03}", "Anwohnerparken Burgstraße") for number in range(4)]
    letter = stage.document("scan", PDF)
    stage.suggest(letter, *(proposal(case) for case in cases), fields=[field(DocumentField.SENDER, SENDER)])
    session = stage.open(size=size)
    session.window.go(Place.INBOX)
    settle(session)
    view = session.window.view
    assert isinstance(view, InboxPlace)
    return view.form


def parts(form: IndexForm) -> list[QWidget]:
    lines = (form.case, form.document_type, form.sender_line, form.subject_line, form.letter_date, form.protection)
    return [*lines, form.suggestions, form.received_on, *form.labels.values()]


def where(widget: QWidget, form: IndexForm) -> QRect:
    return QRect(widget.mapTo(form, QPoint(0, 0)), widget.size())


def is_whole(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect().size() == widget.size()


@pytest.mark.parametrize("size", [LOW, USUAL, LARGE])
def test_no_part_covers_another_and_the_buttons_are_whole(stage: Stage, size: tuple[int, int]) -> None:
    form = opened(stage, size)

    covered = [(a, b) for a, b in combinations(parts(form), 2) if where(a, form).intersects(where(b, form))]

    assert covered == []
    assert is_whole(form.file_button) and is_whole(form.new_button)
    least = min(each.fontMetrics().height() for each in form.labels.values())
    assert all(each.height() >= least for each in parts(form))


def test_a_usual_window_shows_every_field_without_scrolling(stage: Stage) -> None:
    form = opened(stage, USUAL)

    assert [each for each in parts(form) if not is_whole(each)] == []


def test_what_has_the_focus_is_scrolled_into_sight(stage: Stage) -> None:
    form = opened(stage, LOW)
    press(form, Qt.Key.Key_F2)
    assert not is_whole(form.protection), "there is less room than the fields need"

    for _ in range(20):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus is form.protection:
            break
        press(focus, Qt.Key.Key_Tab)
    assert is_whole(form.protection)

    press(form, Qt.Key.Key_F2)
    assert form.case.hasFocus() and is_whole(form.case)


@pytest.mark.parametrize("size", [USUAL, LARGE])
def test_pointing_at_a_cut_sender_shows_the_whole(stage: Stage, size: tuple[int, int]) -> None:
    form = opened(stage, size)
    line = form.sender_line
    assert line.text() == SENDER
    middle = line.rect().center()

    QTest.mouseMove(line, middle)
    QApplication.sendEvent(line, QHelpEvent(QHelpEvent.Type.ToolTip, middle, line.mapToGlobal(middle)))

    assert QToolTip.isVisible()
    assert ("&lt;Meisterbetrieb&gt;" in QToolTip.text()) is line.is_cut
    assert "80 %" in QToolTip.text()
    line.setText("Brandt")
    assert not line.is_cut
