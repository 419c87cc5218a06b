"""HTTP to one device: bounded answers, httpx's exceptions as ours. Nothing is retried here.

Redirects are not followed: a device has no reason to send anybody elsewhere.
"""

from __future__ import annotations

import contextlib
import email.utils
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import httpx

from clerk_desktop.model.errors import ScannerBadAnswer, ScannerUnreachable
from clerk_desktop.model.scanning import PageSink
from clerk_desktop.scanners.answers import MAX_BYTES

PIECE = 64 * 1024
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
"""Seconds between two requests: a device that names none, or a moment that has passed, is not hammered."""
FAILURES = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, httpx.CookieConflict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """Seconds to connect, between two bytes, and for a whole page; bytes of a page. ``grace``: seconds in which a page
    on its way may still come once nobody waits any more; ``farewell``: for the answer to a cancelled job.
    """

    connect: float = 10
    read: float = 60
    grace: float = 5
    farewell: float = 3
    page_seconds: float = 600
    page_bytes: int = 256 * 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """``body`` of small answers only; ``pause``: seconds of ``Retry-After``, never none and never long. ``framed``:
    the answer told where its body ends; else a cut line looks like an end.
    """

    status: int
    mime_type: str
    location: str
    pause: float
    framed: bool
    body: bytes = b""


class DeviceLine:
    """A connection to one device, used by one thread at a time. ``root``: URL of what all paths start from."""

    def __init__(
        self,
        root: str,
        transport: httpx.BaseTransport,
        bounds: Bounds,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.root = root.rstrip("/")
        self._bounds = bounds
        self._monotonic = monotonic
        self._socket: socket.socket | None = None
        self._given_up = False
        parts = urlsplit(self.root)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self._client = httpx.Client(
            transport=transport,
            trust_env=False,
            timeout=httpx.Timeout(bounds.read, connect=bounds.connect),
            headers={"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": "clerk-desktop"},
        )

    def close(self) -> None:
        """Close connections."""
        self._client.close()

    def get(self, url: str) -> Answer:
        """Return a small answer, whole. Raises ``ScannerUnreachable``, ``ScannerBadAnswer``."""
        return self._small("GET", url)

    def post(self, url: str, body: bytes) -> Answer:
        """Return the answer to a document of XML."""
        return self._small("POST", url, content=body, headers={"Content-Type": "text/xml"})

    def delete(self, url: str) -> Answer:
        """Return the answer to DELETE, for which nobody waits long."""
        return self._small("DELETE", url, timeout=self._bounds.farewell)

    def give_up(self) -> None:
        """End what is being waited for, from another thread: it raises ``ScannerUnreachable``, as all but DELETE do
        from now on.
        """
        self._given_up = True
        if self._socket is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)  # of a TLS socket: what lies below

    def fetch(self, url: str, sink: PageSink) -> Answer:
        """Have the body of a success written to ``sink`` while it comes; a refusal has none.

        Raises ``ScannerUnreachable`` for one that breaks off or takes too long, ``ScannerBadAnswer`` for one without
        an end, and what ``sink`` raises.
        """
        with self._open("GET", url) as response:
            if response.status_code == httpx.codes.OK:
                self._copy(response, sink)
            return _answer(response)

    def _small(self, method: str, url: str, **more: object) -> Answer:
        with self._open(method, url, **more) as response:
            body = bytearray()
            self._copy(response, body.extend, MAX_BYTES)
            return _answer(response, bytes(body))

    @contextmanager
    def _open(self, method: str, url: str, **more: object) -> Iterator[httpx.Response]:
        if self._given_up and method != "DELETE":
            raise ScannerUnreachable
        more["extensions"] = {"trace": partial(self._trace, method == "DELETE")}
        with _our_errors():
            request = self._client.build_request(method, url, **more)  # type: ignore[arg-type]
            response = self._client.send(request, stream=True, follow_redirects=False)
        try:
            yield response
        finally:
            response.close()

    def _trace(self, farewell: bool, event: str, info: dict[str, Any]) -> None:
        """Remember the socket of the one connection (httpcore, "trace" extension)."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._socket = info["return_value"].get_extra_info("socket")
            if self._given_up and not farewell:  # while it was made
                self.give_up()

    def _copy(self, response: httpx.Response, sink: PageSink | Callable[[bytes], object], limit: int = 0) -> None:
        if response.headers.get("Content-Encoding", "identity").strip().lower() not in {"", "identity"}:
            raise ScannerBadAnswer(what="Content-Encoding")
        write = sink if callable(sink) else sink.write
        limit, left = limit or self._bounds.page_bytes, limit or self._bounds.page_bytes
        end = self._monotonic() + self._bounds.page_seconds
        for piece in _pieces(response):
            left -= len(piece)
            if left < 0:
                raise ScannerBadAnswer(what=f"> {limit // 1024} KiB")
            if self._monotonic() > end:
                raise ScannerUnreachable
            write(piece)


def _pieces(response: httpx.Response) -> Iterator[bytes]:
    with _our_errors():
        yield from response.iter_raw(PIECE)


@contextmanager
def _our_errors() -> Iterator[None]:
    try:
        yield
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError) as error:
        raise ScannerBadAnswer(what="URL") from error
    except (*FAILURES, ssl.SSLError) as error:
        raise ScannerUnreachable from error


def _answer(response: httpx.Response, body: bytes = b"") -> Answer:
    return Answer(
        status=response.status_code,
        mime_type=response.headers.get("Content-Type", "").split(";")[0].strip().lower(),
        location=response.headers.get("Location", ""),
        framed="Content-Length" in response.headers or "Transfer-Encoding" in response.headers,
        pause=_pause(response.headers.get("Retry-After", "")),
        body=body,
    )


def _pause(text: str) -> float:
    """Return the seconds of ``Retry-After`` (RFC 9110, 10.2.3), 1 for nothing or nonsense, never 0, never many."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return _bounded(int(text[:6]))
    try:
        until = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 1
    until = until if until.tzinfo is not None else until.replace(tzinfo=UTC)
    return _bounded((until - datetime.now(UTC)).total_seconds())


def _bounded(seconds: float) -> float:
    return min(max(seconds, SHORTEST_PAUSE), LONGEST_PAUSE)
