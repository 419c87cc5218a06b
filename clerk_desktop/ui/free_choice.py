"""A choice that also takes what is typed."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox


def allow_typing(box: QComboBox, name: str) -> None:
    """Let a person type into the box; typing adds nothing to the choices. ``name``: what a screen reader says."""
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setAccessibleName(name)
    field = box.lineEdit()
    assert field is not None, "an editable box has a field"
    field.setAccessibleName(name)
