"""The bar above the pages: zoom, turn, find, small pages; and which page of how many is read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.icon_button import icon_button
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.places import Command
from clerk_desktop.ui.review.page_canvas import PageCanvas, Zoom
from clerk_desktop.ui.shortcuts import on_keys
from clerk_desktop.ui.theme import GRID


class ReadingTools(QWidget):
    """Acts on ``view``; its keys hold in the whole of ``pane``. ``commands``: what its buttons do, in order."""

    def __init__(self, texts: Texts, view: PageCanvas, pane: QWidget) -> None:
        super().__init__()
        self._texts = texts
        self._view = view
        self._pane = pane
        self.commands: list[Command] = []
        self._buttons: list[QToolButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        self._row.setSpacing(2)
        self._place = QLabel()
        self._place.setProperty("muted", True)
        self._row.addStretch(1)
        self._row.addWidget(self._place)
        _ = texts.gettext
        self.add(Icon.ZOOM_OUT, _("Smaller"), "Ctrl+-", lambda: view.zoom_by(-1), repeats=True)
        self.add(Icon.ZOOM_IN, _("Larger"), "Ctrl++", lambda: view.zoom_by(1), repeats=True)
        self.add(Icon.FIT_WIDTH, _("Fit the width"), "Ctrl+0", lambda: view.set_zoom(Zoom.WIDTH))
        self.add(Icon.FIT_PAGE, _("Fit the page"), "Ctrl+9", lambda: view.set_zoom(Zoom.PAGE))
        self.add(Icon.ROTATE, _("Turn the view"), "Ctrl+R", view.rotate)
        view.page_changed.connect(lambda _: self._show_place())
        view.zoom_changed.connect(lambda _: self._show_place())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where there is little room."""
        super().resizeEvent(event)
        self._show_place()

    def add(self, name: Icon, text: str, keys: str, act: Callable[[], None], *, repeats: bool = False) -> QToolButton:
        """Put one more button behind the others; ``keys`` as Qt writes them, "" for none; ``repeats``: while held."""
        sequence = QKeySequence(keys)
        written = sequence.toString(QKeySequence.SequenceFormat.NativeText)
        button = icon_button(name, text, f"{text} ({written})" if keys else text)
        button.clicked.connect(lambda: act())
        self.commands.append(Command(text=text, run=act, shortcut=keys))
        if keys:
            on_keys(self._pane, sequence, act, repeats=repeats)
        self._buttons.append(button)
        self._row.insertWidget(self._row.count() - 2, button)
        return button

    def _show_place(self) -> None:
        page, pages, zoom = self._view.page, self._view.pages, self._view.zoom_percent
        short = f"{page}/{pages}"
        whole = f"{short}  ·  {zoom} %"
        taken = sum(button.sizeHint().width() + self._row.spacing() for button in self._buttons)
        room = self.width() - taken - GRID * 5
        self._place.setText(whole if self._place.fontMetrics().horizontalAdvance(whole) <= room else short)
        text = self._texts.gettext("Page {page} of {pages}, {zoom} %").format(page=page, pages=pages, zoom=zoom)
        self._place.setAccessibleName(text)
        self._place.setToolTip(text)
