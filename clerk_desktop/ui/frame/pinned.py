"""The pinned cases in the rail: one button a case, the number on it, how it stands in the hint."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.frame.rail_button import AIR, SIDE
from clerk_desktop.ui.icons import Icon, icon
from clerk_desktop.ui.plain import plain_tip
from clerk_desktop.ui.style import restyle
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.words import pinned_text

if TYPE_CHECKING:
    from clerk_desktop.model.pin import PinnedCase


class PinnedList(QWidget):
    """Hidden while nothing is pinned. ``opened`` carries the ``CaseId`` that a person asked for."""

    opened = Signal(object)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._wide = True
        self._shown: tuple[PinnedCase, ...] = ()
        self._heading = QLabel(texts.gettext("Pinned"))
        self._heading.setProperty("muted", True)
        self._heading.setContentsMargins(GRID * 2, GRID, 0, 0)
        line = QFrame()
        line.setProperty("rule", True)
        line.setFixedHeight(1)
        inner = QWidget()
        self._buttons = QVBoxLayout(inner)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        self._buttons.setSpacing(GRID // 2)
        self._buttons.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.setSpacing(GRID // 2)
        for part in (line, self._heading):
            layout.addWidget(part)
        layout.addWidget(scroll, 1)
        self.hide()

    @property
    def buttons(self) -> tuple[QToolButton, ...]:
        """The buttons, in the order in which the cases were pinned."""
        items = map(self._buttons.itemAt, range(self._buttons.count()))
        widgets = (item.widget() for item in items if item is not None)
        return tuple(widget for widget in widgets if isinstance(widget, QToolButton))

    def show_pins(self, pins: Sequence[PinnedCase], today: date) -> None:
        """Show these cases; a button lives as long as its case is pinned, so that the focus stays where it is."""
        before, self._shown = [each.pin.case_id for each in self._shown], tuple(pins)
        if before != [each.pin.case_id for each in self._shown]:
            for button in self.buttons:
                self._buttons.removeWidget(button)
                button.deleteLater()
            for number, pinned in enumerate(self._shown):
                self._buttons.insertWidget(number, self._button(pinned))
        for button, pinned in zip(self.buttons, self._shown, strict=True):
            self._label(button, pinned, today)
        self.setVisible(bool(self._shown))

    def set_wide(self, wide: bool) -> None:
        """Show numbers, or icons only."""
        self._wide = wide
        self._heading.setVisible(wide)
        for button in self.buttons:
            button.setToolButtonStyle(self._style())
            restyle(button, "narrow", not wide)

    def _style(self) -> Qt.ToolButtonStyle:
        return Qt.ToolButtonStyle.ToolButtonTextBesideIcon if self._wide else Qt.ToolButtonStyle.ToolButtonIconOnly

    def _button(self, pinned: PinnedCase) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setIcon(icon(Icon.PIN))
        button.setIconSize(QSize(SIDE + AIR, SIDE))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setMinimumHeight(GRID * 7)
        button.setToolButtonStyle(self._style())
        restyle(button, "narrow", not self._wide)
        case_id = pinned.pin.case_id
        button.clicked.connect(lambda: self.opened.emit(case_id))
        return button

    def _label(self, button: QToolButton, pinned: PinnedCase, today: date) -> None:
        button.setText(pinned.case_number)
        standing = pinned_text(self._texts, pinned, today)
        button.setAccessibleName(f"{pinned.case_number}, {standing}")
        button.setToolTip(plain_tip(f"{pinned.case_number}  {pinned.subject}\n{standing}"))
