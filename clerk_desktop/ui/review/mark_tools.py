"""Marking in the reading pane: the tool bar, the hand on the page, and what is painted over it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QKeyEvent, QKeySequence, QPainter, QShortcut, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton

from clerk_desktop.model.annotation import Mark, MarkKind
from clerk_desktop.model.geometry import Point, around
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.system.settings import Settings
from clerk_desktop.ui.icon_button import icon_button
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.review.finding import PageWords
from clerk_desktop.ui.review.handle_cursor import handle_cursor
from clerk_desktop.ui.review.ink_layer import InkLayer
from clerk_desktop.ui.review.mark_painter import paint_chosen, paint_mark, view_rect
from clerk_desktop.ui.review.marking import Marking
from clerk_desktop.ui.review.page_view import PageView
from clerk_desktop.ui.review.pointer import INK_WIDTH, Pointer
from clerk_desktop.ui.review.stamps import Stamp, ask_stamp
from clerk_desktop.ui.review.text_selection import TextSelection, text_cursor
from clerk_desktop.ui.review.threads import answer
from clerk_desktop.ui.review.tools import LOOKS, OVER_TEXT, REPLY, Tool, letters_of
from clerk_desktop.ui.text_question import ask_text
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.workplace import Workplace

PUSH_PIXELS = 4
EDGE = 12.0
"""Pixels that a mark's frame, handles and strokes may stand out over its rectangle."""
PUSHES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class MarkTools(QFrame):
    """The bar; it makes itself the hand of the page view. ``letters`` take tools, none where they are switched off."""

    def __init__(self, workplace: Workplace, view: PageView, words: PageWords, selection: TextSelection) -> None:
        super().__init__()
        self._workplace = workplace
        self._view = view
        self._words = words
        self._selection = selection
        self._choosing_text = False
        self.letters: dict[Tool, str] = {}
        self._ink = InkLayer(view.viewport())
        self.marking = Marking(workplace)
        self.pointer = Pointer(workplace, self.marking, words, self._ask_text, self._ask_stamp)
        self._buttons: dict[Tool, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._build()
        view.hand = self
        view.overlays.append(self._paint)
        self.marking.changed.connect(view.viewport().update)
        self.choose(Tool.SELECT)

    def showEvent(self, event: QShowEvent) -> None:
        """Hear which letters take tools (WCAG 2.1.4); they may have been set elsewhere meanwhile."""
        super().showEvent(event)
        self._workplace.tasks.read(self, self._workplace.desk.settings.load, self._hear)

    def _hear(self, settings: Settings) -> None:
        self.letters = letters_of(settings)
        for tool, button in self._buttons.items():
            name = button.accessibleName()
            button.setToolTip(f"{name} ({self.letters[tool]})" if self.letters else name)

    def choose(self, tool: Tool) -> None:
        """Take a tool."""
        self.pointer.tool = tool
        self._buttons[tool].setChecked(True)
        if tool in OVER_TEXT and self._view.page:
            self._words.ask(self._view.page - 1, lambda _: None)  # so that they are there when the pen comes down
        shape = Qt.CursorShape.ArrowCursor if tool is Tool.SELECT else Qt.CursorShape.CrossCursor
        self._view.viewport().setCursor(Qt.CursorShape.IBeamCursor if tool in OVER_TEXT else shape)

    # the hand on the page

    def begin(self, index: int, point: Point) -> None:
        """Begin a gesture; where there is no mark to choose, text is chosen."""
        self._choosing_text = not self.pointer.press(index, point, self._view.ground(index))
        if self._choosing_text:
            self._selection.begin(index, point)
        else:
            self._selection.clear()
        self._view.viewport().update()

    def spans_pages(self) -> bool:
        """Text goes on over the edges of pages, a mark stays on its own."""
        return self._choosing_text

    def go_on(self, point: Point, over: tuple[int, Point]) -> None:
        """Go on with it."""
        self.pointer.move(point)
        if self._choosing_text:
            self._selection.go_on(*over)
        gesture = self.pointer.gesture
        if gesture is not None and self.pointer.tool is Tool.INK and len(gesture.way) > 1:
            fresh = around(gesture.way[-3:], INK_WIDTH * 2)
            place = view_rect(self._view.page_layout, gesture.index, fresh).translated(QPointF(self._view.offset()))
            self._view.viewport().update(place.toAlignedRect())  # a pen is followed by what it just drew, no more
        else:
            self._view.viewport().update()

    def end(self) -> None:
        """End it."""
        self.pointer.release()
        self._ink.forget()
        if self._choosing_text:
            self._selection.end()
        self._choosing_text = False
        self._view.viewport().update()

    def again(self, index: int, point: Point) -> None:
        """Reword the mark, or choose the word."""
        if self.pointer.tool is Tool.SELECT and self.marking.chosen is not None:
            self.edit_or_reply()
        elif self.pointer.tool is Tool.SELECT:
            self._selection.choose_word(index, point)

    def hover(self, index: int, point: Point) -> None:
        """Show what a press would do here."""
        if self.pointer.tool is not Tool.SELECT:
            return
        mark, handle = self.pointer.under(index, point, self._view.ground(index).reach)
        if handle is not None and mark is not None:
            shape = handle_cursor(mark, handle, self._view.page_layout.turn(index))
        elif mark is not None:
            mine = self.marking.is_changeable(mark)
            shape = Qt.CursorShape.SizeAllCursor if mine else Qt.CursorShape.PointingHandCursor
        else:
            shape = text_cursor(self._words, index, point)
        self._view.viewport().setCursor(shape)

    def key(self, event: QKeyEvent) -> bool:
        """A tool's letter, Esc, Delete, Enter; arrow keys push the chosen mark, with Shift its corner."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in PUSHES and modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            return self._push(*PUSHES[Qt.Key(event.key())], resize=bool(modifiers)) or self._selection.key(event)
        if modifiers:
            return False
        if event.key() == Qt.Key.Key_Escape:
            return self._escape()
        if event.key() == Qt.Key.Key_Delete:
            return self.marking.delete_chosen()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._enter()
        wanted = [tool for tool, letter in self.letters.items() if letter == event.text().upper()]
        for tool in wanted:
            self.take(tool)
        return bool(wanted)

    def needs_escape(self) -> bool:
        """Esc puts a tool away first, then what is chosen."""
        return self.pointer.tool is not Tool.SELECT or self.marking.chosen is not None or bool(self._selection.pages)

    def reply_to_chosen(self) -> bool:
        """Ask for an answer to the chosen mark."""
        mark, document_id = self.marking.chosen_mark, self.marking.document_id
        if mark is None:
            return False
        if not mark.stands_among(self._view.pages):
            _ = self._workplace.texts.gettext
            self._workplace.say(_("This mark stands on no page of the document, so there is no place for a reply."))
            return True
        ground = self._view.ground(mark.page - 1)
        text = self._ask_text(REPLY, "")
        if text:
            now = self._workplace.desk.clock.now()
            self.marking.add(answer(mark, text, self.marking.author, now, ground), document_id)
        return True

    def edit_or_reply(self) -> None:
        """Reword the chosen mark if it is mine, answer it if it is another's."""
        mark = self.marking.chosen_mark
        if mark is not None and not self.marking.is_mine(mark):
            self.reply_to_chosen()
        else:
            self.pointer.edit_chosen()

    def take(self, tool: Tool) -> None:
        """Mark the chosen words with a tool that goes over text; else take it into the hand."""
        pages = self._selection.pages
        if tool in OVER_TEXT and pages:
            self._selection.clear()
            self.pointer.mark_words(pages, tool, self._view.ground)
        else:
            self.choose(tool)

    def put(self, tool: Tool, index: int, point: Point) -> None:
        """Make one mark of a tool's usual size at a place, and go back to choosing."""
        self.choose(tool)
        self.pointer.put(index, point, self._view.ground(index))
        self.choose(Tool.SELECT)

    def _enter(self) -> bool:
        """Put a mark into the middle of what shows, or reword the chosen one."""
        if self.pointer.tool is not Tool.SELECT:
            middle = self._view.middle()
            put = middle is not None and self.pointer.put(*middle, self._view.ground(middle[0]))
            if put:
                self.choose(Tool.SELECT)
            return put
        if self.marking.chosen is not None:
            self.edit_or_reply()
            return True
        return False

    def _escape(self) -> bool:
        if self.pointer.tool is not Tool.SELECT:
            self.choose(Tool.SELECT)
            return True
        if self.marking.chosen is not None:
            self.marking.choose(None)
            return True
        return self._selection.clear()

    def _push(self, right: int, down: int, *, resize: bool) -> bool:
        mark = self.marking.chosen_mark
        if mark is None or not mark.stands_among(self._view.pages):
            return False
        step = PUSH_PIXELS / self._view.page_layout.scale
        ground = self._view.ground(mark.page - 1)
        return self.pointer.push_chosen(right * step, down * step, ground, resize=resize)

    def _build(self) -> None:
        _ = self._workplace.texts.gettext
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID * 2, 0, GRID * 2, GRID)
        layout.setSpacing(2)
        for tool, look in LOOKS.items():
            button = icon_button(look.icon, _(look.text))
            button.setCheckable(True)
            button.clicked.connect(lambda _, tool=tool: self._clicked(tool))
            self._group.addButton(button)
            self._buttons[tool] = button
            layout.addWidget(button)
        layout.addStretch(1)
        for name, text, keys, act in (
            (Icon.UNDO, _("Undo"), ("Ctrl+Z",), self.marking.undo),
            (Icon.REDO, _("Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), self.marking.redo),
        ):
            layout.addWidget(_button_with_keys(self._view, name, text, keys, act))

    def _clicked(self, tool: Tool) -> None:
        self.take(tool)
        self._buttons[self.pointer.tool].setChecked(True)
        self._view.setFocus()

    def _paint(self, painter: QPainter, index: int) -> None:
        layout, grabbed = self._view.page_layout, self._grabbed
        marks = [mark for mark in self.marking.on_page(index + 1) if mark is not grabbed]
        preview = self.pointer.preview
        if preview is not None and preview.page == index + 1:
            marks.append(preview)
        damaged = painter.clipBoundingRect()
        for mark in marks:
            if not view_rect(layout, index, mark.rect).adjusted(-EDGE, -EDGE, EDGE, EDGE).intersects(damaged):
                continue
            if mark is preview and mark.kind is MarkKind.INK and grabbed is None:
                self._ink.paint(painter, layout, index, mark, self._view.offset())
            else:
                paint_mark(painter, layout, index, mark)
            if mark.mark_id == self.marking.chosen:
                paint_chosen(painter, layout, index, mark, mine=self.marking.is_changeable(mark))

    @property
    def _grabbed(self) -> Mark | None:
        gesture = self.pointer.gesture
        return gesture.grabbed if gesture is not None and gesture.way else None

    def _ask_text(self, name: str, before: str) -> str | None:
        texts = self._workplace.texts
        return ask_text(texts, texts.gettext(name), texts.gettext("Text of the mark"), self._view, before)

    def _ask_stamp(self, document_id: DocumentId | None, stamped: Callable[[Stamp], None]) -> None:
        """Let the person choose a stamp where the pointer is."""
        place = QCursor.pos() if self._view.underMouse() else self._view.mapToGlobal(QPoint(40, 40))
        ask_stamp(self._workplace, document_id, (self._view, place), stamped)


def _button_with_keys(
    view: PageView, name: Icon, text: str, keys: tuple[str, ...], act: Callable[[], None]
) -> QToolButton:
    """Return a button whose act the keys do too, while the pages have the focus."""
    sequences = [QKeySequence(each) for each in keys]
    written = sequences[0].toString(QKeySequence.SequenceFormat.NativeText)
    button = icon_button(name, text, f"{text} ({written})")
    button.clicked.connect(act)
    shortcut = QShortcut(view)
    shortcut.setKeys(sequences)
    shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
    shortcut.activated.connect(act)
    return button
