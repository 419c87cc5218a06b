"""What every kind of signing in can do. One module per kind; ``kinds`` chooses."""

from __future__ import annotations

from typing import Protocol

import httpx

from clerk_desktop.system.secrets import SecretStore


class SignIn(Protocol):
    """A way of proving to a server who somebody is."""

    def begin(self, user: str, password: str, secrets: SecretStore) -> str:
        """Prove it for the first time: put into ``secrets`` what later connections need, return the user's name.

        ``user`` and ``password`` are "" where this kind asks for none. The server itself is not asked yet.
        Raises ``WrongUsage`` for what is missing, else errors below ``ServerError``.
        """
        ...

    def auth(self, user: str, secrets: SecretStore) -> httpx.Auth:
        """Return the plug-in that signs each request. Raises ``NotSignedIn`` when ``secrets`` lack what it needs."""
        ...

    def end(self, secrets: SecretStore) -> None:
        """Tell whoever must know that ``secrets`` are no longer needed; raises nothing when nobody answers."""
        ...
