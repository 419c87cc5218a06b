"""The label of an index field: its name and, while what stands in the field is only proposed, how sure that is."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from clerk_desktop.model.suggestion import FieldSuggestion
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.letter_words import evidence_text
from clerk_desktop.ui.plain import plain_tip
from clerk_desktop.ui.theme import GRID

SURE = 0.6


class FieldLabel(QLabel):
    """Stands above ``field``; ``name`` is in the user's language."""

    def __init__(self, texts: Texts, name: str, field: QWidget) -> None:
        super().__init__(name)
        self._texts = texts
        self._name = name
        self._field = field
        self.setBuddy(field)
        self.setContentsMargins(0, GRID, 0, 0)  # nearer to its own field than to the one before
        self.setTextFormat(Qt.TextFormat.RichText)
        field.setAccessibleName(name)
        field.setToolTip(field.toolTip() or name)
        self._hint = field.toolTip()

    def show_proposed(self, proposed: FieldSuggestion | None) -> None:
        """Tell how sure the proposal in the field is and where it was read; None: what stands there is a person's."""
        if proposed is None:
            self.setText(escape(self._name))
            self._field.setToolTip(self._hint)
            self._field.setAccessibleDescription("")
            return
        percent = round(proposed.confidence * 100)
        form = "{percent} %" if proposed.confidence >= SURE else self._texts.gettext("{percent} %, check")
        sure = form.format(percent=percent)
        self.setText(f'{escape(self._name)}&nbsp; &nbsp;<span style="font-size: small">{escape(sure)}</span>')
        told = f"{sure}  ·  {evidence_text(self._texts, proposed.evidence)}"
        self._field.setToolTip(plain_tip(f"{self._hint}\n{told}"))
        self._field.setAccessibleDescription(told)
