"""Keeping a password: what the kinds of signing in that have one share."""

from __future__ import annotations

from clerk_desktop.model.errors import NotSignedIn, WrongUsage
from clerk_desktop.system.secrets import Secret, SecretStore


def keep_password(user: str, password: str, secrets: SecretStore) -> str:
    """Keep the password and return the user's name. Raises ``WrongUsage`` without one."""
    if not user:
        raise WrongUsage(what="--user")
    secrets.put(Secret.PASSWORD, password)
    return user


def kept_password(secrets: SecretStore) -> str:
    """Return the kept password. Raises ``NotSignedIn`` when there is none."""
    password = secrets.get(Secret.PASSWORD)
    if password is None:
        raise NotSignedIn
    return password
