"""The search index of a session: kept by whoever writes cases and documents, asked by whoever looks for something."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document
from clerk_desktop.model.searching import WantedWord, number_key, words_of
from clerk_desktop.store.case_keys import KeyRows
from clerk_desktop.store.rows import Cell, RowShape, shape
from clerk_desktop.store.search_rows import Entry, FoundRow, RowIndex
from clerk_desktop.store.search_words import WordRows, is_kept
from clerk_desktop.store.statements import Statements

T = TypeVar("T")
CASE, DOCUMENT = "case", "document"
KINDS = {"cases": CASE, "documents": DOCUMENT}
PIECES = 100
RANKED = 4  # so many times as many rows are looked at as are wanted, to put the best first


class SearchIndex:
    """Index and search of a session. Never waits for anything but this computer's disk."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements
        self._words = WordRows(statements)
        self._keys = KeyRows(statements)
        self._cases = RowIndex(statements, "case_words", CASE, self._words)
        self._documents = RowIndex(statements, "document_words", DOCUMENT, self._words)

    def put_case(self, place: int, case: Case) -> None:
        """Index the case at a place, new or changed."""
        entry = case_entry(case)
        before = self._cases.put(place, entry)
        if before is None or before[0] != entry[0]:
            if before is not None:
                self._keys.remove(before[0], place)
            self._keys.put(entry[0], place)

    @contextmanager
    def later(self, table: str) -> Iterator[None]:
        """Put the rows that the block inserts into ``cases`` or ``documents`` on the list of those to be indexed."""
        (last,) = self._db.one(f"SELECT coalesce(max(rowid), 0) FROM {table}") or (0,)  # noqa: S608 - our names
        yield
        self._db.run(
            f"INSERT INTO search_waiting SELECT ?, rowid FROM {table} WHERE rowid > ?",  # noqa: S608 - our names
            (KINDS[table], last),
        )
        self._cases.more_wait()
        self._documents.more_wait()

    def remove_case(self, place: int) -> None:
        """Forget the case at a place; none is fine."""
        before = self._cases.remove(place)
        if before is not None:
            self._keys.remove(before[0], place)

    def put_document(self, place: int, document: Document) -> None:
        """Index the document at a place, new or changed."""
        self._documents.put(place, document_entry(document))

    def remove_document(self, place: int) -> None:
        """Forget the document at a place; none is fine."""
        self._documents.remove(place)

    def cases(self, wanted: Sequence[WantedWord], limit: int) -> tuple[Case, ...]:
        """Return cases that have all words, the best first; with misspelled words only where nothing has them all."""
        places = self._by_number(wanted, limit) if wanted and all(word.is_number for word in wanted) else ()
        rows = _ranked(self._cases.find(wanted, limit * RANKED, misspelled=False), wanted)
        places = tuple(dict.fromkeys((*places, *(place for place, _, _ in rows))))
        if not places and wanted:
            key = " ".join(part for word in wanted for part in word.parts)
            rows = _ranked(self._cases.find(wanted, limit * RANKED, misspelled=True), wanted)
            places = (*self._keys.mistaken(key, limit), *(place for place, _, _ in rows))
        found = self._at(shape(Case), "cases", places[:limit])
        return tuple(found[place] for place in places[:limit] if place in found)

    def documents(self, wanted: Sequence[WantedWord], limit: int) -> tuple[Document, ...]:
        """Return documents whose index data have all words, as for cases."""
        rows = self._documents.find(wanted, limit * RANKED, misspelled=False)
        rows = rows or self._documents.find(wanted, limit * RANKED, misspelled=True)
        places = [place for place, _, _ in _ranked(rows, wanted)][:limit]
        found = self._at(shape(Document), "documents", places)
        return tuple(found[place] for place in places if place in found)

    def waiting(self) -> int:
        """Return how many rows are not in the index yet."""
        row = self._db.one("SELECT count(*) FROM search_waiting")
        return int(row[0]) if row else 0

    def catch_up(self, limit: int) -> bool:
        """Index up to ``limit`` rows that wait; return whether there are more. A hundred take some 10 ms."""
        rows = self._db.all("SELECT kind, place FROM search_waiting LIMIT ?", (limit,))
        for place, case in self._at(shape(Case), "cases", [place for kind, place in rows if kind == CASE]).items():
            self.put_case(place, case)
        there = self._at(shape(Document), "documents", [place for kind, place in rows if kind == DOCUMENT])
        for place, document in there.items():
            self.put_document(place, document)
        self._db.run_many("DELETE FROM search_waiting WHERE kind = ? AND place = ?", rows)
        return len(rows) == limit

    def is_behind(self) -> bool:
        """Tell whether rows wait to be indexed."""
        return self._db.one("SELECT 1 FROM search_waiting LIMIT 1") is not None

    def tidy(self, *, first: bool) -> bool:
        """Bring pieces of the index together that many writes left; return whether there is more. Some 10 ms.

        ``first``: begin with it. Words are found in half the time afterwards (https://sqlite.org/fts5.html, 6.9).
        """
        merged = [index.tidy(-PIECES if first else PIECES) for index in (self._cases, self._documents)]
        return any(merged)

    def problems(self) -> tuple[str, ...]:
        """Return where index and rows differ (rows that wait aside), nothing when all is well. Reads everything."""
        waiting = set(self._db.all("SELECT kind, place FROM search_waiting"))
        found = []
        words: set[str] = set()
        cases = {place: case_entry(case) for place, case in self._at(shape(Case), "cases").items()}
        documents = {at: document_entry(document) for at, document in self._at(shape(Document), "documents").items()}
        for kind, told, index in ((CASE, cases, self._cases), (DOCUMENT, documents, self._documents)):
            indexed = index.entries()
            words.update(word for entry in indexed.values() for text in entry for word in text.split())
            for place in sorted({*told, *indexed}):
                if told.get(place) != indexed.get(place) and (kind, place) not in waiting:
                    found.append(f"{kind} {place}")
        keys = frozenset((entry[0], place) for place, entry in self._cases.entries().items())
        if keys != self._keys.all():
            found.append("numbers")
        if self._words.all() != frozenset(filter(is_kept, words)):
            found.append("words")
        return tuple(found)

    def _by_number(self, wanted: Sequence[WantedWord], limit: int) -> tuple[int, ...]:
        key = " ".join(part for word in wanted for part in word.parts)
        return (*self._keys.exactly(key), *self._keys.beginning(key, limit), *self._waiting_with(key, limit))

    def _waiting_with(self, key: str, limit: int) -> tuple[int, ...]:
        """Return cases that wait for the index and whose number begins so: who types a number must not wait with them.

        Reads all numbers that wait: 40 ms for 10,000, and only until they are indexed.
        """
        sql = "SELECT rowid, case_number FROM cases WHERE rowid IN (SELECT place FROM search_waiting WHERE kind = ?)"
        keys = sorted((number_key(number), place) for place, number in self._db.all(sql, (CASE,)))
        return tuple(place for found, place in keys if found.startswith(key))[:limit]

    def _at(self, kind: RowShape[T], table: str, places: Sequence[int] | None = None) -> dict[int, T]:
        """Return the values at these places, all for None."""
        cells: tuple[Cell, ...] = ()
        sql = f"SELECT rowid, {kind.names} FROM {table}"  # noqa: S608 - our names
        if places is not None:
            sql += " WHERE rowid IN (SELECT value FROM json_each(?))"
            cells = (json.dumps(list(places)),)
        return {place: kind.value(row) for place, *row in self._db.all(sql, cells)}


def case_entry(case: Case) -> Entry:
    """Return what the index has of a case."""
    told = " ".join((case.subject, *case.participants, case.assignee))
    return number_key(case.case_number), " ".join(words_of(told))


def document_entry(document: Document) -> Entry:
    """Return what the index has of a document."""
    told = " ".join((document.title, document.sender, document.subject))
    return number_key(f"{document.our_reference} {document.sender_reference}"), " ".join(words_of(told))


def _ranked(rows: Sequence[FoundRow], wanted: Sequence[WantedWord]) -> list[FoundRow]:
    """Return rows with those first that have the words themselves, then longer ones, then compounds, then the rest."""
    return sorted(rows, key=lambda row: -sum(_nearness(row, word) for word in wanted))


def _nearness(row: FoundRow, word: WantedWord) -> int:
    first = word.parts[0]
    has = f" {row[1]} {row[2]} "
    if f" {' '.join(word.parts)} " in has:
        return 3
    if f" {first}" in has:
        return 2
    return 1 if f"{first} " in has else 0
