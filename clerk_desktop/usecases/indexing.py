"""Brings rows into the index of words that came without: many at once from a server, or from an older program."""

from __future__ import annotations

from enum import Enum, auto

from clerk_desktop.store.store import Store

SLICE = 100


class _Untidy(Enum):
    """What of the index is to be brought together after many rows came into it."""

    NOTHING = auto()
    REST = auto()
    ALL = auto()


class Indexing:
    """Works in slices of some 10 ms, so that nobody who writes waits for it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._untidy = _Untidy.NOTHING

    def run_once(self) -> bool:
        """Index some rows, or bring together what many of them left in pieces; return whether there is more."""
        with self._store.read() as session:
            behind = session.search.is_behind()
        if behind:
            self._untidy = _Untidy.ALL
            with self._store.write() as session:
                session.search.catch_up(SLICE)
        elif self._untidy is not _Untidy.NOTHING:
            with self._store.write() as session:
                more = session.search.tidy(first=self._untidy is _Untidy.ALL)
            self._untidy = _Untidy.REST if more else _Untidy.NOTHING
        return self._untidy is not _Untidy.NOTHING
