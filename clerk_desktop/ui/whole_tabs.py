"""Tabs that all show with their whole names, and pages that are made when they are first looked at and scroll where a
window is too low for them.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QTabWidget, QVBoxLayout, QWidget

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
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(page)
    return area


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
