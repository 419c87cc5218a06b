"""An access token with every request (RFC 6750, 2.1), renewed before and when it no longer counts."""

from __future__ import annotations

from collections.abc import Generator
from typing import Protocol

import httpx


class Keeper(Protocol):
    """Where access tokens come from."""

    def current(self) -> str:
        """Return a token that should count. Raises errors below ``ServerError``."""
        ...

    def renewed(self, refused: str) -> str:
        """Return another token in place of one that a server refused. Raises errors below ``ServerError``."""
        ...


class Bearer(httpx.Auth):
    """One token, as it is."""

    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign one request."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


class KeptBearer(httpx.Auth):
    """Tokens of a keeper: a request that is answered 401 goes once more with a new one."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign one request, and sign it again when the token is refused."""
        token = self._keeper.current()
        request.headers["Authorization"] = f"Bearer {token}"
        response = yield request
        if response.status_code == httpx.codes.UNAUTHORIZED:
            request.headers["Authorization"] = f"Bearer {self._keeper.renewed(token)}"
            yield request
