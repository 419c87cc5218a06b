"""Pinned cases, and which content the store must keep: unsent work, scans not settled yet, pinned cases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.ids import CaseId
from clerk_desktop.model.pin import Pin
from clerk_desktop.store.documents import BY_CONTENT
from clerk_desktop.store.rows import shape
from clerk_desktop.store.statements import Statements, called

IRREPLACEABLE = """
    SELECT documents.sha256, documents.source_sha256 FROM documents WHERE
        NOT EXISTS (SELECT 1 FROM baselines WHERE object_id = document_id AND server_id <> '')
        OR EXISTS (SELECT 1 FROM outbox_touches WHERE object_id = document_id)
        OR EXISTS (
            SELECT 1 FROM file_parts JOIN files USING (file_id)
            WHERE file_parts.document_id = documents.document_id AND settled_at IS NULL AND discarded_at IS NULL
        )
    UNION ALL
    SELECT source_sha256, '' FROM files WHERE settled_at IS NULL AND discarded_at IS NULL
"""
PINNED = "SELECT sha256, source_sha256 FROM documents WHERE case_id IN (SELECT case_id FROM pins)"
NEEDED = " UNION ALL ".join((IRREPLACEABLE, PINNED))


class PinRows:
    """The pinned cases of a session. The flag of the case itself is kept in step."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements
        self._shape = shape(Pin)

    def get(self, case_id: CaseId) -> Pin | None:
        """Return the pin of a case, None for a case that is not pinned."""
        row = self._db.one(f"SELECT {self._shape.names} FROM pins WHERE case_id = ?", (case_id,))  # noqa: S608 - ours
        return None if row is None else self._shape.value(row)

    def all(self) -> tuple[Pin, ...]:
        """Return all pins, oldest first."""
        rows = self._db.all(f"SELECT {self._shape.names} FROM pins ORDER BY pinned_at, case_id")  # noqa: S608 - ours
        return tuple(map(self._shape.value, rows))

    def expired(self, now: datetime) -> tuple[Pin, ...]:
        """Return the pins whose time is over."""
        return tuple(pin for pin in self.all() if pin.expires_at <= now)

    def has_wanting(self) -> bool:
        """Whether a pinned case waits for content that nothing is known to keep from coming."""
        return self._db.one("SELECT 1 FROM pins WHERE complete_at IS NULL AND problem = '' LIMIT 1") is not None

    def put(self, pin: Pin) -> None:
        """Keep a pin, new or changed."""
        self._db.run(self._shape.upsert("pins"), self._shape.cells(pin))
        self._db.run("UPDATE cases SET pinned = 1 WHERE case_id = ? AND pinned = 0", (pin.case_id,))
        self._db.note(ChangeKind.CASE, pin.case_id)

    def remove(self, case_id: CaseId) -> None:
        """Pin a case no longer, and let its content go; one that is not pinned is fine."""
        if self._db.run("DELETE FROM pins WHERE case_id = ?", (case_id,)):
            self._db.run("UPDATE cases SET pinned = 0 WHERE case_id = ?", (case_id,))
            self._db.run(
                f"INSERT OR IGNORE INTO leaving SELECT sha256 FROM documents WHERE {called('case_id')}",  # noqa: S608
                (case_id,),
            )
            self._db.note(ChangeKind.CASE, case_id)


class ContentRows:
    """Which content must stay and which may go, in a session."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements

    def let_go(self, sha256: str) -> None:
        """Note content that is to be removed unless something else here needs it; an empty hash is fine, and what is a
        document's content (two letters may hold the same bytes) stays as long as that of any other.
        """
        if sha256 and self._db.one(f"SELECT 1 FROM documents WHERE {BY_CONTENT}", (sha256,)) is None:  # noqa: S608
            self._db.run("INSERT OR IGNORE INTO leaving (sha256) VALUES (?)", (sha256,))

    def let_all_go(self) -> None:
        """Note all content of documents."""
        self._db.run("INSERT OR IGNORE INTO leaving SELECT sha256 FROM documents")
        self._db.run("INSERT OR IGNORE INTO leaving SELECT source_sha256 FROM documents")

    def leaving(self) -> frozenset[str]:
        """Return the hashes that were noted."""
        return frozenset(sha256 for (sha256,) in self._db.all("SELECT sha256 FROM leaving WHERE sha256 <> ''"))

    def left(self, hashes: Iterable[str]) -> None:
        """Forget hashes that were dealt with."""
        self._db.run_many("DELETE FROM leaving WHERE sha256 = ?", ((sha256,) for sha256 in hashes))

    def needed(self) -> frozenset[str]:
        """Return the hashes of content that nobody else may have, or that a clerk pinned."""
        return frozenset(sha256 for row in self._db.all(NEEDED) for sha256 in row if sha256)

    def irreplaceable(self) -> frozenset[str]:
        """Return the hashes of content that nobody else may have."""
        return frozenset(sha256 for row in self._db.all(IRREPLACEABLE) for sha256 in row if sha256)
