"""Time as the settling of originals counted it, and when by it each original was settled."""

from __future__ import annotations

from datetime import datetime

from clerk_desktop.model.counted_time import CountedTime
from clerk_desktop.model.ids import FileId
from clerk_desktop.store.rows import from_micros, micros
from clerk_desktop.store.statements import Statements


class CountedTimeRows:
    """The counted time of a session."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements

    def latest(self) -> CountedTime | None:
        """Return it as it was kept last; before that, as of the last original that was settled, if there is one."""
        row = self._db.one("SELECT clock_at, counted_at FROM counted_time")
        if row is not None:
            return CountedTime(clock_at=from_micros(int(str(row[0]))), counted_at=from_micros(int(str(row[1]))))
        newest = self._db.one("SELECT MAX(settled_at) FROM files WHERE settled_at IS NOT NULL")
        if newest is None or newest[0] is None:
            return None
        at = from_micros(int(str(newest[0])))
        return CountedTime(clock_at=at, counted_at=at)

    def keep(self, time: CountedTime) -> None:
        """Keep it for the next look."""
        self._db.run(
            "INSERT OR REPLACE INTO counted_time (one, clock_at, counted_at) VALUES (1, ?, ?)",
            (micros(time.clock_at), micros(time.counted_at)),
        )

    def settle(self, file_id: FileId, counted_at: datetime) -> None:
        """Note when an original was settled, by the counted time."""
        self._db.run(
            "INSERT OR REPLACE INTO originals_settled (file_id, counted_at) VALUES (?, ?)",
            (file_id, micros(counted_at)),
        )

    def settled(self, file_id: FileId) -> datetime | None:
        """Return when an original was settled, by the counted time; None where that was not noted."""
        row = self._db.one("SELECT counted_at FROM originals_settled WHERE file_id = ?", (file_id,))
        return None if row is None else from_micros(int(str(row[0])))
