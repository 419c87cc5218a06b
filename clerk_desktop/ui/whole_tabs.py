"""Tabs that all show with their whole names, and pages that scroll where a window is too low for them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QTabWidget, QWidget


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


def scrolling(page: QWidget) -> QScrollArea:
    """Return a page that scrolls down where it has less room than it needs."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(page)
    return area
