"""What is shown when the program cannot start: what is wrong, what was kept, and the way out where there is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clerk_desktop.model.errors import ClerkError
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.theme import GRID

WIDTH = GRID * 140


@dataclass(frozen=True, kw_only=True, slots=True)
class WayOut:
    """``button``: its text. ``act`` returns what to tell, or raises ``ClerkError``; it gets the folder of ``files``.

    ``files``: what is written into that folder, "" where nothing is.
    """

    button: str
    act: Callable[[Path], list[str]]
    files: str = ""


class TroubleDialog(QDialog):
    """Accepted when the way out was taken and the start can be tried again."""

    def __init__(self, texts: Texts, error: ClerkError, way_out: WayOut | None = None) -> None:
        super().__init__()
        self._texts = texts
        self._way_out = way_out
        self.setWindowTitle("clerk-desktop")
        self.setMinimumWidth(WIDTH)
        self.text = QLabel(texts.sentence(error))
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.folder = QLineEdit(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(GRID * 6, GRID * 6, GRID * 6, GRID * 5)
        self._layout.setSpacing(GRID * 3)
        self._layout.addWidget(self.text)
        self.go: QPushButton | None = None
        if way_out is not None:
            self._offer(way_out)
        self._layout.addWidget(self.buttons)
        self.resize(WIDTH, self.heightForWidth(WIDTH))  # by itself a dialog leaves lines that wrap too much room

    def _offer(self, way_out: WayOut) -> None:
        if way_out.files:
            self._layout.addWidget(self._place(way_out.files))
        self.go = self.buttons.addButton(way_out.button, QDialogButtonBox.ButtonRole.ActionRole)
        self.go.clicked.connect(self._act)

    def _place(self, files: str) -> QWidget:
        _ = self._texts.gettext
        place = QWidget()
        label = QLabel(files)
        label.setBuddy(self.folder)
        self.folder.setAccessibleName(files)
        self.folder.setToolTip(files)
        other = QPushButton(_("Choose …"))
        other.setToolTip(_("Choose another folder"))
        other.setAutoDefault(False)
        other.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(other)
        layout = QVBoxLayout(place)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label)
        layout.addLayout(row)
        return place

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self._texts.gettext("Choose another folder"), self.folder.text()
        )
        if chosen:
            self.folder.setText(chosen)

    def _act(self) -> None:
        if self._way_out is None or self.go is None:
            return
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)  # no window is open yet that could be held up
        try:
            told = self._way_out.act(Path(self.folder.text()))
        except ClerkError as error:
            self.text.setText(self._texts.sentence(error))
            return
        finally:
            QApplication.restoreOverrideCursor()
        self.text.setText("\n".join(told))
        self.go.setText(self._texts.gettext("Start"))
        self.go.clicked.disconnect(self._act)
        self.go.clicked.connect(self.accept)
