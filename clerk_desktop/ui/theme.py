"""Colours and measures of the window: light, dark and high contrast after the system (``ui.md``, "Look").

Every text colour has at least 4.5:1 on its background (WCAG 2.1, 1.4.3); a test measures it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

GRID = 4
ROW = 28
TARGET = 28
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
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return made


def style_rules(colours: Colours) -> str:
    """Return the style sheet: spacing, focus ring and the frame's parts; colours of ordinary controls stay Fusion's."""
    return f"""
    QToolTip {{ color: {colours.text}; background: {colours.base}; border: 1px solid {colours.line}; padding: 4px; }}
    QLineEdit, QComboBox, QDateEdit, QSpinBox, QPlainTextEdit, QTextEdit {{
        background: {colours.base}; color: {colours.text}; border: 1px solid {colours.line}; border-radius: 4px;
        padding: 3px 8px; min-height: 20px; selection-background-color: {colours.accent};
        selection-color: {colours.on_accent}; }}
    QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus {{
        border: 2px solid {colours.accent}; padding: 2px 7px; }}
    QLineEdit:disabled, QComboBox:disabled, QDateEdit:disabled {{ color: {colours.muted}; }}
    QComboBox::drop-down {{ border: 0; width: 22px; }}
    QPushButton {{
        background: {colours.base}; color: {colours.text}; border: 1px solid {colours.line}; border-radius: 4px;
        padding: 4px 12px; min-height: 20px; }}
    QPushButton:hover {{ border-color: {colours.accent}; }}
    QPushButton:focus {{ border: 2px solid {colours.accent}; padding: 3px 11px; }}
    QPushButton:disabled {{ color: {colours.muted}; background: {colours.window}; }}
    QPushButton:default, QPushButton[primary="true"] {{
        background: {colours.accent}; color: {colours.on_accent}; border-color: {colours.accent}; }}
    QPushButton[primary="true"]:focus {{ border: 2px solid {colours.text}; }}
    QPushButton[primary="true"]:disabled {{
        background: {colours.window}; color: {colours.muted}; border-color: {colours.line}; }}
    QToolButton {{ border: 1px solid transparent; border-radius: 4px; padding: 3px; }}
    QToolButton:hover {{ background: {colours.selection}; }}
    QToolButton:checked {{ background: {colours.selection}; border-color: {colours.accent}; }}
    QToolButton:focus {{ border: 2px solid {colours.accent}; padding: 2px; }}
    QTableView, QListView, QTreeView {{
        background: {colours.base}; alternate-background-color: {colours.alternate}; border: 1px solid {colours.line};
        gridline-color: {colours.line}; outline: 0; selection-background-color: {colours.selection};
        selection-color: {colours.on_selection}; }}
    QTableView:focus, QListView:focus, QTreeView:focus {{ border: 2px solid {colours.accent}; }}
    QHeaderView::section {{
        background: {colours.window}; color: {colours.muted}; border: 0; border-bottom: 1px solid {colours.line};
        padding: 4px 8px; }}
    QSplitter::handle {{ background: {colours.line}; }}
    QSplitter::handle:horizontal {{ width: 1px; }}
    QSplitter::handle:vertical {{ height: 1px; }}
    QTabBar::tab {{ padding: 6px 12px; border: 0; border-bottom: 2px solid transparent; color: {colours.muted}; }}
    QTabBar::tab:selected {{ color: {colours.text}; border-bottom-color: {colours.accent}; }}
    QTabBar::tab:focus {{ color: {colours.accent}; }}
    QTabWidget::pane {{ border: 0; border-top: 1px solid {colours.line}; }}
    QLabel[muted="true"] {{ color: {colours.muted}; }}
    QLabel[heading="true"] {{ font-weight: 600; }}
    QLabel[tone="help"] {{ color: {colours.action_needed}; }}
    QLabel[tone="done"] {{ color: {colours.done}; }}
    #header {{ background: {colours.window}; border-bottom: 1px solid {colours.line}; }}
    #rail {{ background: {colours.window}; border-right: 1px solid {colours.line}; }}
    #rail QToolButton {{ text-align: left; padding: 5px 10px; border-radius: 4px; border: 2px solid transparent; }}
    #rail QToolButton:hover {{ background: {colours.alternate}; }}
    #rail QToolButton:checked {{ background: {colours.selection}; color: {colours.on_selection}; font-weight: 600; }}
    #rail QToolButton:focus {{ border: 2px solid {colours.accent}; padding: 5px 10px; }}
    #pill {{ border: 1px solid {colours.line}; border-radius: 13px; padding: 3px 12px; background: {colours.base}; }}
    #pill:hover {{ border-color: {colours.accent}; }}
    #pill:focus {{ border: 2px solid {colours.accent}; padding: 2px 11px; }}
    #pill[help="true"] {{ color: {colours.action_needed}; border-color: {colours.action_needed}; }}
    #messages {{ background: {colours.selection}; color: {colours.on_selection};
        border-bottom: 1px solid {colours.line}; }}
    #messages QLabel {{ color: {colours.on_selection}; }}
    #palette {{ background: {colours.base}; border: 1px solid {colours.line}; }}
    """


def dress(application: QApplication, scheme: Scheme) -> Colours:
    """Give the whole program a look and return its colours."""
    colours = chosen_colours(scheme)
    application.setPalette(palette(colours))
    application.setStyleSheet(style_rules(colours))
    return colours
