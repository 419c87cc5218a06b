"""A button that shows only an icon: it has a name for those who do not see it, and a hint for those who wonder."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton

from clerk_desktop.ui.icons import Icon, icon


def icon_button(name: Icon, text: str, hint: str = "") -> QToolButton:
    """Return a button with this name; ``hint``: the tooltip where it says more, such as a key."""
    button = QToolButton()
    button.setIcon(icon(name))
    button.setAccessibleName(text)
    button.setToolTip(hint or text)
    return button
