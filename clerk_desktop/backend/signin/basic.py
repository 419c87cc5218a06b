"""User name and password with every request (HTTP Basic, RFC 7617): what CMIS asks for at least (5.2.8)."""

from __future__ import annotations

import httpx


def basic(user: str, password: str) -> httpx.Auth:
    """Return the plug-in that adds user name and password, as UTF-8, to each request without being asked first."""
    return httpx.BasicAuth(user, password)
