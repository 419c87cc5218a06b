"""The pages under mouse and keys: moving through them, zooming, and handing gestures on to a tool."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QWheelEvent,
)

from clerk_desktop.model.geometry import Point
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.review.page_canvas import LINE_PIXELS, PageCanvas
from clerk_desktop.ui.review.page_painter import paint_focus
from clerk_desktop.ui.tasks import Tasks

DRIFT_MILLISECONDS = 40
"""How often pages move on while the pointer is held beyond the edge of the view."""


class Hand(Protocol):
    """What the mouse and the keys do on the pages; places are on the page with that index (from 0)."""

    def begin(self, index: int, point: Point) -> None:
        """The button goes down."""

    def go_on(self, point: Point, over: tuple[int, Point]) -> None:
        """The pointer moves with the button down; ``over``: the page that is there now, and the place on it."""

    def spans_pages(self) -> bool:
        """Whether what was begun may go on over the edges of its page and of the view."""

    def end(self) -> None:
        """The button goes up."""

    def again(self, index: int, point: Point) -> None:
        """The button was pressed twice."""

    def hover(self, index: int, point: Point) -> None:
        """The pointer moves with no button down."""

    def key(self, event: QKeyEvent) -> bool:
        """A key; False leaves it to the view."""

    def needs_escape(self) -> bool:
        """Whether Esc ends something here before it means anything to the place around."""


class PageView(PageCanvas):
    """``hand`` gets what mouse and keys do on the pages; None only reads.

    ``menu_wanted`` carries the position of the pointer in the viewport, None where a key asked for the menu.
    """

    menu_wanted = Signal(object)

    def __init__(self, tasks: Tasks, texts: Texts) -> None:
        super().__init__(tasks, texts)
        self.hand: Hand | None = None
        self._grabbed: int | None = None
        self._pointer = QPointF()
        self._drift = QTimer(self, interval=DRIFT_MILLISECONDS)
        self._drift.timeout.connect(self._drift_on)
        self.viewport().setMouseTracking(True)

    def event(self, event: QEvent) -> bool:
        """Keep Esc while a tool is in the hand."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() is QEvent.Type.ShortcutOverride and self.hand and self.hand.needs_escape():
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages, and around them whether they have the keys."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            ring = self.palette().color(QPalette.ColorRole.Accent)
            paint_focus(painter, QRectF(self.viewport().rect()), ring)
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture on a page."""
        place = self.place_at(event.position())
        if self.hand is not None and place is not None and event.button() is Qt.MouseButton.LeftButton:
            self._grabbed = place[0]
            self.hand.begin(*place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it, on the same page, also beside its edge."""
        if self.hand is not None and self._grabbed is None:
            place = self.place_at(event.position())
            if place is not None:
                self.hand.hover(*place)
        elif self.hand is not None and self._grabbed is not None:
            self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it."""
        self._drift.stop()
        if self.hand is not None and self._grabbed is not None:
            self._grabbed = None
            self.hand.end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Pass it on."""
        place = self.place_at(event.position())
        if self.hand is not None and place is not None:
            self.hand.again(*place)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the menu where the pointer is, or, asked for with its key, where something is chosen."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        self.menu_wanted.emit(None if by_key else event.pos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll otherwise."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)
            self._go_on(event.position())

    def _go_on(self, position: QPointF) -> None:
        """Go on at a position of the viewport, also beyond its edges: then the pages move along."""
        if self.hand is None or self._grabbed is None or self._grabbed >= self.pages:
            return
        self._pointer = position
        x, y = (position - self.offset()).toTuple()
        self.hand.go_on(self.page_layout.to_page(self._grabbed, x, y), self.place_near(position))
        outside = not 0 <= position.y() <= self.viewport().height()
        if outside and self.hand.spans_pages():
            self._drift.start()
        else:
            self._drift.stop()

    def _drift_on(self) -> None:
        """Move the pages towards a pointer that is held outside, the faster the farther off it is."""
        y, height = self._pointer.y(), self.viewport().height()
        beyond = y if y < 0 else max(0.0, y - height)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(max(-LINE_PIXELS * 2, min(beyond, LINE_PIXELS * 2))))
        self._go_on(self._pointer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move through the pages."""
        if event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.menu_wanted.emit(None)  # not every system makes a menu key of it
            return
        if self.hand is not None and self.hand.key(event):
            return
        bar = self.verticalScrollBar()
        page = round(self.viewport().height() * 0.9)
        moves = {
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Space: page,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Down: LINE_PIXELS,
            Qt.Key.Key_Up: -LINE_PIXELS,
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        step = moves.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step)
