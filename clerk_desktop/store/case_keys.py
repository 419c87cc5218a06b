"""Case numbers as they are looked for: exactly, by their beginning, or with one mistake in them."""

from __future__ import annotations

import json

from clerk_desktop.store.search_words import BEHIND
from clerk_desktop.store.statements import Statements

DIGITS = "0123456789"
SHORTEST_MISTAKEN = 6
LONGEST_MISTAKEN = 40


class KeyRows:
    """The keys of case numbers in a session."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements

    def put(self, key: str, place: int) -> None:
        """Keep a key (``model.searching.number_key``)."""
        self._db.run("INSERT OR IGNORE INTO case_keys (key, place) VALUES (?, ?)", (key, place))

    def remove(self, key: str, place: int) -> None:
        """Forget a key."""
        self._db.run("DELETE FROM case_keys WHERE key = ? AND place = ?", (key, place))

    def exactly(self, key: str) -> tuple[int, ...]:
        """Return the places of the cases with this number."""
        return tuple(place for (place,) in self._db.all("SELECT place FROM case_keys WHERE key = ?", (key,)))

    def beginning(self, key: str, limit: int) -> tuple[int, ...]:
        """Return the places of cases whose number begins so, by number."""
        sql = "SELECT place FROM case_keys WHERE key >= ? AND key < ? ORDER BY key LIMIT ?"
        return tuple(place for (place,) in self._db.all(sql, (key, key + BEHIND, limit)))

    def mistaken(self, key: str, limit: int) -> tuple[int, ...]:
        """Return the places of cases whose number differs by one digit: another, one too many, missing, or swapped."""
        if not SHORTEST_MISTAKEN <= len(key) <= LONGEST_MISTAKEN:
            return ()
        sql = "SELECT DISTINCT place FROM case_keys WHERE key IN (SELECT value FROM json_each(?)) LIMIT ?"
        return tuple(place for (place,) in self._db.all(sql, (json.dumps(sorted(one_mistake(key))), limit)))

    def all(self) -> frozenset[tuple[str, int]]:
        """Return all keys with their places, for checking."""
        return frozenset((str(key), int(place)) for key, place in self._db.all("SELECT key, place FROM case_keys"))


def one_mistake(key: str) -> set[str]:
    """Return all keys that one mistake makes of this one: about 25 for each of its signs."""
    cuts = [(key[:at], key[at:]) for at in range(len(key) + 1)]
    missing = {front + back[1:] for front, back in cuts if back}
    swapped = {front + back[1] + back[0] + back[2:] for front, back in cuts if len(back) > 1}
    others = {front + digit + back[1:] for front, back in cuts if back for digit in DIGITS}
    added = {front + digit + back for front, back in cuts for digit in DIGITS + " "}
    return (missing | swapped | others | added) - {key}
