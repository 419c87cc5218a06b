"""The question before something is given up: Enter and Esc keep it, as whoever files by Enter may press it unseen."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

YES, NO = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No


def gives_up(parent: QWidget, question: str) -> bool:
    """Ask; ``question`` is in the user's language."""
    return QMessageBox.question(parent, "clerk-desktop", question, YES | NO, NO) == YES
