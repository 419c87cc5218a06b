"""Passwords and tokens inside the encrypted store, for profiles whose key is wrapped by a passphrase."""

from __future__ import annotations

from clerk_desktop.store.statements import Statements


class SecretRows:
    """The secrets of a session, by name."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements

    def get(self, name: str) -> str | None:
        """Return a secret, None when there is none of that name."""
        row = self._db.one("SELECT secret FROM secrets WHERE name = ?", (name,))
        return None if row is None else str(row[0])

    def put(self, name: str, secret: str) -> None:
        """Keep a secret, in place of an earlier one of that name."""
        self._db.run("INSERT OR REPLACE INTO secrets (name, secret) VALUES (?, ?)", (name, secret))

    def remove(self, name: str) -> None:
        """Forget a secret; one that is not there is fine."""
        self._db.run("DELETE FROM secrets WHERE name = ?", (name,))
