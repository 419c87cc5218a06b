"""How the index form lies: each field under its name, as wide as the form; the buttons stay where the fields scroll."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFormLayout, QPushButton, QVBoxLayout, QWidget

from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.whole_tabs import AsHighAsNeeded

Row = tuple[QWidget | None, QWidget]
"""The name of a field, where it has one, and the field."""


def lay_out(form: QWidget, rows: Sequence[Row], buttons: Sequence[QPushButton]) -> None:
    """Put the rows and the buttons into ``form``, from above in this order."""
    fields = QWidget()
    column = QFormLayout(fields)
    column.setContentsMargins(GRID * 3, GRID * 2, GRID * 3, GRID * 2)
    column.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    column.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
    column.setVerticalSpacing(GRID)
    for name, field in rows:
        if name is None:
            column.addRow(field)
        else:
            column.addRow(name, field)
    acts = QVBoxLayout()
    acts.setContentsMargins(GRID * 3, GRID * 2, GRID * 3, GRID * 3)
    acts.setSpacing(GRID * 2)
    for button in buttons:
        acts.addWidget(button)
    layout = QVBoxLayout(form)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(AsHighAsNeeded(fields, form))
    layout.addLayout(acts)
    layout.addStretch(1)
