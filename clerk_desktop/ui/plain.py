"""Texts that others wrote, where Qt would take some of them for HTML: a subject, a file's name, a line of a letter."""

from __future__ import annotations

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """Return a hint that shows as it was written, whatever stands in it."""
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text
