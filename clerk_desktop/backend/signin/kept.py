"""A token with every request, renewed before and when it no longer counts."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Protocol

import httpx

from clerk_desktop.backend.http import SignAgain
from clerk_desktop.model.errors import TokenRefused

_ANEW = "clerk-desktop-signed-anew"


class Keeper(Protocol):
    """Where tokens come from."""

    def current(self) -> str:
        """Return a token that should count. Raises errors below ``ServerError``."""
        ...

    def renewed(self, refused: str) -> str:
        """Return another token in place of one that a server refused. Raises errors below ``ServerError``."""
        ...


class OneToken(httpx.Auth):
    """One bearer token, as it is (RFC 6750, 2.1)."""

    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign one request."""
        request.headers["Authorization"] = bearer(self._token)
        yield request


class KeptToken(httpx.Auth):
    """Tokens of a keeper; ``signed`` makes the header of a token.

    A request that is answered 401 goes once more with a new token (``http.SignAgain``); when that one is refused too,
    ``TokenRefused`` is raised.
    """

    def __init__(self, keeper: Keeper, signed: Callable[[str], str]) -> None:
        self._keeper = keeper
        self._signed = signed

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign one request. Raises ``SignAgain`` when a new token was fetched, ``TokenRefused``."""
        token = self._keeper.current()
        request.headers["Authorization"] = self._signed(token)
        response = yield request
        if response.status_code == httpx.codes.UNAUTHORIZED:
            if request.extensions.get(_ANEW):
                raise TokenRefused
            request.extensions[_ANEW] = True
            self._keeper.renewed(token)
            raise SignAgain


def bearer(token: str) -> str:
    """Return the header of a token as RFC 6750, 2.1 wants it."""
    return f"Bearer {token}"
