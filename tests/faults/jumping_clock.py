"""A wall clock that somebody sets, or a time server corrects, while the machine's own seconds run on."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.intake.station import TurnedClock


class JumpingClock(TurnedClock):
    """``jump`` moves what the wall clock shows; the monotonic seconds know nothing of it."""

    def __init__(self) -> None:
        super().__init__()
        self._set = timedelta()

    def jump(self, by: timedelta) -> None:
        self._set += by

    def now(self) -> datetime:
        return super().now() + self._set
