"""One field for everything: case numbers and subjects from the store, and commands of the window (Ctrl+K)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from clerk_desktop.model.case import Case, CaseFilter
from clerk_desktop.ui.icons import Icon, icon
from clerk_desktop.ui.places import Command
from clerk_desktop.ui.tasks import Ticket
from clerk_desktop.ui.theme import GRID, ROW
from clerk_desktop.ui.typing_pause import TypingPause
from clerk_desktop.ui.workplace import Workplace

PAUSE_MILLISECONDS = 120
MOST_CASES = 8
WALK = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
ACCEPT = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CommandField(QLineEdit):
    """Type, walk with the arrow keys, Enter. ``commands`` gives what the window offers at the moment."""

    def __init__(self, workplace: Workplace, commands: Callable[[], tuple[Command, ...]]) -> None:
        super().__init__()
        self._workplace = workplace
        self._commands = commands
        self._ticket = Ticket()
        self._shown_for: str | None = None
        self._in_a_hurry = False
        _ = workplace.texts.gettext
        self.setObjectName("command")
        self.setPlaceholderText(_("Search or command …  (Ctrl+K)"))
        self.setAccessibleName(_("Search or command"))
        self.setToolTip(_("Case number, words of a subject, or a command (Ctrl+K)"))
        sign = self.addAction(icon(Icon.SEARCH), QLineEdit.ActionPosition.LeadingPosition)
        sign.setText(self.accessibleName())
        sign.triggered.connect(self.offer)
        self.setClearButtonEnabled(True)
        self._hits = Hits(self, _("Hits"))
        TypingPause(self, PAUSE_MILLISECONDS, self.look_now)

    def offer(self) -> None:
        """Take the focus and show what can be done."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self.look_now()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the hits, take one, or leave."""
        key = Qt.Key(event.key())
        if key in WALK and self._hits.isVisible():
            self._hits.walk(WALK[key])
        elif key in ACCEPT:
            self._take()
        elif key == Qt.Key.Key_Escape:
            self._hits.hide()
            self._in_a_hurry = False
            self.clear()
        else:
            super().keyPressEvent(event)

    def look_now(self) -> None:
        """Look for what is typed, without the pause that waits for the next key."""
        words = self.text().strip()
        self._ticket.cancel()
        if not words:
            self._show(words, ())
            return
        worklist = self._workplace.desk.worklist
        self._ticket = self._workplace.tasks.read(
            self,
            lambda: worklist.find(CaseFilter(text=words), limit=MOST_CASES),
            lambda cases: self._show(words, cases),
        )

    def _take(self) -> None:
        """Take the hit that is chosen; who types faster than hits come gets the first of what was typed."""
        words = self.text().strip()
        if self._hits.isVisible() and self._shown_for == words:
            self._hits.take()
        elif words:
            self._in_a_hurry = True
            self.look_now()

    def _show(self, words: str, cases: tuple[Case, ...]) -> None:
        if not self.hasFocus():
            self._in_a_hurry = False
            return
        hits = [self._hit(case) for case in cases]
        folded = words.casefold()
        hits += [command for command in self._commands() if folded in command.text.casefold()]
        self._hits.show_below(self, tuple(hits), self._workplace.texts.gettext("Nothing found"))
        self._shown_for = words
        if self._in_a_hurry:
            self._in_a_hurry = False
            if hits:
                self._hits.take()

    def _hit(self, case: Case) -> Command:
        def run() -> None:
            self.clear()
            self._workplace.open_case(case.case_id)

        return Command(text=f"{case.case_number}   {case.subject}", run=run)


class Hits(QFrame):
    """The list below the field. Never takes the focus: keys stay with the field."""

    def __init__(self, field: QLineEdit, name: str) -> None:
        super().__init__(field, Qt.WindowType.ToolTip)
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._commands: tuple[Command, ...] = ()
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName(name)
        self._list.itemClicked.connect(lambda _: self.take())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._list)
        field.installEventFilter(self)

    def show_below(self, field: QLineEdit, commands: tuple[Command, ...], nothing: str) -> None:
        """Show hits under the field."""
        self._commands = commands
        self._list.clear()
        for command in commands:
            text = f"{command.text}   ({command.shortcut})" if command.shortcut else command.text
            item = QListWidgetItem(text)
            self._list.addItem(item)
        if not commands:
            item = QListWidgetItem(nothing)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self.setGeometry(0, 0, field.width(), min(12, self._list.count()) * ROW + GRID)
        self.move(field.mapToGlobal(QPoint(0, field.height() + 2)))
        self.show()

    def walk(self, step: int) -> None:
        """Go up or down."""
        row = self._list.currentRow() + step
        self._list.setCurrentRow(max(0, min(row, self._list.count() - 1)))

    def take(self) -> None:
        """Do what is chosen."""
        row = self._list.currentRow()
        self.hide()
        if 0 <= row < len(self._commands):
            self._commands[row].run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go away when the field loses the focus."""
        if event.type() is QEvent.Type.FocusOut:
            self.hide()
        return False
