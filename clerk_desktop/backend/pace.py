"""A server that only drips is one that does not answer: bodies keep a pace, in both directions.

Time-outs count the silence between two bytes, and a byte now and then never ends. How long a whole body may take
depends on its size, and documents of 2 GB are allowed; so what counts is how much comes within a while. Time that is
spent on this side, for writing to a disk, is not the server's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """Bytes per second at least, on average over so many seconds of waiting for the other side."""

    slowest: int = 1024
    window: float = 120


class KeepsPace(httpx.BaseTransport):
    """Passes requests on; bodies that are slower than ``pace`` in either direction end with httpx's time-outs."""

    def __init__(self, inner: httpx.BaseTransport, pace: Pace, monotonic: Callable[[], float]) -> None:
        self._inner = inner
        self._pace = pace
        self._monotonic = monotonic

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request. Raises ``WriteTimeout``; reading its answer raises ``ReadTimeout``."""
        if isinstance(request.stream, httpx.SyncByteStream) and not isinstance(request.stream, httpx.ByteStream):
            request.stream = _Sent(request.stream, self._pace, self._monotonic)
        response = self._inner.handle_request(request)
        if isinstance(response.stream, httpx.SyncByteStream) and not response.is_stream_consumed:
            response.stream = _Received(response.stream, self._pace, self._monotonic)
        return response

    def close(self) -> None:
        """Close the transport that does the work."""
        self._inner.close()


class _Watched(httpx.SyncByteStream):
    def __init__(self, inner: httpx.SyncByteStream, pace: Pace, monotonic: Callable[[], float]) -> None:
        self._inner = inner
        self._pace = pace
        self._monotonic = monotonic
        self._waited = 0.0
        self._moved = 0

    def close(self) -> None:
        self._inner.close()

    def _is_too_slow(self, seconds: float, count: int) -> bool:
        """Note that so many bytes took the other side so long."""
        self._waited += seconds
        self._moved += count
        if self._waited <= self._pace.window:
            return False
        too_slow = self._moved < self._pace.slowest * self._waited
        self._waited, self._moved = 0.0, 0
        return too_slow


class _Received(_Watched):
    """The other side takes the time until a piece is there."""

    def __iter__(self) -> Iterator[bytes]:
        since = self._monotonic()
        for piece in self._inner:
            if self._is_too_slow(self._monotonic() - since, len(piece)):
                raise httpx.ReadTimeout("too little comes")
            yield piece
            since = self._monotonic()


class _Sent(_Watched):
    """The other side takes the time until the next piece is asked for."""

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._inner:
            since = self._monotonic()
            yield piece
            if self._is_too_slow(self._monotonic() - since, len(piece)):
                raise httpx.WriteTimeout("too little is taken")
