"""The list of the inbox: filter, rows under the stacks they came in, and which is chosen whatever comes and goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from clerk_desktop.model.case import Confidentiality
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.ui.empty_state import EmptyState
from clerk_desktop.ui.filter_field import FilterField
from clerk_desktop.ui.icons import Icon, icon
from clerk_desktop.ui.inbox.rows import Held, InboxRow, Waiting, details, stack_heading, stack_place, title
from clerk_desktop.ui.inbox.thumbnails import HEIGHT, WIDTH, Thumbnails
from clerk_desktop.ui.scan.dialog import open_scan_dialog
from clerk_desktop.ui.shortcuts import on_keys
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.two_lines import TwoLineDelegate, TwoLineList, TwoLines, containing
from clerk_desktop.ui.workplace import Place, Workplace

LINES, HELD_LINES = 3, 6


class LetterDelegate(TwoLineDelegate):
    """Draws letters with the small picture of their first page, and as many lines as stand beside that."""

    symbol_size = QSize(WIDTH, HEIGHT)

    def __init__(self, view: QListView, thumbnails: Thumbnails) -> None:
        super().__init__(view)
        self._thumbnails = thumbnails

    def bounds(self, row: TwoLines) -> tuple[int, int]:
        """Return the same for each letter, so that what is below stays in its place when it becomes known.

        Why a file is held is read whole.
        """
        return LINES, HELD_LINES if row.help else LINES

    def draw_symbol(self, painter: QPainter, place: QRect, row: TwoLines, *, chosen: bool) -> None:
        """Draw the picture, the symbol while there is none."""
        ratio = self._view.devicePixelRatioF()
        picture = self._thumbnails.picture(DocumentId(row.key), ratio) if row.picture else None
        if picture is None:
            super().draw_symbol(painter, place, row, chosen=chosen)
            return
        frame = QRectF(0, 0, picture.width() / ratio, picture.height() / ratio)
        frame.moveCenter(QRectF(place).center())
        painter.drawImage(frame, picture)
        painter.setPen(self._view.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(frame)


class InboxList(QWidget):
    """``chosen`` carries the row that is shown now, or None; also when the same row became something else."""

    chosen = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent)
        texts = self._texts = workplace.texts
        self._rows: tuple[InboxRow, ...] = ()
        self._lines: dict[str, tuple[InboxRow, TwoLines]] = {}
        self._key = ""
        _ = texts.gettext
        hint = _("Shows only letters with these words; typing in the list begins here")
        self.filter = FilterField(texts, _("Filter the inbox"), hint)
        self.scan = QPushButton(icon(Icon.SCAN), f" {_('Scan …')}")  # the style leaves a symbol no air beside it
        self.scan.setAccessibleName(_("Scan …"))
        self.scan.setToolTip(_("Scan from a scanner on the network (F9)"))
        self.scan.clicked.connect(lambda: open_scan_dialog(workplace, self.window()))
        self.list = TwoLineList(_("Letters in the inbox"))
        self.model = self.list.lines
        self.thumbnails = Thumbnails(workplace)
        self.empty = EmptyState(self.list, Icon.INBOX)
        self._to_folders = lambda: workplace.wishes.go.emit(Place.SETTINGS)
        self._build()
        self.filter.textChanged.connect(lambda _: self.show_rows(self._rows))
        self.list.chosen.connect(self._choose)

    @property
    def rows(self) -> tuple[InboxRow, ...]:
        """All rows, whether the filter shows them or not."""
        return self._rows

    def show_rows(self, rows: Sequence[InboxRow], wanted: str = "") -> None:
        """Show these rows. Chosen is the one with the key ``wanted``, else the one that was, else the one below it."""
        self._rows = tuple(rows)
        before = self._lines
        self._lines = {row.key: before[row.key] if self._knows(row) else (row, self._line(row)) for row in self._rows}
        lines = [line for _, line in self._lines.values()]
        shown = self._under_headings(containing(lines, self.filter.text()))
        key = self.list.show_rows(shown, wanted or self._key, self.list.currentIndex().row())
        self._say_nothing()
        self.empty.stand_in(not shown)
        self.filter.setVisible(bool(self._rows))
        self._choose(key)

    def step(self, step: int) -> None:
        """Go to the row so many below, above where it is negative; stays at the ends."""
        index = self.model.index(self.list.currentIndex().row() + step, 0)
        while index.isValid() and not index.flags() & Qt.ItemFlag.ItemIsSelectable:
            index = self.model.index(index.row() + (1 if step > 0 else -1), 0)
        if index.isValid():
            self.list.setCurrentIndex(index)

    def show_all(self) -> None:
        """Empty the filter and go on in the list."""
        if self.filter.text():
            self.filter.clear()
            self.list.setFocus()

    def take_out(self, key: str) -> None:
        """Take a row out and choose the one that follows it."""
        self.show_rows([row for row in self._rows if row.key != key])

    def _build(self) -> None:
        self.list.setToolTip(self._texts.gettext("Letters in the inbox: arrow keys choose, Enter files"))
        self.filter.begin_in(self.list)
        on_keys(self, "Escape", self.show_all)
        self.list.setItemDelegate(LetterDelegate(self.list, self.thumbnails))
        self.list.setUniformItemSizes(False)
        self.thumbnails.arrived.connect(lambda _: self.list.viewport().update())
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        column.setSpacing(GRID * 2)
        above = QHBoxLayout()
        above.setSpacing(GRID * 2)
        above.addWidget(self.filter, 1)
        above.addWidget(self.scan)
        column.addLayout(above)
        column.addWidget(self.empty, 1)
        column.addWidget(self.list, 1)

    def _choose(self, key: str) -> None:
        self._key = key
        self.chosen.emit(next((row for row in self._rows if row.key == key), None))

    def _say_nothing(self) -> None:
        _ = self._texts.gettext
        if self._rows:
            text = _("No letter holds these words. Esc shows all again.")
            self.empty.say(text, _("Show all again"), self.show_all)
        else:
            text = _("Nothing waits here. What is scanned into a scan folder appears by itself.")
            self.empty.say(text, _("Scan folders …"), self._to_folders)

    def _knows(self, row: InboxRow) -> bool:
        """Tell whether a row's line was made from this very row: comparing all that it holds would take longer."""
        return row.key in self._lines and self._lines[row.key][0] is row

    def _under_headings(self, lines: Sequence[TwoLines]) -> list[TwoLines]:
        """Put a heading above the letters of each stack that held more than one."""
        made: list[TwoLines] = []
        above = ""
        for line in lines:
            row, _ = self._lines[line.key]
            stack = row.item.stack if isinstance(row, Waiting) else None
            if stack is not None and line.grouped and stack.key != above:
                heading, more = stack_heading(stack, self._texts)
                made.append(
                    TwoLines(
                        key=f"stack/{stack.key}",
                        title=heading,
                        details=more,
                        symbol=Icon.SCAN,
                        heading=True,
                        grouped=True,
                    )
                )
            above = stack.key if stack is not None else ""
            made.append(line)
        return made

    def _line(self, row: InboxRow) -> TwoLines:
        held = isinstance(row, Held)
        stack = row.item.stack if isinstance(row, Waiting) else None
        grouped = stack is not None and stack.letters > 1
        return TwoLines(
            key=row.key,
            title=title(row),
            details=details(row, self._texts),
            symbol=Icon.ATTENTION if held else Icon.DOCUMENT,
            help=held,
            grouped=grouped,
            picture=isinstance(row, Waiting) and row.item.document.confidentiality is Confidentiality.NORMAL,
            spoken=stack_place(stack, self._texts) if stack is not None and grouped else "",
        )
