"""Secrets inside the encrypted store: the ``SecretStore`` of profiles without a keyring."""

from __future__ import annotations

from clerk_desktop.store.store import Store


class StoreSecrets:
    """Keeps secrets by name, each call in a transaction of its own."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, name: str) -> str | None:
        """Return a secret, None when there is none of that name."""
        with self._store.read() as session:
            return session.secrets.get(name)

    def put(self, name: str, secret: str) -> None:
        """Keep a secret, in place of an earlier one of that name."""
        with self._store.write() as session:
            session.secrets.put(name, secret)

    def remove(self, name: str) -> None:
        """Forget a secret; one that is not there is fine."""
        with self._store.write() as session:
            session.secrets.remove(name)
