"""What a round of synchronising did, for commands, the window and tests. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clerk_desktop.model.errors import ClerkError
from clerk_desktop.model.outbox import OutboxCount


@dataclass(frozen=True, kw_only=True, slots=True)
class PushReport:
    """Numbers of operations. ``stopped``: why the round ended before everything was tried."""

    sent: int = 0
    postponed: int = 0
    held: int = 0
    stopped: ClerkError | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PullReport:
    """Numbers of objects. ``full``: everything was listed. ``stopped``: why the round ended early."""

    taken_in: int = 0
    removed: int = 0
    full: bool = False
    stopped: ClerkError | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PinReport:
    """Numbers of contents of pinned cases. ``stopped``: why the round ended early."""

    fetched: int = 0
    stopped: ClerkError | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SyncReport:
    """A whole round. ``next_try``: when there is something to do again without anybody's doing, None for no time."""

    push: PushReport
    pull: PullReport
    outbox: OutboxCount
    pinned: PinReport = PinReport()
    next_try: datetime | None = None

    @property
    def stopped(self) -> ClerkError | None:
        """Why the round ended early; None when it went through."""
        return self.push.stopped or self.pull.stopped or self.pinned.stopped

    @property
    def settled(self) -> bool:
        """Whether nothing is left to send, or what is left only waits for somebody."""
        return self.stopped is None and not self.outbox.waiting
