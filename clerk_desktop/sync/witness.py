"""The points between two steps of a synchronisation: told to whoever shows progress; there a test pulls the plug."""

from __future__ import annotations

from enum import Enum
from typing import Protocol


class Step(Enum):
    """What is about to happen, or has just happened."""

    SENDING = "sending"
    """An operation is next."""
    INTENDED = "intended"
    """What will be created on the server is noted in the store."""
    NUMBER_DRAWN = "number-drawn"
    """The server's counter was advanced; the number is nowhere else yet."""
    NUMBER_KEPT = "number-kept"
    """The final number is in the store."""
    ANSWERED = "answered"
    """The server did it; the store does not know yet."""
    STORED = "stored"
    """The store knows."""
    VERIFIED = "verified"
    """The content on the server was found to be what was sent."""
    TOKEN_READ = "token-read"  # noqa: S105 - no secret
    """A full listing begins."""
    PAGE_FETCHED = "page-fetched"
    """A page of server states is in memory."""
    PAGE_STORED = "page-stored"
    """The page is in the store."""
    SWEPT = "swept"
    """What is no longer on the server was removed here."""
    CONTENT_KEPT = "content-kept"
    """The content of a document of a pinned case is here."""


class Witness(Protocol):
    """Is told of every step; ``object_id`` is ours, "" where a step concerns none."""

    def __call__(self, step: Step, object_id: str = "") -> None:
        """Take note."""


def nobody(step: Step, object_id: str = "") -> None:
    """Take no note."""
