"""Numbers side by side, each above its name; what should not be there stands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from clerk_desktop.ui.style import restyle
from clerk_desktop.ui.theme import GRID


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its name; ``help``: somebody has to see to it while it is not 0."""

    name: str
    count: int
    help: bool = False


class Figures(QWidget):
    """Read out as one sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._cells: list[tuple[QLabel, QLabel]] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, GRID, 0, GRID)
        self._row.setSpacing(GRID * 8)
        self._row.addStretch(1)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show these, in this order."""
        while len(self._cells) < len(figures):
            self._add()
        for figure, (number, name) in zip(figures, self._cells, strict=True):
            number.setText(f"{figure.count:n}")
            name.setText(figure.name)
            restyle(number, "tone", "help" if figure.help and figure.count else "")
        self.setAccessibleName(", ".join(f"{figure.name}: {figure.count}" for figure in figures))

    def text(self) -> str:
        """Return what is shown, as one line."""
        return self.accessibleName()

    def _add(self) -> None:
        number, name = QLabel(), QLabel()
        number.setProperty("title", True)
        name.setProperty("muted", True)
        cell = QVBoxLayout()
        cell.setSpacing(0)
        cell.addWidget(number)
        cell.addWidget(name)
        self._row.insertLayout(len(self._cells), cell)
        self._cells.append((number, name))
