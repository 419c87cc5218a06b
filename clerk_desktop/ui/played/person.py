"""Somebody at a window: presses keys, moves the mouse, looks until something is to be seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPlainTextEdit, QWidget

from clerk_desktop.model.case import CaseFilter
from clerk_desktop.model.geometry import Point
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.case.view import CasePanel
from clerk_desktop.ui.inbox.place import InboxPlace
from clerk_desktop.ui.review.page_view import PageView
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.usecases.desk import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SIZE = (1600, 1000)
LOOK_MILLISECONDS = 100
PATIENCE_MILLISECONDS = 60_000


class NothingHappenedError(TimeoutError):
    """What a person waited for did not come to be seen."""


class Person:
    """One window of a profile, with intake and exchange going on behind it as they do for a clerk."""

    def __init__(self, home: Path, desk: Desk, texts: Texts) -> None:
        self.desk = desk
        self.session = WindowSession(desk, texts, home)
        self.window = self.session.window
        self.window.resize(*SIZE)
        self.window.show()
        self.session.work_in_background()
        self.session.make_ready()

    def close(self) -> None:
        """Go home."""
        self.session.close()

    def look_until(self, seen: Callable[[], bool], what: str) -> None:
        """Let the window live until ``seen``. Raises ``NothingHappenedError`` after a minute."""
        for _ in range(PATIENCE_MILLISECONDS // LOOK_MILLISECONDS):
            if seen():
                return
            let_pass(LOOK_MILLISECONDS)
        raise NothingHappenedError(what)

    def picture(self, path: Path) -> str:
        """Take a picture of the window; returns its file name."""
        let_pass(LOOK_MILLISECONDS)
        self.window.grab().save(str(path))
        return path.name

    def go(self, number: int) -> None:
        """Go to a place of the rail by its number, from 1."""
        self._come_forward()
        press(self.window, Qt.Key(Qt.Key.Key_0 + number), CONTROL)

    def inbox(self) -> InboxPlace:
        """Go to the inbox."""
        self.go(1)
        view = self.window.view
        if not isinstance(view, InboxPlace):
            raise NothingHappenedError("inbox")
        self.look_until(lambda: bool(view.listing.rows), "letters in the inbox")
        return view

    def open_case(self, number: str) -> CasePanel:
        """Find a case by typing its number anywhere, and open it, unless it is open."""
        panel = self._panel(number)
        if panel is not None:
            return panel
        self.look_until(lambda: bool(self.desk.worklist.find(CaseFilter(text=number))), f"case {number}")
        self._come_forward()
        press(self.window, Qt.Key.Key_K, CONTROL)
        write(self.window.field, number)
        press(self.window.field, Qt.Key.Key_Return)
        self.look_until(lambda: self._panel(number) is not None, f"case {number} on the screen")
        panel = self._panel(number)
        assert panel is not None
        return panel

    def _panel(self, number: str) -> CasePanel | None:
        view = self.window.view
        if not isinstance(view, WorklistPlace):
            return None
        case_id = view.panel.case_id
        return view.panel if case_id and self.desk.worklist.show_by_id(case_id).case.case_number == number else None

    def choose(self, panel: CasePanel, document_id: DocumentId) -> PageView:
        """Go down to a document of the open case and wait for its page."""
        self.look_until(lambda: document_id in panel.documents.lines.keys, "the document in its case")
        panel.documents.setFocus()
        press(panel.documents, Qt.Key.Key_Home)
        for _ in panel.documents.lines.keys:
            if panel.documents.current_key == document_id:
                break
            press(panel.documents, Qt.Key.Key_Down)
        pane = panel.pane
        self.look_until(lambda: pane.document_id == document_id and pane.is_ready, "the document's page")
        return pane.view

    def _come_forward(self) -> None:
        self.window.activateWindow()
        self.look_until(self.window.isActiveWindow, "the window in front")

    def highlight(self, view: PageView, start: Point, end: Point) -> None:
        """Draw the highlighter over the first page, from point to point (PDF points, origin lower left)."""
        view.setFocus()
        press(view, Qt.Key.Key_M)
        first, last = on_screen(view, start), on_screen(view, end)
        QTest.mousePress(view.viewport(), LEFT, NONE, first)
        let_pass(LOOK_MILLISECONDS)
        QTest.mouseMove(view.viewport(), last)
        QTest.mouseRelease(view.viewport(), LEFT, NONE, last)

    def note(self, view: PageView, place: Point, text: str) -> None:
        """Put a note onto the first page."""
        view.setFocus()
        press(view, Qt.Key.Key_N)
        QTimer.singleShot(3 * LOOK_MILLISECONDS, lambda: _answer(text))
        QTest.mouseClick(view.viewport(), LEFT, NONE, on_screen(view, place))


def on_screen(view: PageView, place: Point) -> QPoint:
    """Return where a point of the first page is in the viewport."""
    across, down = view.page_layout.to_view(0, place)
    return QPoint(round(across + view.offset().x()), round(down + view.offset().y()))


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """Press a key."""
    QTest.keyClick(widget, key, modifier)


def write(widget: QWidget, text: str) -> None:
    """Type a text; QTest knows no keys for letters beyond ASCII."""
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(widget, letter)
        else:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(widget, QKeyEvent(kind, 0, NONE, letter))


def let_pass(milliseconds: int) -> None:
    """Let time pass as it does for a person, with the event loop running."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _answer(text: str) -> None:
    dialog = QApplication.activeModalWidget()
    if dialog is None:
        return
    write(dialog.findChildren(QPlainTextEdit)[0], text)
    buttons = dialog.findChildren(QDialogButtonBox)[0]
    QTest.mouseClick(buttons.button(QDialogButtonBox.StandardButton.Ok), LEFT)
