"""The change log (CMIS 1.1, 2.1.15): written in the transaction of the change itself, read by zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from clerk_desktop.server.repository.database import Transaction
from clerk_desktop.server.repository.rows import StoredObject
from clerk_desktop.server.rights import Zone


class ChangeKind(StrEnum):
    """What happened to an object (2.1.15.2)."""

    CREATED = "created"
    UPDATED = "updated"
    DELETED = "deleted"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One event. ``at`` in milliseconds since 1970-01-01 UTC."""

    token: int
    object_id: str
    base: str
    type: str
    series: str | None
    kind: ChangeKind
    at: int


def log(transaction: Transaction, stored: StoredObject, kind: ChangeKind, at: int, *, left: Zone | None = None) -> None:
    """Append an event. ``left`` is the zone out of which an object was moved: to its readers it is gone."""
    transaction.run(
        "INSERT INTO change(object, base, type, series, zone, kind, at, departed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            stored.id,
            stored.base.value,
            stored.type,
            stored.series,
            stored.zone if left is None else left,
            kind.value,
            at,
            left is not None,
        ),
    )


class ChangeLog:
    """Reads events. ``zones`` None means no limit: then moves between zones are not told as deletions."""

    def __init__(self, transaction: Transaction, zones: Sequence[Zone] | None) -> None:
        self._transaction = transaction
        if zones is None:
            self._where, self._zones = "departed = 0", []
        else:
            self._where, self._zones = f"zone IN ({', '.join('?' * len(zones))})", list(zones)

    def latest_token(self) -> int:
        """Return the token of the last readable event, 0 when there is none."""
        return self._transaction.integer(f"SELECT MAX(token) FROM change WHERE {self._where}", self._zones)  # noqa: S608

    def last_token_of_all(self) -> int:
        """Return the token of the last event, readable or not."""
        return self._transaction.integer("SELECT MAX(token) FROM change")

    def since(self, token: int, limit: int) -> tuple[list[Change], int]:
        """Return readable events from a token on, that one included, in order, and how many there are in all."""
        rows = self._transaction.rows(
            f"SELECT * FROM change WHERE token >= ? AND {self._where} ORDER BY token LIMIT ?",  # noqa: S608
            (token, *self._zones, limit),
        )
        events = [
            Change(
                token=row["token"],
                object_id=row["object"],
                base=row["base"],
                type=row["type"],
                series=row["series"],
                kind=ChangeKind(row["kind"]),
                at=row["at"],
            )
            for row in rows
        ]
        total = len(events)
        if total == limit:
            total = self._transaction.integer(
                f"SELECT COUNT(*) FROM change WHERE token >= ? AND {self._where}",  # noqa: S608
                (token, *self._zones),
            )
        return events, total
