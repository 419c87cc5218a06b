"""What the window remembers from day to day: sizes, columns, the last place. Nothing personal, nothing that is work."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QHeaderView, QWidget


class WindowState:
    """Kept in ``window.ini`` of the profile. What cannot be restored is left as it is."""

    def __init__(self, folder: Path) -> None:
        self._file = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    def text(self, name: str, default: str = "") -> str:
        """Return a remembered text."""
        return str(self._file.value(name, default))

    def put_text(self, name: str, value: str) -> None:
        """Remember a text."""
        self._file.setValue(name, value)

    def flag(self, name: str, default: bool = False) -> bool:
        """Return a remembered yes or no."""
        return self.text(name, str(default)).lower() == "true"

    def put_flag(self, name: str, value: bool) -> None:
        """Remember a yes or no."""
        self.put_text(name, str(value))

    def keep_geometry(self, name: str, window: QWidget) -> None:
        """Remember where a window was."""
        self._file.setValue(f"{name}/geometry", window.saveGeometry())

    def restore_geometry(self, name: str, window: QWidget) -> bool:
        """Put a window where it was, if that is still on a screen (Qt sees to it)."""
        return window.restoreGeometry(self._bytes(f"{name}/geometry"))

    def keep_layout(self, name: str, part: QHeaderView) -> None:
        """Remember widths and order of columns."""
        self._file.setValue(f"{name}/layout", part.saveState())

    def restore_layout(self, name: str, part: QHeaderView) -> bool:
        """Restore widths and order."""
        return part.restoreState(self._bytes(f"{name}/layout"))

    def save(self) -> None:
        """Write what is remembered."""
        self._file.sync()

    def _bytes(self, name: str) -> QByteArray:
        value = self._file.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()
