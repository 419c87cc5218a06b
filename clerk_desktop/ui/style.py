"""The style sheet with the places for a theme's colours (``ui.theme.Colours``), as Qt Style Sheets know them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

STYLE = """
QToolTip { color: $text; background: $base; border: 1px solid $line; padding: 4px; }
QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit {
    placeholder-text-color: $muted; background: $base; color: $text; border: 1px solid $line; border-radius: 4px;
    padding: 3px 8px; min-height: 20px; selection-background-color: $accent;
    selection-color: $on_accent; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
    border: 2px solid $accent; padding: 2px 7px; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
    color: $disabled; placeholder-text-color: $disabled; }
QAbstractSpinBox { padding-right: 26px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { subcontrol-origin: border; width: 24px; border: 0; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-arrow { image: url($arrow_up); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url($arrow); width: 10px; height: 10px; }
QComboBox:!editable { padding-left: 10px; }
QComboBox:!editable:focus { padding-left: 9px; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url($arrow); width: 14px; height: 14px; }
QPushButton {
    background: $base; color: $text; border: 1px solid $line; border-radius: 4px;
    padding: 4px 12px; min-height: 20px; }
QPushButton:hover { border-color: $accent; background: $hover; }
QPushButton:focus { border: 2px solid $accent; padding: 3px 11px; }
QPushButton:pressed { background: $selection; color: $on_selection; }
QPushButton:disabled { color: $disabled; background: $window; }
QPushButton:default, QPushButton[primary="true"] {
    background: $accent; color: $on_accent; border-color: $accent; }
QPushButton:default:hover, QPushButton[primary="true"]:hover { border-color: $text; }
QPushButton:default:focus, QPushButton[primary="true"]:focus {
    border: 3px double $on_accent; padding: 2px 10px; }
QPushButton:default:pressed, QPushButton[primary="true"]:pressed { background: $selection; color: $on_selection; }
QPushButton:default:disabled, QPushButton[primary="true"]:disabled {
    background: $window; color: $disabled; border-color: $line; }
QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 3px; }
QToolButton:hover { background: $hover; border-color: $line; }
QToolButton:pressed { background: $hover; border-color: $accent; }
QToolButton:checked { background: $selection; color: $on_selection; border-color: $accent; }
QToolButton:focus { border: 2px solid $accent; padding: 2px; }
QToolButton:disabled { color: $disabled; }
QToolButton::menu-indicator { image: none; }
QToolButton:checked:disabled { background: $window; border-color: $line; }
QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 14px; height: 14px; background: $base; border: 1px solid $muted; border-radius: 3px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus {
    width: 12px; height: 12px; border: 2px solid $accent; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url($check); }
QCheckBox::indicator:checked:focus { border-color: $text; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $accent; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $window; border-color: $line; }
QCheckBox::indicator:checked:disabled { background: $disabled; border-color: $disabled; }
QMenu { background: $base; border: 1px solid $line; padding: 4px 0; }
QMenu::item { padding: 4px 24px; }
QMenu::item:selected { background: $selection; color: $on_selection; }
QMenu::item:disabled { color: $disabled; }
QMenu::indicator { left: 6px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 0; }
QTableView, QListView, QTreeView {
    background: $base; alternate-background-color: $alternate; border: 1px solid $line; border-radius: 4px;
    gridline-color: $line; outline: 0; selection-background-color: $selection;
    selection-color: $on_selection; }
QTableView:focus, QListView:focus, QTreeView:focus { border-color: $accent; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: 14px; }
QScrollBar:horizontal { height: 14px; }
QScrollBar::handle { background: $disabled; border-radius: 3px; margin: 4px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $muted; border-radius: 5px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QTableView::item { padding: 0 5px; }
QHeaderView::section {
    background: $base; color: $muted; border: 0; border-bottom: 1px solid $line;
    padding: 4px 8px; }
QProgressBar { background: $base; border: 1px solid $line; border-radius: 4px; max-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QTabBar::tab { padding: 6px 12px; border: 0; border-bottom: 2px solid transparent; color: $muted; }
QTabBar#side::tab { padding: 6px 7px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:selected:focus { color: $on_selection; background: $selection; }
QTabWidget::pane { border: 0; border-top: 1px solid $line; }
QListView[roomy="true"]::item { padding: 4px 6px; }
QListView[plain="true"] { background: transparent; border-color: transparent; }
QListView[plain="true"]:focus { border-color: $accent; }
QListView[plain="true"]::item:disabled { color: $muted; }
QFrame[rule="true"] { background: $line; border: 0; }
QLabel[muted="true"] { color: $muted; }
QLabel[heading="true"] { font-weight: 600; }
QLabel[title="true"] { font-weight: 600; font-size: ${title_points}pt; }
QLabel[tone="help"] { color: $action_needed; }
QLabel[tone="done"] { color: $done; }
#header { background: $window; border-bottom: 1px solid $line; }
#rail { background: $window; border-right: 1px solid $line; }
#rail QToolButton { text-align: left; padding: 5px 10px; border-radius: 4px; border: 2px solid transparent; }
#rail QToolButton[narrow="true"] { padding: 5px 2px; }
#rail QToolButton:hover { background: $hover; }
#rail QToolButton:checked { background: $selection; color: $on_selection; font-weight: 600; }
#rail QToolButton:focus { border: 2px solid $accent; }
#pill, #intake { border: 1px solid $line; border-radius: 13px; padding: 3px 12px; background: $base; }
#pill:hover, #intake:hover { border-color: $accent; }
#pill:focus, #intake:focus { border: 2px solid $accent; padding: 2px 11px; }
#pill[help="true"], #intake[help="true"] { color: $action_needed; border-color: $action_needed; }
#messages { background: $selection; color: $on_selection;
    border-bottom: 1px solid $line; }
#messages[help="true"] { border-left: 4px solid $action_needed; }
#messages QLabel { color: $on_selection; }
#messages QToolButton:hover, #messages QToolButton:pressed { background: $selection; border-color: $on_selection; }
#messages QToolButton:focus { border-color: $on_selection; }
#palette { background: $base; border: 1px solid $line; }
#palette QListView { border: 0; }
#palette QListView::item:disabled { color: $muted; }
"""

CONTRAST_STYLE = """
QTableView:focus, QListView:focus, QTreeView:focus { border: 2px solid $accent; }
QToolButton:checked:focus { border: 3px double $on_selection; padding: 1px; }
#rail QToolButton:checked:focus { border: 3px double $on_selection; padding: 4px 9px; }
#rail QToolButton[narrow="true"]:checked:focus { padding: 4px 1px; }
"""
"""Beside that, where the accent is as bright as lines and as what is chosen."""


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet asks for, and have the widget look accordingly at once."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it is asked for when it is first shown
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
