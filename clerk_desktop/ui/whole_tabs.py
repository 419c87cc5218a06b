"""Tabs that all show with their whole names, and pages that are made when they are first looked at and scroll where a
window is too low for them.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from clerk_desktop.ui.spared_from_wheel import spare_from_wheel


def whole_tabs() -> QTabWidget:
    """Return such tabs; they are never narrower than their names (``minimumSizeHint``)."""
    tabs = QTabWidget()
    tabs.setDocumentMode(True)
    bar = tabs.tabBar()
    bar.setObjectName("side")
    bar.setUsesScrollButtons(False)
    bar.setElideMode(Qt.TextElideMode.ElideNone)
    bar.setExpanding(False)
    return tabs


def scrolling(page: QWidget, parent: QWidget) -> QScrollArea:
    """Return a page that scrolls down where it has less room than it needs."""
    area = QScrollArea(parent)
    _lay_flat(area)
    area.setWidget(page)
    return area


def _lay_flat(area: QScrollArea) -> None:
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)


class AsHighAsNeeded(QScrollArea):
    """Is as high as its page wants to be where there is room, and scrolls where there is less.

    Whatever part of the page gets the focus is scrolled into sight.
    """

    def __init__(self, page: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        _lay_flat(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._page = page
        self.setWidget(page)
        program = QApplication.instance()
        assert isinstance(program, QApplication), "there is one as soon as there is a widget"
        program.focusChanged.connect(self._follow)

    def sizeHint(self) -> QSize:
        """Return the page's wish; Qt would not ask for more than 24 lines."""
        return self._page.sizeHint()

    def viewportEvent(self, event: QEvent) -> bool:
        """Hear that the page wants another height."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().viewportEvent(event)

    def _follow(self, _: QWidget | None, focused: QWidget | None) -> None:
        if focused is not None and self._page.isAncestorOf(focused):
            self.ensureWidgetVisible(focused)


class LaterPage(QWidget):
    """A page that is made when it is first shown: whoever opens a place waits for one of its pages only.

    ``make`` gets the page's parent.
    """

    def __init__(self, make: Callable[[QWidget], QWidget]) -> None:
        super().__init__()
        self._make: Callable[[QWidget], QWidget] | None = make
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Make the page."""
        super().showEvent(event)
        self.make_now()

    def make_now(self) -> None:
        """Make the page where it is not there yet."""
        if self._make is not None:
            page = self._make(self)
            spare_from_wheel(page)
            self._make = None
            self._layout.addWidget(page)
            page.show()  # a layout does so only later, when the page was seen empty
