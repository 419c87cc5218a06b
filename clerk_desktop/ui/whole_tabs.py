"""Tabs that all show with their whole names: nothing is cut, nothing hides behind arrows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget


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
