"""The menu on the page: what can be done with the mark, the chosen text, the page; each entry shows its key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from clerk_desktop.model.annotation import MarkKind
from clerk_desktop.model.geometry import Point
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.places import Command
from clerk_desktop.ui.review.mark_painter import view_rect
from clerk_desktop.ui.review.mark_tools import MarkTools
from clerk_desktop.ui.review.marks_list import REPLY_KEYS
from clerk_desktop.ui.review.page_view import PageView
from clerk_desktop.ui.review.reading_tools import ReadingTools
from clerk_desktop.ui.review.text_selection import TextSelection
from clerk_desktop.ui.review.tools import LOOKS, OVER_TEXT, Tool

HERE = (Tool.NOTE, Tool.FREE_TEXT, Tool.STAMP)
"""Tools whose marks need no more than a place."""
OTHERS_KEYS = "Ctrl+Shift+M"


class PageMenu:
    """Opens at the pointer, or with the keyboard where the chosen mark is."""

    def __init__(
        self, texts: Texts, view: PageView, selection: TextSelection, reading: ReadingTools, marks: MarkTools | None
    ) -> None:
        self._texts = texts
        self._view = view
        self._selection = selection
        self._reading = reading
        self._marks = marks
        self.more: Callable[[], Sequence[Command]] = tuple
        """What else can be done with the page where the pane stands."""
        view.menu_wanted.connect(self.open)

    def open(self, position: QPoint | None) -> None:
        """Open at a position of the viewport; None: the keyboard asked for it."""
        if not self._view.pages:
            return
        place = self._view.place_at(QPointF(position)) if position is not None else self._view.middle()
        marks = self._marks
        if marks is not None and position is not None and place is not None:
            mark, _ = marks.pointer.under(*place, self._view.ground(place[0]).reach)
            marks.marking.choose(mark.mark_id if mark is not None else None)
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self._texts.gettext("Commands for the page"))
        if marks is not None:
            self._add_mark(menu, marks)
        self._add_text(menu, marks)
        if marks is not None:
            self._add_marking(menu, marks, place)
        for command in self._reading.commands:
            self._add(menu, command.text, command.shortcut, command.run)
        menu.addSeparator()
        for command in self.more():
            self._add(menu, command.text, command.shortcut, command.run)
        menu.popup(self._view.viewport().mapToGlobal(position if position is not None else self._spot()))

    def _add_mark(self, menu: QMenu, tools: MarkTools) -> None:
        _, mark = self._texts.gettext, tools.marking.chosen_mark
        if mark is None:
            return
        mine = tools.marking.is_mine(mark)
        if tools.marking.is_changeable(mark) and mark.kind is not MarkKind.STAMP:
            self._add(menu, _("Change the text …"), "Enter", tools.edit_or_reply)
        self._add(menu, _("Reply …"), REPLY_KEYS, tools.reply_to_chosen)
        if mine:
            self._add(menu, _("Delete the mark"), "Del", tools.marking.delete_chosen)
        menu.addSeparator()

    def _add_text(self, menu: QMenu, tools: MarkTools | None) -> None:
        _ = self._texts.gettext
        if self._selection.pages:
            self._add(menu, _("Copy"), "Ctrl+C", self._selection.copy)
            for tool in OVER_TEXT if tools is not None else ():
                self._add_tool(menu, tools, tool)
        self._add(menu, _("Select the text of the page"), "Ctrl+A", self._selection.choose_page)
        menu.addSeparator()

    def _add_marking(self, menu: QMenu, tools: MarkTools, place: tuple[int, Point] | None) -> None:
        _, marking = self._texts.gettext, tools.marking
        if place is not None:
            here = menu.addMenu(_("Put here"))
            for tool in HERE:
                self._add(here, _(LOOKS[tool].text), "", partial(tools.put, tool, *place))
        pens = menu.addMenu(_("Tools"))
        for tool in LOOKS:
            self._add_tool(pens, tools, tool)
        menu.addSeparator()
        self._add(menu, _("Undo"), "Ctrl+Z", marking.undo)
        self._add(menu, _("Redo"), "Ctrl+Y", marking.redo)
        others = _("Show everybody's marks") if marking.whose else _("Hide the marks of others")
        self._add(menu, others, OTHERS_KEYS, marking.toggle_others)
        menu.addSeparator()

    def _add_tool(self, menu: QMenu, tools: MarkTools | None, tool: Tool) -> None:
        if tools is not None:
            text = self._texts.gettext(LOOKS[tool].text)
            self._add(menu, text, tools.letters.get(tool, ""), lambda: tools.take(tool))

    def _add(self, menu: QMenu, text: str, keys: str, act: Callable[[], object]) -> None:
        action = menu.addAction(text)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutVisibleInContextMenu(True)
        action.triggered.connect(lambda: act())

    def _spot(self) -> QPoint:
        """Where the chosen mark is, if it is in view; else the upper left corner."""
        mark = self._marks.marking.chosen_mark if self._marks is not None else None
        if mark is not None and mark.stands_among(self._view.pages):
            rect = view_rect(self._view.page_layout, mark.page - 1, mark.rect)
            spot = rect.center().toPoint() + self._view.offset()
            if self._view.viewport().rect().contains(spot):
                return spot
        return QPoint(40, 40)
