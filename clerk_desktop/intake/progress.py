"""The points that a scan passes, told to whoever wants to know: the log, the window, a test that cuts the power."""

from __future__ import annotations

import logging
from enum import Enum
from typing import Protocol

from clerk_desktop.model.ids import FileId

log = logging.getLogger(__name__)


class Point(Enum):
    """What was just finished for a file. Between any two of them the power may fail."""

    SEEN = "seen"
    LEASED = "leased"
    COPIED = "copied"
    CLAIMED = "claimed"
    READ = "read"
    COMPOSED = "composed"
    UNDERSTOOD = "understood"
    QUEUED = "queued"
    MOVED = "moved"
    SETTLED = "settled"
    QUARANTINED = "quarantined"
    DUPLICATE = "duplicate"


class Witness(Protocol):
    """Is told each point as it is passed, on the thread that passed it."""

    def passed(self, point: Point, file_id: FileId) -> None:
        """Take note."""
        ...


class LoggingWitness:
    """Writes points to the log: ids only, file names are personal data."""

    def passed(self, point: Point, file_id: FileId) -> None:
        """Log it."""
        log.info("file %s", point.value, extra={"action": "intake", "file_id": file_id})
