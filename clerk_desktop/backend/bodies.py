"""Bodies of answers in pieces, whatever the server sends: unpacked in bounds, and refusals cut off.

httpx unpacks a piece wholly however large it gets, reads on without end behind the end of what was packed, and reads
the bodies of redirects and of answers that ask for a new sign-in into memory by itself.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

import httpx

from clerk_desktop.model.errors import BadAnswer

PACKED = ("gzip", "x-gzip")
_GZIP = 31
"""zlib's name for the format of RFC 1952."""


def pieces_of(response: httpx.Response, size: int) -> Iterator[bytes]:
    """Return an open answer's body in pieces of at most ``size`` bytes. Raises ``BadAnswer``, and what httpx raises."""
    if response.is_stream_consumed:  # answers of transports that speak to no network are read already
        return iter((response.content,))
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding in PACKED:
        return _unpacked(response.iter_raw(size), size)
    if encoding not in {"", "identity"}:
        raise BadAnswer(what="Content-Encoding")
    return response.iter_raw(size)


def _unpacked(packed: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Unpack; several packed files in a row are one (RFC 1952, 2.2)."""
    unpacker = zlib.decompressobj(_GZIP)
    try:
        for waiting in packed:
            while waiting:
                if unpacker.eof:
                    unpacker = zlib.decompressobj(_GZIP)
                if piece := unpacker.decompress(waiting, size):
                    yield piece
                waiting = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    except zlib.error as error:
        raise BadAnswer(what="Content-Encoding") from error
    if not unpacker.eof:
        raise BadAnswer(what="Content-Encoding")


class CutRefusals(httpx.BaseTransport):
    """Passes requests on; the body of a refusal ends after ``limit`` bytes, a redirect has none."""

    def __init__(self, inner: httpx.BaseTransport, limit: int) -> None:
        self._inner = inner
        self._limit = limit

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        response = self._inner.handle_request(request)
        if not response.is_success and isinstance(response.stream, httpx.SyncByteStream):
            response.stream = _Cut(response.stream, 0 if response.is_redirect else self._limit)
            if response.is_redirect:
                response.headers.pop("Content-Encoding", None)
        return response

    def close(self) -> None:
        """Close the transport that does the work."""
        self._inner.close()


class _Cut(httpx.SyncByteStream):
    def __init__(self, inner: httpx.SyncByteStream, limit: int) -> None:
        self._inner = inner
        self._limit = limit

    def __iter__(self) -> Iterator[bytes]:
        left = self._limit
        for piece in self._inner if left else ():
            yield piece[:left]
            left -= len(piece)
            if left <= 0:
                return

    def close(self) -> None:
        self._inner.close()
