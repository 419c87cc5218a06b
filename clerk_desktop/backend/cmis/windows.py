"""Following what changes on a server without a usable change log: by what was modified lately (CMIS 1.1, 2.1.14).

A window reaches from a little before the newest change seen to now, by the server's clock alone. What lies in two
windows is told of twice; whoever asks knows it by its state. Deletions, and on some servers moves, are in no window.

The pages of a window begin anew at the time of the last row and do not count rows, as far as the server orders them:
what is modified meanwhile moves to the end, and counted rows would shift below the reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec

from clerk_desktop.backend.cmis import queries, translation, wire
from clerk_desktop.backend.cmis.mapping import Mapping
from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.repository import Repository
from clerk_desktop.backend.cmis.wire import EPOCH
from clerk_desktop.model.errors import AbilityMissing, BadAnswer, RequestRefused, ServerFault
from clerk_desktop.model.remote import ChangePage, RemoteChange, RemoteChangeKind
from clerk_desktop.system.decoding import decoder

OVERLAP = 2 * 60 * 1000
"""Milliseconds: longer than a write takes to be seen, from the time it is stamped with."""
FURTHEST = 10_000
"""Rows of one moment; a server that does not skip rows would have the same ones for ever."""
NO_ORDER = "none"
COLUMNS = (
    Property.OBJECT_ID,
    Property.OBJECT_TYPE_ID,
    Property.CHANGE_TOKEN,
    Property.LAST_MODIFICATION_DATE,
)


class _Token(msgspec.Struct, frozen=True, array_like=True):
    """Times in milliseconds since 1970, UTC. ``newest``: of the changes seen, per table.

    Within a window: the table that is read, the time from which on (-1: its window is not begun), rows to skip.
    """

    newest: tuple[int, int]
    table: int = 0
    begin: int = -1
    skip: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class _Table:
    """Where folders, or documents, of ours are; ``types`` none for all."""

    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]


class Windows:
    """Asks one query for folders and one for documents of all kinds, as long as little changed."""

    def __init__(self, repository: Repository, mapping: Mapping) -> None:
        self._repository = repository
        self._tables = _tables(mapping)
        self._ordered = repository.capabilities.order_by != NO_ORDER

    def change_token(self) -> str:
        """Return the token of the newest change. Raises ``AbilityMissing`` on a server that does not answer that."""
        newest = []
        for table in self._tables:
            statement = self._statement(table, 0, "DESC")
            try:
                page = self._repository.objects_found(statement, 1, 0)
            except (BadAnswer, RequestRefused, ServerFault) as error:
                raise AbilityMissing from error
            # unordered, the one row may be the oldest: then the first window begins there and costs more, no worse
            newest.append(_newest(page, 0))
        folders, documents = newest
        return _written(_Token((folders, documents)))

    def changes(self, token: str, limit: int) -> ChangePage:
        """Return what was modified since shortly before ``token``, folders first. Raises ``RequestRefused``."""
        state, found = _read(token), dict[RemoteChange, None]()
        told = set[RemoteChange]()  # from where the rows of the present statement begin
        while state.table < len(self._tables):
            if len(found) >= limit:
                return ChangePage(changes=tuple(found), token=_written(state), more=True)
            since = state.begin if state.begin >= 0 else max(0, state.newest[state.table] - OVERLAP)
            statement = self._statement(self._tables[state.table], since, "ASC")
            asked = limit - len(found)
            page = self._repository.objects_found(statement, asked, state.skip)
            changes = [_change(row, self._repository.certain(row, page.told_at)) for row in page.objects]
            if not state.skip:
                told.clear()
            if changes and told.issuperset(changes):
                page = _not_skipped(page, asked)
            told.update(changes)
            found |= dict.fromkeys(changes)
            state = self._after(state, since, page, changes)
        return ChangePage(changes=tuple(found), token=_written(_Token(state.newest)), more=False)

    def _after(self, state: _Token, since: int, page: wire.Page, changes: Sequence[RemoteChange]) -> _Token:
        folders, documents = state.newest
        newest = _newest(page, state.newest[state.table])
        seen = (newest, documents) if state.table == 0 else (folders, newest)
        if page.more is False or not changes:
            return _Token(seen, state.table + 1)
        last = _millis(changes[-1].at)
        if self._ordered and last > since:
            return _Token(seen, state.table, last)
        if state.skip + len(changes) > FURTHEST:
            raise RequestRefused
        return _Token(seen, state.table, since, state.skip + len(changes))

    def _statement(self, table: _Table, since: int, order: str) -> str:
        at = EPOCH + timedelta(milliseconds=since)
        return queries.modified_since(table.columns, table.name, table.types, at, order if self._ordered else None)


def _tables(mapping: Mapping) -> tuple[_Table, _Table]:
    """Return the tables to ask: where fields are kept in notes, a query cannot tell our objects from others."""
    types, notes = mapping.types, mapping.notes
    with_series = (*COLUMNS, Property.VERSION_SERIES_ID)
    if notes:
        return (
            _Table(name=types.table(notes.folder), columns=COLUMNS, types=()),
            _Table(name=types.table(notes.document), columns=with_series, types=()),
        )
    kinds = tuple(kind for kind in (types.document, types.event, types.annotation_set) if kind)
    return (
        _Table(name="cmis:folder", columns=COLUMNS, types=(types.case,)),
        _Table(name="cmis:document", columns=with_series, types=kinds),
    )


def _not_skipped(page: wire.Page, asked: int) -> wire.Page:
    """Return a page that repeats the rows it was to skip as the last. Raises ``RequestRefused`` where it is not."""
    if page.more or len(page.objects) >= asked:
        raise RequestRefused
    return msgspec.structs.replace(page, more=False)


def _change(row: wire.Properties, told: wire.Properties) -> RemoteChange:
    """Return the change that a row tells of; ``told``: as much of it as is certain."""
    ref = translation.reference(told, "")
    return RemoteChange(server_id=ref.server_id, kind=RemoteChangeKind.CHANGED, at=_at(row), ref=ref)


def _at(row: wire.Properties) -> datetime:
    return wire.moment(row, Property.LAST_MODIFICATION_DATE) or EPOCH


def _newest(page: wire.Page, before: int) -> int:
    """Return the newest time seen, never later than the server's clock: a date in the future would hide the present."""
    latest = max((_millis(_at(row)) for row in page.objects), default=before)
    if page.told_at is not None:
        latest = min(latest, _millis(page.told_at) + 1000)
    return max(before, latest)


def _millis(at: datetime) -> int:
    return max(0, (at.astimezone(UTC) - EPOCH) // timedelta(milliseconds=1))


def _written(token: _Token) -> str:
    return msgspec.json.encode(token).decode()


def _read(token: str) -> _Token:
    try:
        state = decoder(_Token).decode(token.encode())
    except (msgspec.MsgspecError, RecursionError) as error:
        raise RequestRefused from error
    if not 0 <= state.table < 2 or min(*state.newest, state.skip) < 0:
        raise RequestRefused
    return state
