"""One field for everything: cases, words in documents, and commands of the window (Ctrl+K)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from clerk_desktop.ui.frame.walking import ACCEPT, WALK
from clerk_desktop.ui.icons import Icon, icon
from clerk_desktop.ui.places import Command
from clerk_desktop.ui.typing_pause import TypingPause
from clerk_desktop.ui.workplace import Workplace

if TYPE_CHECKING:
    from clerk_desktop.model.search import SearchResult
    from clerk_desktop.ui.frame.hit_list import HitList
    from clerk_desktop.ui.search.asking import Asking
    from clerk_desktop.ui.search.hits import Hit

PAUSE_MILLISECONDS = 120
MOST = 6


class CommandField(QLineEdit):
    """Type, walk with the arrow keys, Enter. ``commands`` gives what the window offers at the moment."""

    def __init__(self, workplace: Workplace, commands: Callable[[], tuple[Command, ...]]) -> None:
        super().__init__()
        self._workplace = workplace
        self._commands = commands
        self._shown_for: str | None = None
        self._in_a_hurry = False
        _ = workplace.texts.gettext
        self.setObjectName("command")
        self.setPlaceholderText(_("Search or command …  (Ctrl+K)"))
        self.setAccessibleName(_("Search or command"))
        self.setToolTip(_("Case number, name, words of a document, or a command (Ctrl+K)"))
        sign = self.addAction(icon(Icon.SEARCH), QLineEdit.ActionPosition.LeadingPosition)
        sign.setText(self.accessibleName())
        sign.triggered.connect(self.offer)
        self.setClearButtonEnabled(True)
        self._hits: HitList | None = None
        self._asked: Asking | None = None
        self._pause = TypingPause(self, PAUSE_MILLISECONDS, self.look_now)

    @property
    def hits(self) -> HitList:
        """The list below; made when something is first looked for."""
        if self._hits is None:
            from clerk_desktop.ui.frame.hit_list import HitList

            self._hits = HitList(self, self._workplace.texts.gettext("Hits"))
        return self._hits

    @property
    def _asking(self) -> Asking:
        if self._asked is None:
            from clerk_desktop.ui.search.asking import Asking

            self._asked = Asking(self, self._workplace, MOST, self._show)
        return self._asked

    def offer(self) -> None:
        """Take the focus and show what can be done."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self.look_now()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the hits, take one, list all, or leave."""
        key = Qt.Key(event.key())
        if key in WALK and self.hits.isVisible():
            self.hits.walk(WALK[key])
        elif key in ACCEPT and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._list_all()
        elif key in ACCEPT:
            self._take()
        elif key == Qt.Key.Key_Escape:
            self.forget()
        else:
            super().keyPressEvent(event)

    def forget(self) -> None:
        """Be empty, and look for nothing."""
        if self._asked is not None:
            self._asked.give_up()
        self._pause.stop()
        if self._hits is not None:
            self._hits.hide()
        self._in_a_hurry = False
        self.clear()

    def look_now(self) -> None:
        """Look for what is typed, without the pause that waits for the next key."""
        self._pause.stop()
        words = self.text().strip()
        if words:
            self._asking.look(words)
        else:
            from clerk_desktop.model.search import SearchResult

            self._asking.give_up()
            self._show(words, SearchResult())

    def ask_server_now(self) -> None:
        """Ask the server without the pause."""
        self._asking.ask_server()

    def _take(self) -> None:
        """Take the hit that is chosen; who types faster than hits come gets the first of what was typed."""
        words = self.text().strip()
        if self.hits.isVisible() and self._shown_for == words:
            self.hits.take()
        elif words:
            self._in_a_hurry = True
            self.look_now()

    def _list_all(self) -> None:
        words = self.text().strip()
        if words:
            self.forget()
            self._workplace.search(words)

    def _show(self, words: str, result: SearchResult) -> None:
        if not self.hasFocus():
            self._in_a_hurry = False
            return
        from clerk_desktop.model.search import Origin

        _ = self._workplace.texts.gettext
        found: tuple[Hit, ...] = (*result.cases, *result.documents)
        server = [hit for hit in found if Origin.HERE not in hit.origins]
        groups = (
            (_("Cases"), self._group([hit for hit in result.cases if hit not in server], words)),
            (_("Documents"), self._group([hit for hit in result.documents if hit not in server], words)),
            (_("Commands"), self._fitting(words)),
            (_("Found by the server only"), self._group(server, words)),
        )
        self.hits.show_below(self, groups, self._footer(words, result, groups), keep=self._shown_for == words)
        self._shown_for = words
        if self._in_a_hurry:
            self._in_a_hurry = False
            if self.hits.chosen:
                self.hits.take()

    def _footer(self, words: str, result: SearchResult, groups: Sequence[tuple[str, tuple[Command, ...]]]) -> str:
        """Say where it was searched; nothing where only commands stand."""
        if not words:
            return ""
        from clerk_desktop.ui.search.hits import told

        text = told(result, self._workplace.texts)
        found = any(commands for _, commands in groups)
        return text if found else f"{self._workplace.texts.gettext('Nothing found')}. {text}"

    def _fitting(self, words: str) -> tuple[Command, ...]:
        from clerk_desktop.model.folding import folded

        typed = folded(words)
        fitting = [command for command in self._commands() if typed in folded(command.text)]
        if words:
            text = self._workplace.texts.gettext("List all hits")
            fitting.append(Command(text=text, run=self._list_all, shortcut="Ctrl+Enter"))
        return tuple(fitting)

    def _group(self, hits: Sequence[Hit], words: str) -> tuple[Command, ...]:
        return tuple(self._command(hit, words) for hit in hits)

    def _command(self, hit: Hit, words: str) -> Command:
        from clerk_desktop.ui.search.hits import line, open_hit

        def run() -> None:
            self.clear()
            self._asking.give_up()
            open_hit(self._workplace, hit, words)

        return Command(text=line(hit, self._workplace.texts), run=run)
