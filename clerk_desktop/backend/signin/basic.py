"""User name and password with every request (HTTP Basic, RFC 7617): what CMIS asks for at least (5.2.8)."""

from __future__ import annotations

import httpx

from clerk_desktop.backend.signin.password import keep_password, kept_password
from clerk_desktop.system.secrets import SecretStore


class Basic:
    """Implements ``SignIn``: the password is kept."""

    def begin(self, user: str, password: str, secrets: SecretStore) -> str:
        """Keep the password. Raises ``WrongUsage`` without a user name."""
        return keep_password(user, password, secrets)

    def auth(self, user: str, secrets: SecretStore) -> httpx.Auth:
        """Return the plug-in. Raises ``NotSignedIn`` when no password is kept."""
        return basic(user, kept_password(secrets))

    def end(self, secrets: SecretStore) -> None:
        """Nobody needs to know."""


def basic(user: str, password: str) -> httpx.Auth:
    """Return the plug-in that adds user name and password, as UTF-8, to each request without being asked first."""
    return httpx.BasicAuth(user, password)
