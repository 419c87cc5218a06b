"""The last state of each object that the server was seen in, and where the server keeps it.

A case or document that is kept as the server has it is its own baseline: its values are written beside it only when it
is about to change here (``0012_baselines.sql``), in the same transaction, whoever changes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence, Set
from typing import TypeVar

import msgspec

from clerk_desktop.model.baseline import Baseline
from clerk_desktop.model.case import Case
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.document import Document
from clerk_desktop.model.remote import RemoteRef
from clerk_desktop.store.rows import Cell, RowShape, from_micros, micros, shape
from clerk_desktop.store.statements import Row, Statements, called
from clerk_desktop.system.decoding import decoder

T = TypeVar("T")
COLUMNS = "object_id, kind, server_id, series_id, parent_id, change_token, modified_at, case_value, document"

PUT = f"INSERT OR REPLACE INTO baselines ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - ours
PUT_AS_KEPT = """
    INSERT OR REPLACE INTO baselines
        (object_id, kind, server_id, series_id, parent_id, change_token, modified_at, as_kept)
    VALUES (?, ?, ?, ?, ?, ?, ?, 1)
"""

KNOWN_HERE = """
    WITH asked (id) AS MATERIALIZED (SELECT value FROM json_each(?))
    SELECT id FROM asked WHERE id IN (SELECT object_id FROM baselines)
        OR id IN (SELECT case_id FROM cases) OR id IN (SELECT document_id FROM documents)
"""

SERVER_IDS = f"""
    SELECT server_id FROM json_each(?) JOIN baselines ON {called("series_id", "value")} WHERE server_id <> ''
    ORDER BY object_id
"""  # noqa: S608 - our names


class BaselineRows:
    """The baselines of a session. They stand beside the objects: neither needs the other to be there."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements
        self._cases_at: dict[str, str | None] = {}

    def get(self, object_id: str) -> Baseline | None:
        """Return the baseline of one of our objects, None when no server ever had it."""
        return self._first("object_id = ?", object_id)

    def by_server_id(self, server_id: str) -> Baseline | None:
        """Return the baseline by the server's id of its last answer."""
        return self._first(called("server_id"), server_id)

    def by_series_id(self, series_id: str) -> Baseline | None:
        """Return the baseline by the server's id that does not change."""
        return self._first(called("series_id"), series_id)

    def case_at(self, server_id: str) -> str | None:
        """Return our id of the case that the server names so, by its newest or its lasting id; None for none."""
        if server_id not in self._cases_at:
            self._cases_at[server_id] = self._case_at(server_id)
        return self._cases_at[server_id]

    def _case_at(self, server_id: str) -> str | None:
        for column in ("server_id", "series_id"):
            row = self._db.one(
                f"SELECT object_id, kind FROM baselines WHERE {called(column)} LIMIT 1",  # noqa: S608 - our names
                (server_id,),
            )
            if row is not None:
                return str(row[0]) if row[1] == ChangeKind.CASE.value else None
        return None

    def object_at(self, server_ids: Sequence[str]) -> str:
        """Return our id of what the server names so, by its newest or its lasting id; "" for nothing known."""
        for server_id in server_ids:
            for column in ("series_id", "server_id"):
                sql = f"SELECT object_id FROM baselines WHERE {called(column)} LIMIT 1"  # noqa: S608 - our names
                row = self._db.one(sql, (server_id,))
                if row is not None:
                    return str(row[0])
        return ""

    def children(self, parent_server_id: str) -> tuple[Baseline, ...]:
        """Return the baselines of what lies in a folder of the server."""
        return self._where(f"{called('parent_id')} ORDER BY object_id", parent_server_id)

    def known_here(self, object_ids: Iterable[str]) -> set[str]:
        """Return which of our objects are kept here in any way, as last seen on the server or as a row of their own."""
        rows = self._db.all(KNOWN_HERE, (json.dumps(list(object_ids)),))
        return {str(object_id) for (object_id,) in rows}

    def known_beside(self, series_ids: Set[str]) -> tuple[str, ...]:
        """Return the server's ids of what it was seen to have beside that with these lasting ids."""
        known = self._db.all("SELECT series_id FROM baselines WHERE series_id <> ''")
        others = [series_id for (series_id,) in known if series_id not in series_ids]
        return tuple(server_id for (server_id,) in self._db.all(SERVER_IDS, (json.dumps(others),)))

    def put(self, baseline: Baseline) -> None:
        """Keep a baseline, in place of the object's earlier one."""
        self._db.run(PUT, _cells(baseline))
        if baseline.kind is ChangeKind.CASE:
            self._note_cases([(baseline.object_id, baseline.ref)])

    def put_as_kept(self, kind: ChangeKind, refs: Sequence[tuple[str, RemoteRef]]) -> None:
        """Keep where the server has cases or documents (by our id) whose rows are as it has them.

        The rows come in the same session. Until one changes it stands for the value there.
        """
        told = kind.value
        self._db.run_many(PUT_AS_KEPT, ((object_id, told, *_place(ref)) for object_id, ref in refs))
        if kind is ChangeKind.CASE:
            self._note_cases(refs)

    def remove(self, object_id: str) -> None:
        """Forget the baseline of an object; none is fine."""
        self._cases_at.clear()
        self._db.run("DELETE FROM baselines WHERE object_id = ?", (object_id,))

    def _note_cases(self, refs: Sequence[tuple[str, RemoteRef]]) -> None:
        if refs:
            self._cases_at.clear()
            self._cases_at.update((ref.server_id, object_id) for object_id, ref in refs if ref.server_id)

    def _first(self, condition: str, cell: str) -> Baseline | None:
        found = self._where(condition + " LIMIT 1", cell)
        return found[0] if found else None

    def _where(self, condition: str, cell: str) -> tuple[Baseline, ...]:
        rows = self._db.all(f"SELECT {COLUMNS}, as_kept FROM baselines WHERE {condition}", (cell,))  # noqa: S608 - ours
        return tuple(map(self._baseline, rows))

    def _baseline(self, row: Row) -> Baseline:
        object_id, kind, server_id, series_id, parent_id, change_token, modified_at, case, document, as_kept = row
        kept = {kind: object_id} if as_kept else {}
        return Baseline(
            object_id=object_id,
            kind=ChangeKind(kind),
            ref=RemoteRef(
                server_id=server_id,
                series_id=series_id,
                parent_id=parent_id,
                change_token=change_token,
                modified_at=None if modified_at is None else from_micros(modified_at),
            ),
            case=self._value(shape(Case), "cases", case, kept.get(ChangeKind.CASE.value, "")),
            document=self._value(shape(Document), "documents", document, kept.get(ChangeKind.DOCUMENT.value, "")),
        )

    def _value(self, form: RowShape[T], table: str, written: bytes | None, kept: str) -> T | None:
        """Return a value as it was written down, or the row ``kept`` that stands for it."""
        if written is not None:
            return decoder(form.kind).decode(written)
        row = self._db.one(form.by_key(table), (kept,)) if kept else None
        return None if row is None else form.value(row)


def _cells(baseline: Baseline) -> tuple[Cell, ...]:
    return (
        baseline.object_id,
        baseline.kind.value,
        *_place(baseline.ref),
        None if baseline.case is None else msgspec.json.encode(baseline.case),
        None if baseline.document is None else msgspec.json.encode(baseline.document),
    )


def _place(ref: RemoteRef) -> tuple[Cell, ...]:
    modified_at = None if ref.modified_at is None else micros(ref.modified_at)
    return ref.server_id, ref.series_id, ref.parent_id, ref.change_token, modified_at
