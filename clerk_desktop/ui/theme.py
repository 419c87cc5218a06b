"""Colours and measures of the window: light, dark and high contrast after the system (``ui.md``, "Look").

Every text colour has at least 4.5:1 on its background (WCAG 2.1, 1.4.3), what is disabled 3:1; tests measure it, also
on rendered widgets.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import Enum
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from clerk_desktop.system.resources import resources_folder
from clerk_desktop.ui.style import CONTRAST_STYLE, STYLE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

GRID = 4
ROW = 28
TARGET = 28
HALF = 127
TITLE = 1.2
"""So much larger than other text is what a whole page is about."""
Role = QPalette.ColorRole


class Scheme(Enum):
    """Looks; the value is what the setting ``theme`` takes."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, kw_only=True, slots=True)
class Colours:
    """What the palette and the few style rules are made of; ``#rrggbb``."""

    window: str
    base: str
    alternate: str
    text: str
    muted: str
    disabled: str
    hover: str
    line: str
    accent: str
    on_accent: str
    selection: str
    on_selection: str
    action_needed: str
    done: str


LIGHT = Colours(
    window="#f3f4f6",
    base="#ffffff",
    alternate="#f8f9fb",
    text="#16191d",
    muted="#565d67",
    disabled="#767d88",
    hover="#e4e8ee",
    line="#c9ced6",
    accent="#0b5cad",
    on_accent="#ffffff",
    selection="#d5e6f7",
    on_selection="#10253b",
    action_needed="#b3261e",
    done="#1b6e3c",
)
DARK = Colours(
    window="#1d2025",
    base="#15171b",
    alternate="#1a1d22",
    text="#e8eaed",
    muted="#a7afba",
    disabled="#7f8792",
    hover="#2a2f37",
    line="#3b414a",
    accent="#6cb2f5",
    on_accent="#0b1622",
    selection="#26435f",
    on_selection="#f2f7fc",
    action_needed="#ff8a80",
    done="#7ed6a0",
)
CONTRAST = Colours(
    window="#000000",
    base="#000000",
    alternate="#000000",
    text="#ffffff",
    muted="#ffffff",
    disabled="#a6a6a6",
    hover="#000000",
    line="#ffffff",
    accent="#ffff00",
    on_accent="#000000",
    selection="#ffff00",
    on_selection="#000000",
    action_needed="#ff8f8f",
    done="#8cff8c",
)


def chosen_colours(scheme: Scheme) -> Colours:
    """Return the colours of a scheme; those of the system are asked for at the moment."""
    if scheme is Scheme.SYSTEM:
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
            return CONTRAST
        return DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT
    return {Scheme.LIGHT: LIGHT, Scheme.DARK: DARK, Scheme.CONTRAST: CONTRAST}[scheme]


def palette(colours: Colours) -> QPalette:
    """Return the palette of Fusion for these colours."""
    made = QPalette()
    roles = {
        Role.Window: colours.window,
        Role.WindowText: colours.text,
        Role.Base: colours.base,
        Role.AlternateBase: colours.alternate,
        Role.Text: colours.text,
        Role.PlaceholderText: colours.muted,
        Role.Button: colours.window,
        Role.ButtonText: colours.text,
        Role.BrightText: colours.action_needed,
        Role.ToolTipBase: colours.base,
        Role.ToolTipText: colours.text,
        Role.Highlight: colours.selection,
        Role.HighlightedText: colours.on_selection,
        Role.Accent: colours.accent,
        Role.Link: colours.accent,
        Role.LinkVisited: colours.accent,
        Role.Mid: colours.line,
        Role.Midlight: colours.line,
        Role.Light: colours.base,
        Role.Dark: colours.line,
        Role.Shadow: colours.line,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.disabled))
    return made


def style_rules(colours: Colours) -> str:
    """Return the style sheet: spacing, focus ring and the frame's parts; colours of ordinary controls stay Fusion's."""
    ground = "light" if QColor(colours.base).lightness() > HALF else "dark"
    icons = resources_folder() / "icons"
    pictures = {"arrow": "chevron-down", "arrow_up": "chevron-up", "check": "check"}
    paths = {name: (icons / f"{picture}-on-{ground}.svg").as_posix() for name, picture in pictures.items()}
    title = round(QGuiApplication.font().pointSizeF() * TITLE, 1)
    rules = STYLE + CONTRAST_STYLE if colours is CONTRAST else STYLE
    return Template(rules).substitute(asdict(colours) | paths, title_points=title)


def dress(application: QApplication, scheme: Scheme) -> Colours:
    """Give the whole program a look and return its colours."""
    colours = chosen_colours(scheme)
    application.setPalette(palette(colours))
    application.setStyleSheet(style_rules(colours))
    return colours
