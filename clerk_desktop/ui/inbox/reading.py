"""What lies in the inbox, read in the background again and again, and the letter that is to be chosen there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from clerk_desktop.model.ledger import ScannedFile
from clerk_desktop.ui.inbox.rows import Held, InboxRow, Waiting
from clerk_desktop.ui.rereading import Begun, Rereading
from clerk_desktop.ui.workplace import Workplace
from clerk_desktop.usecases.inbox import InboxItem


@dataclass(frozen=True, slots=True)
class Contents:
    """What lies in the inbox at one moment."""

    items: tuple[InboxItem, ...]
    held: tuple[ScannedFile, ...]

    @property
    def rows(self) -> tuple[InboxRow, ...]:
        """Held files first: they need somebody; then documents, oldest first."""
        return (*(Held(file) for file in self.held), *(Waiting(item) for item in self.items))


class InboxReading:
    """``show`` gets the rows and the key of the one that is wanted, "" for none.

    What is wanted belongs to the first reading that begins after it was said: an earlier one may not know the letter.
    """

    def __init__(self, owner: QObject, workplace: Workplace, show: Callable[[tuple[InboxRow, ...], str], None]) -> None:
        self._desk = workplace.desk
        self._show = show
        self._wanted = ""
        self._leaving: set[str] = set()
        self._reading = Rereading(owner, workplace.tasks, self._begin, workplace.say_error)

    def again(self, wanted: str = "") -> None:
        """Read; ``wanted``: the key of the row to choose."""
        self._wanted = wanted or self._wanted
        self._reading.ask()

    def leave(self, key: str) -> None:
        """Show a row no longer, whatever is read, until it has left."""
        self._leaving.add(key)

    def left(self, key: str) -> None:
        """What is read from now on tells about the row."""
        self._leaving.discard(key)

    def _begin(self) -> Begun:
        desk, leaving = self._desk, frozenset(self._leaving)
        wanted, self._wanted = self._wanted, ""

        def read() -> Contents:
            return Contents(items=desk.inbox.items(), held=desk.transfers.quarantine())

        def there(contents: Contents) -> None:
            self._show(tuple(row for row in contents.rows if row.key not in leaving), wanted)

        return read, there
