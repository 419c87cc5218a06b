"""Several ways to one server: the next is tried when the one before leads nowhere."""

from __future__ import annotations

from collections.abc import Sequence

import httpx


class Ways(httpx.BaseTransport):
    """Sends requests the first way on which a connection comes about, and stays with that one.

    Only a connection that never came about leads to the next way: nothing of a request has been sent then.
    """

    def __init__(self, ways: Sequence[httpx.BaseTransport]) -> None:
        self._ways = list(ways)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request."""
        while len(self._ways) > 1:
            try:
                return self._ways[0].handle_request(request)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                self._ways.pop(0).close()
        return self._ways[0].handle_request(request)

    def close(self) -> None:
        """Close all connections."""
        for way in self._ways:
            way.close()
