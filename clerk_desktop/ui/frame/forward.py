"""Bringing the window back, wherever it is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def come_forward(window: QWidget) -> None:
    """Show a window that is hidden, minimised or behind others, and give it the keys."""
    window.showNormal() if window.isMinimized() else window.show()
    window.raise_()
    window.activateWindow()
