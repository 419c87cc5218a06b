"""What every part of the window gets: the use cases, the texts, the doors between threads, and the way elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from clerk_desktop.model.errors import ClerkError
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.case.drafts import Drafts
from clerk_desktop.ui.event_bridge import EventBridge
from clerk_desktop.ui.state import WindowState
from clerk_desktop.ui.tasks import Tasks
from clerk_desktop.usecases.desk import Desk

if TYPE_CHECKING:
    from clerk_desktop.ui.found_place import FoundPlace


class Place(Enum):
    """The places of the window, in the order of the rail."""

    INBOX = "inbox"
    MINE = "mine"
    RESUBMISSIONS = "resubmissions"
    CASES = "cases"
    SEARCH = "search"
    TRANSFERS = "transfers"
    SETTINGS = "settings"


class Tone(Enum):
    """How a message is meant."""

    NEWS = "news"
    DONE = "done"
    HELP = "help"


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """A line in the quiet bar. ``action`` is a button's text and what it does."""

    text: str
    tone: Tone = Tone.NEWS
    action: tuple[str, Callable[[], None]] | None = None


class Wishes(QObject):
    """What a view wants of the window around it; the window listens."""

    say = Signal(object)
    """A ``Message``."""
    go = Signal(object)
    """A ``Place``."""
    open_case = Signal(object)
    """A ``CaseId``."""
    open_document = Signal(object)
    """A ``DocumentId``: shown where it lies, in its case or in the inbox."""
    sign_out = Signal()
    """To be asked whether to sign out."""
    signing_out = Signal(bool)
    """To sign out; True: with everything of the account."""
    open_found = Signal(object)
    """A ``FoundPlace``: the document is shown at that page, with the words marked."""
    search = Signal(str)
    """Words: everything that has them is listed."""
    send_now = Signal()
    """To send and fetch at once."""
    help = Signal()
    """The help page."""


@dataclass(frozen=True, kw_only=True)
class Workplace:
    """One window's surroundings."""

    desk: Desk
    texts: Texts
    tasks: Tasks
    bridge: EventBridge
    wishes: Wishes
    state: WindowState
    drafts: Drafts = field(default_factory=Drafts)

    def say(self, text: str, tone: Tone = Tone.NEWS, action: tuple[str, Callable[[], None]] | None = None) -> None:
        """Show a line in the message bar; ``text`` is in the user's language."""
        self.wishes.say.emit(Message(text=text, tone=tone, action=action))

    def say_error(self, error: Exception) -> None:
        """Say what went wrong, what was kept and what to do. What is no ``ClerkError`` is a bug and is said as one."""
        if not isinstance(error, ClerkError):
            raise error
        self.say(self.texts.sentence(error), Tone.HELP)

    def say_not_done(self, error: Exception, dialog: str) -> None:
        """Say what went wrong with what was typed into a dialog; the command ``dialog`` shows it again."""
        if not isinstance(error, ClerkError):
            raise error
        kept = self.texts.gettext("What you typed is kept: “{command}” shows it again.").format(command=dialog)
        self.say(f"{self.texts.sentence(error)} {kept}", Tone.HELP)

    def open_case(self, case_id: CaseId) -> None:
        """Show a case."""
        self.wishes.open_case.emit(case_id)

    def open_document(self, document_id: DocumentId) -> None:
        """Show a document where it lies."""
        self.wishes.open_document.emit(document_id)

    def open_found(self, found: FoundPlace) -> None:
        """Show words where they were found."""
        self.wishes.open_found.emit(found)

    def search(self, words: str) -> None:
        """List everything that has the words."""
        self.wishes.search.emit(words)
