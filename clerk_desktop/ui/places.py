"""The contract between the frame and what stands in its middle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.in_steps import InSteps
from clerk_desktop.ui.workplace import Place, Workplace

if TYPE_CHECKING:
    from clerk_desktop.ui.found_place import FoundPlace


@dataclass(frozen=True, kw_only=True)
class Command:
    """Something that the command field offers. ``text`` is in the user's language, ``shortcut`` as Qt writes it.

    ``begins_group``: in a menu a line stands above it.
    """

    text: str
    run: Callable[[], None]
    shortcut: str = ""
    begins_group: bool = False


def grouped(*groups: Sequence[Command]) -> tuple[Command, ...]:
    """Return all commands; each group but the first begins with a line."""
    full = [group for group in groups if group]
    return tuple(
        replace(command, begins_group=place > 0 and number == 0)
        for place, group in enumerate(full)
        for number, command in enumerate(group)
    )


class PlaceView(QWidget, InSteps):
    """A place of the window. Made before it is first visited; lives as long as the window."""

    filled = Signal()
    """What was read first is there; only of a place that is not filled as soon as it is made."""
    is_filled = True

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent)
        self.workplace = workplace
        self._stale = False

    def refresh(self) -> None:
        """Read what is shown again: now, or when somebody looks here next."""
        if self.isVisible():
            self.reload()
        else:
            self._stale = True

    def reload(self) -> None:
        """Read what is shown again."""

    def fill(self) -> None:
        """Tell that what was read first is there."""
        if not self.is_filled:
            self.is_filled = True
            self.filled.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed meanwhile."""
        super().showEvent(event)
        self.catch_up()

    def catch_up(self) -> None:
        """Read what changed while nobody looked here."""
        if self._stale:
            self._stale = False
            self.reload()

    def listen(self) -> None:
        """Begin what only answers keys and pointer; comes once, when the window's first picture stands."""

    def ahead(self) -> Iterator[None]:
        """Make what is opened from here before it is, one part up to each ``yield``."""
        yield from ()

    def enter(self) -> None:
        """Be shown: put the focus where work goes on."""
        self.setFocus()

    def show_case(self, case_id: CaseId) -> bool:
        """Show a case; False where this place shows none."""
        return False

    def show_document(self, document_id: DocumentId, case_id: CaseId | None) -> bool:
        """Show a document of a case, or of the inbox (None); False where this place shows none, or not this one."""
        return False

    def look_for(self, found: FoundPlace) -> None:
        """Mark words in the document that is shown or being opened; nothing where this place shows none."""

    def show_words(self, words: str) -> None:
        """List what has the words; nothing where this place lists none."""

    def commands(self) -> tuple[Command, ...]:
        """Return what the command field offers while this place is shown."""
        return ()

    def leave(self) -> None:
        """Be closed with the window: keep layouts, end what runs."""


@dataclass(frozen=True, kw_only=True)
class PlaceEntry:
    """How a place stands in the rail. ``text`` is an English source text; one that is not ``listed`` has no button."""

    place: Place
    text: str
    icon: Icon
    make: Callable[[Workplace, QWidget], PlaceView]
    listed: bool = True
