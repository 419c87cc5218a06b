"""Asks for the passphrase of a profile without a keyring: once to open it, twice to make it."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.theme import GRID

WIDTH = GRID * 120


class UnlockDialog(QDialog):
    """``passphrase`` is what was typed. ``new``: the profile is made now; ``refused``: the last one was wrong."""

    def __init__(self, texts: Texts, *, new: bool, refused: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = texts.gettext
        self.setWindowTitle("clerk-desktop")
        self._new = new
        self._first = _secret(_("Passphrase"))
        self._again = _secret(_("Repeat the passphrase"))
        why = (
            _("This computer has no usable credential store. Choose a passphrase that protects what is kept here.")
            if new
            else _("The passphrase opens what is kept on this computer.")
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 6, GRID * 6, GRID * 6, GRID * 5)
        layout.setSpacing(GRID * 3)
        layout.addWidget(_wrapped(why))
        if new:
            layout.addWidget(_wrapped(_("Forgotten, it cannot be recovered: unsent work would be lost.")))
        if refused:
            note = _wrapped(_("That was not the right passphrase. Nothing was changed."))
            note.setProperty("tone", "help")
            layout.addWidget(note)
        form = QFormLayout()
        form.setVerticalSpacing(GRID * 2)
        form.setHorizontalSpacing(GRID * 4)
        form.addRow(_("&Passphrase"), self._first)
        if new:
            form.addRow(_("&Repeat"), self._again)
        layout.addLayout(form)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout.addWidget(self._buttons)
        for field in (self._first, self._again):
            field.textChanged.connect(self._check)
        self._check()
        self.setMinimumWidth(WIDTH)
        self.resize(WIDTH, self.heightForWidth(WIDTH))  # by itself a dialog leaves lines that wrap too much room

    @property
    def passphrase(self) -> str:
        """What was typed."""
        return self._first.text()

    def _check(self) -> None:
        typed = bool(self._first.text()) and (not self._new or self._first.text() == self._again.text())
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(typed)


def _secret(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    field.setToolTip(name)
    return field


def _wrapped(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    return label
