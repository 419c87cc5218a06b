"""One search at a time: what is here at once, the server's part when it comes; what was typed before is forgotten."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from clerk_desktop.model.search import SearchResult
from clerk_desktop.ui.tasks import Ticket
from clerk_desktop.ui.workplace import Workplace

Found = Callable[[str, SearchResult], None]
SERVER_MILLISECONDS = 500
"""So long nothing more was typed before the server is asked: it is shared, and slower than a typist."""
SHORTEST_ASKED = 3


class Asking(QObject):
    """Calls ``found`` with the words and what was found: once for this computer, again with the server's part."""

    def __init__(self, parent: QObject, workplace: Workplace, limit: int, found: Found) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._limit = limit
        self._found = found
        self._words = ""
        self._here: SearchResult | None = None
        self._tickets = (Ticket(), Ticket())
        self._rest = QTimer(self, singleShot=True, interval=SERVER_MILLISECONDS)
        self._rest.timeout.connect(self.ask_server)

    def look(self, words: str) -> None:
        """Search for words; an earlier search is given up."""
        self.give_up()
        self._words = words
        search, limit = self._workplace.desk.search, self._limit
        here = self._workplace.tasks.read(self, lambda: search.here(words, limit), self._came)
        self._tickets = (here, Ticket())
        if len(words) >= SHORTEST_ASKED:
            self._rest.start()

    def ask_server(self) -> None:
        """Ask the server for the same words now."""
        self._rest.stop()
        if self._words:
            search, words, limit = self._workplace.desk.search, self._words, self._limit
            asked = self._workplace.tasks.ask(self, lambda: search.on_server(words, limit), self._server_came)
            self._tickets = (self._tickets[0], asked)

    def give_up(self) -> None:
        """Forget what is being looked for."""
        self._rest.stop()
        self._words, self._here = "", None
        for ticket in self._tickets:
            ticket.cancel()

    def _came(self, result: SearchResult) -> None:
        self._here = result
        self._found(self._words, result)

    def _server_came(self, result: SearchResult) -> None:
        if self._here is None:  # the store was slower than the server, which hardly ever happens
            self.ask_server()
        else:
            from clerk_desktop.usecases.server_search import merged

            self._found(self._words, merged(self._here, result))
