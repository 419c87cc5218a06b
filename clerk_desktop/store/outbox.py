"""Operations that are still to be sent, in the order they came in.

An operation is ready when its time has come and no earlier unfinished one touches an id that it touches too;
``outbox_touches`` holds those ids, so that SQL can tell. A conflict keeps nothing waiting: it holds only what both
sides changed, and everything else goes on.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, get_args

import msgspec

from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.errors import FailureKind, NotKnown
from clerk_desktop.model.ids import OperationId, new_key
from clerk_desktop.model.outbox import Operation, OutboxCount, OutboxEntry, OutboxState, SentOperation
from clerk_desktop.store.rows import Cell, from_micros, micros
from clerk_desktop.store.statements import Row, Statements
from clerk_desktop.system.clock import Clock
from clerk_desktop.system.decoding import decoder

KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in get_args(Operation)}
LONGEST_WAIT = timedelta(days=1)
COLUMNS = "operation_id, kind, payload, state, created_at, attempts, error, failure, next_try"
SENT_KEPT = 1_000
READY = """
    state = 'waiting' AND (next_try IS NULL OR next_try NOT BETWEEN ? AND ?)
    AND NOT EXISTS (
        SELECT 1 FROM outbox_touches AS mine
        JOIN outbox_touches AS theirs ON theirs.object_id = mine.object_id AND theirs.seq < mine.seq
        JOIN outbox AS earlier ON earlier.seq = theirs.seq AND earlier.state <> 'conflict'
        WHERE mine.seq = outbox.seq
    )
    ORDER BY seq LIMIT ?
"""


class OutboxRows:
    """The outbox of a session."""

    def __init__(self, statements: Statements, clock: Clock) -> None:
        self._db = statements
        self._clock = clock
        self._empty: bool | None = None

    def add(self, operation: Operation, now: datetime) -> OperationId:
        """Put an operation at the end and return its id."""
        operation_id = OperationId(new_key())
        self._empty = False
        self._db.run(
            "INSERT INTO outbox (operation_id, kind, payload, state, created_at) VALUES (?, ?, ?, ?, ?)",
            (
                operation_id,
                type(operation).__name__,
                msgspec.json.encode(operation),
                OutboxState.WAITING.value,
                micros(now),
            ),
        )
        seq = self._db.new_row()
        self._db.run_many(
            "INSERT OR IGNORE INTO outbox_touches (object_id, seq) VALUES (?, ?)",
            ((object_id, seq) for object_id in operation.touches),
        )
        self._db.note(ChangeKind.OUTBOX, operation_id)
        return operation_id

    def get(self, operation_id: OperationId) -> OutboxEntry | None:
        """Return an unfinished operation, None when it is finished or was discarded."""
        found = self._where("operation_id = ?", operation_id)
        return found[0] if found else None

    def ready(self, now: datetime, limit: int) -> tuple[OutboxEntry, ...]:
        """Return up to ``limit`` operations that can be sent now, oldest first; no two of them touch the same id."""
        # what is to wait for longer than anything waits was put off by a clock that was set back since
        return self._where(READY, micros(now) + 1, micros(now + LONGEST_WAIT), limit)

    def finish(self, operation_id: OperationId) -> None:
        """Take a sent operation out and log that it was sent. Raises ``NotKnown``."""
        row = self._db.one("SELECT kind FROM outbox WHERE operation_id = ?", (operation_id,))
        self.discard(operation_id)
        if row is not None:
            self._db.run("INSERT INTO outbox_sent (at, kind) VALUES (?, ?)", (micros(self._clock.now()), row[0]))
            self._db.run("DELETE FROM outbox_sent WHERE seq <= ?", (self._db.new_row() - SENT_KEPT,))

    def postpone(self, operation_id: OperationId, error: str, failure: FailureKind, next_try: datetime) -> None:
        """Count a failed try and come back at ``next_try``. Raises ``NotKnown``."""
        self._change(
            operation_id,
            "state = ?, error = ?, failure = ?, next_try = ?, attempts = attempts + 1",
            OutboxState.WAITING.value,
            error,
            failure.value,
            micros(next_try),
        )

    def hold(self, operation_id: OperationId, error: str, failure: FailureKind, state: OutboxState) -> None:
        """Count a failed try and wait for somebody. Raises ``NotKnown``."""
        self._change(
            operation_id,
            "state = ?, error = ?, failure = ?, next_try = NULL, attempts = attempts + 1",
            state.value,
            error,
            failure.value,
        )

    def release(self, operation_id: OperationId) -> None:
        """Let an operation go at once, with its count of tries at zero. Raises ``NotKnown``."""
        self._change(operation_id, "state = ?, error = '', failure = NULL, next_try = NULL, attempts = 0", "waiting")

    def replace(self, operation_id: OperationId, operation: Operation) -> None:
        """Put another operation of the same ids into an entry's place, as after a merge. Raises ``NotKnown``."""
        known = self.get(operation_id)
        if known is not None and set(known.operation.touches) != set(operation.touches):
            raise ValueError("the new operation touches other ids")
        self._change(operation_id, "kind = ?, payload = ?", type(operation).__name__, msgspec.json.encode(operation))

    def discard(self, operation_id: OperationId) -> None:
        """Take an operation out unsent. Raises ``NotKnown``."""
        if not self._db.run("DELETE FROM outbox WHERE operation_id = ?", (operation_id,)):
            raise NotKnown(what=operation_id)
        self._db.note(ChangeKind.OUTBOX, operation_id)

    def all(self) -> tuple[OutboxEntry, ...]:
        """Return every unfinished operation, oldest first."""
        return self._where("1 ORDER BY seq")

    def newest(self, limit: int) -> tuple[OutboxEntry, ...]:
        """Return unfinished operations, those that need somebody first, then the newest."""
        return self._where("1 ORDER BY state = 'waiting', seq DESC LIMIT ?", limit)

    def touching(self, object_id: str) -> tuple[OutboxEntry, ...]:
        """Return the unfinished operations that touch an id, oldest first."""
        if self._empty is None:
            self._empty = self._db.one("SELECT 1 FROM outbox LIMIT 1") is None
        if self._empty:
            return ()
        return self._where("seq IN (SELECT seq FROM outbox_touches WHERE object_id = ?) ORDER BY seq", object_id)

    def count(self) -> OutboxCount:
        """Return how many operations go by themselves and how many wait for somebody."""
        row = self._db.one("SELECT count(*) FILTER (WHERE state = 'waiting'), count(*) FROM outbox") or (0, 0)
        return OutboxCount(waiting=row[0], needs_help=row[1] - row[0])

    def next_try(self) -> datetime | None:
        """Return when the next postponed operation is due; None when none is postponed."""
        row = self._db.one("SELECT min(next_try) FROM outbox WHERE state = 'waiting'")
        return None if row is None or row[0] is None else from_micros(row[0])

    def sent(self, limit: int) -> tuple[SentOperation, ...]:
        """Return what was sent last, newest first."""
        rows = self._db.all("SELECT at, kind FROM outbox_sent ORDER BY seq DESC LIMIT ?", (limit,))
        return tuple(SentOperation(at=from_micros(at), operation=kind) for at, kind in rows)

    def _change(self, operation_id: OperationId, assignments: str, *cells: Cell) -> None:
        if not self._db.run(
            f"UPDATE outbox SET {assignments} WHERE operation_id = ?",  # noqa: S608 - assignments are ours
            (*cells, operation_id),
        ):
            raise NotKnown(what=operation_id)
        self._db.note(ChangeKind.OUTBOX, operation_id)

    def _where(self, condition: str, *cells: Cell) -> tuple[OutboxEntry, ...]:
        rows = self._db.all(f"SELECT {COLUMNS} FROM outbox WHERE {condition}", cells)  # noqa: S608 - ours
        return tuple(map(entry_of, rows))


def entry_of(row: Row) -> OutboxEntry:
    """Return the entry of a row that was selected by ``COLUMNS``."""
    operation_id, kind, payload, state, created_at, attempts, error, failure, next_try = row
    return OutboxEntry(
        operation_id=operation_id,
        operation=decoder(KINDS[kind]).decode(payload),
        state=OutboxState(state),
        created_at=from_micros(created_at),
        attempts=attempts,
        error=error,
        failure=None if failure is None else FailureKind(failure),
        next_try=None if next_try is None else from_micros(next_try),
    )
