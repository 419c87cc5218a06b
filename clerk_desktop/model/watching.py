"""How a scan folder behaves, as it was measured: what tells of new letters there, and how often it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class WatchMode(Enum):
    """How a folder's changes are noticed."""

    EVENTS = "events"
    POLLING = "polling"


class WatchReason(Enum):
    """Why a folder is watched as it is: a new file announces itself (``TELLS``), or why that is not relied upon."""

    TELLS = "tells"
    SHARE = "share"
    DEAF = "deaf"
    SLOW = "slow"
    UNTRIED = "untried"


@dataclass(frozen=True, kw_only=True, slots=True)
class WatchFinding:
    """How a folder behaves. Seconds throughout.

    ``file_system``: as the operating system calls it; ``remote``: other machines write there, too.
    ``event_after``: from the writing of a file to the word of it, None when none came (or would prove nothing).
    ``listing``: one look at the whole folder with its ``files`` letters; done every ``look_every`` seconds at least.
    """

    path: str
    file_system: str
    remote: bool
    writable: bool
    reason: WatchReason
    event_after: float | None
    listing: float
    files: int
    look_every: float

    @property
    def mode(self) -> WatchMode:
        """How new letters are noticed here."""
        return WatchMode.EVENTS if self.reason is WatchReason.TELLS else WatchMode.POLLING
