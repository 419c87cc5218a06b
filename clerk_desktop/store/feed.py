"""The change feed: what was written, in the order it was committed."""

from __future__ import annotations

from clerk_desktop.model.changes import Change, ChangeKind
from clerk_desktop.store.statements import Statements


class ChangeRows:
    """The change feed of a session. What the session itself wrote stands in it only after its end."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements

    def after(self, seq: int, limit: int) -> tuple[Change, ...]:
        """Return up to ``limit`` changes behind ``seq``, oldest first."""
        rows = self._db.all("SELECT seq, kind, object_id FROM changes WHERE seq > ? ORDER BY seq LIMIT ?", (seq, limit))
        return tuple(Change(seq=at, kind=ChangeKind(kind), object_id=object_id) for at, kind, object_id in rows)

    def last_of(self, kind: ChangeKind) -> int:
        """Return the newest ``seq`` of one kind, 0 when there is none or it is long past."""
        row = self._db.one("SELECT coalesce(max(seq), 0) FROM changes WHERE kind = ?", (kind.value,))
        return int(row[0]) if row else 0

    def last(self) -> int:
        """Return the newest ``seq``, 0 when nothing was ever written."""
        row = self._db.one("SELECT coalesce(max(seq), 0) FROM changes")
        return int(row[0]) if row else 0
