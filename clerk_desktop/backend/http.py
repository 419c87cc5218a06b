"""The one place where HTTP is spoken: one httpx client, HTTP/1.1, bounded answers.

Responsible for time-outs, cookies, streaming and for turning httpx's exceptions into ours. What a
status or a body means is left to the protocol on top. Nothing is retried here. Import it only when an account
connects: httpx costs 160 ms of start-up.
"""

from __future__ import annotations

import email.utils
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import BinaryIO

import httpx

from clerk_desktop.backend.bodies import CutRefusals, pieces_of
from clerk_desktop.backend.cmis.failures import TRANSPORT_FAILURES, transport_failure
from clerk_desktop.backend.line import Line
from clerk_desktop.backend.pace import KeepsPace, Pace
from clerk_desktop.model.errors import BadAnswer, ServerUnreachable

PIECE = 64 * 1024
ERROR_LIMIT = 64 * 1024
RETRY_LIMIT = 24 * 3600
MAX_REDIRECTS = 5
PLAIN_LINE = Line()
PART_NAME = "content"


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeouts:
    """Seconds: to connect, between two pieces read, between two written, and for one whole answer's body.

    ``pace`` is what contents must keep, which may be large and have no such end.
    """

    connect: float = 10
    read: float = 120
    write: float = 60
    answer: float = 600
    pace: Pace = field(default_factory=Pace)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A whole answer. ``complete`` is False when the body was cut off at the limit. ``retry_after`` in seconds.

    ``told_at``: the server's clock when it answered (``Date``), None where it does not say.
    """

    status: int
    content_type: str
    body: bytes
    complete: bool
    retry_after: int
    told_at: datetime | None = None

    @property
    def success(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """The content part of a form. ``file_name`` goes as a text field: the part's own one is read as Latin-1 by some
    servers and must be ASCII.
    """

    file_name: str
    mime_type: str
    stream: BinaryIO


@dataclass(frozen=True, kw_only=True, slots=True)
class Stream:
    """An open answer whose body is read in pieces. ``start`` is the first byte's place in the whole; ``named``: it is
    declared to be a file (``Content-Disposition``).
    """

    answer: Answer
    start: int
    named: bool
    pieces: Iterator[bytes]


class SignAgain(Exception):
    """Raised by what signs requests when an answer showed that it must sign otherwise: the request goes once more.

    httpx would read the refusing answer to its end first, however long that is.
    """


class Http:
    """A connection to one server. Threads that ask at once get their answers one after the other, each a whole one."""

    def __init__(
        self,
        *,
        url: str,
        sign_in: httpx.Auth | None,
        line: Line = PLAIN_LINE,
        transport: httpx.BaseTransport | None = None,
        timeouts: Timeouts | None = None,
        csrf_header: str = "",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """``url``: where it will speak to. ``sign_in`` None sends nothing about who asks.

        ``csrf_header``: the header a server wants its own token in ("": none).
        """
        self._timeouts = timeouts or Timeouts()
        self._csrf_header = csrf_header
        self._csrf_value = "fetch"
        self._now = now
        self._monotonic = monotonic
        self._turn = threading.RLock()
        limits = self._timeouts
        with _our_errors():
            httpx.URL(url)
        open_at_once = httpx.Limits(max_connections=4, max_keepalive_connections=2)
        inner = transport or line.transport(url, open_at_once)
        self._client = httpx.Client(
            auth=sign_in,
            transport=CutRefusals(KeepsPace(inner, limits.pace, monotonic), ERROR_LIMIT),
            trust_env=False,
            timeout=httpx.Timeout(connect=limits.connect, read=limits.read, write=limits.write, pool=limits.connect),
            headers={"Accept": "application/json, */*;q=0.1", "Accept-Encoding": "gzip", "User-Agent": "clerk-desktop"},
            max_redirects=MAX_REDIRECTS,
        )

    def close(self) -> None:
        """Close connections."""
        self._client.close()

    def get(self, url: str, parameters: Mapping[str, str], limit: int) -> Answer:
        """Return the answer to a GET, its body up to ``limit`` bytes."""
        with self._open(self._build_get(url, parameters, {}), follow=True) as response:
            return self._read(response, limit)

    def post(self, url: str, fields: Sequence[tuple[str, str]], upload: Upload | None, limit: int) -> Answer:
        """Return the answer to a form; with ``upload`` as multipart, all text fields before it. Redirects are not
        followed: they would lose the form.

        Text parts say their charset: OpenCMIS reads parts without one as Latin-1.
        """
        if upload is None:
            request = self._build("POST", url, data=dict(fields))
        else:
            parts: list[tuple[str, tuple[str | None, bytes | BinaryIO, str]]] = [
                (name, (None, value.encode(), "text/plain; charset=utf-8"))
                for name, value in (*fields, ("filename", upload.file_name))
            ]
            parts.append(("content", (PART_NAME, upload.stream, upload.mime_type)))
            request = self._build("POST", url, files=parts)
        with self._open(request, follow=False) as response:
            return self._read(response, limit)

    def post_json(self, url: str, data: object, limit: int) -> Answer:
        """Return the answer to a JSON document. Redirects are not followed."""
        with self._open(self._build("POST", url, json=data), follow=False) as response:
            return self._read(response, limit)

    @contextmanager
    def stream(self, url: str, parameters: Mapping[str, str], offset: int) -> Iterator[Stream]:
        """Open the answer to a GET from byte ``offset`` on. ``start`` tells where the server really began.

        The body of a refusal is in ``answer`` and ``pieces`` is empty.
        """
        headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
        if offset:
            headers["Range"] = f"bytes={offset}-"
        with self._open(self._build_get(url, parameters, headers), follow=True) as response:
            if response.is_success:
                named = "Content-Disposition" in response.headers
                pieces = _pieces(response)
                yield Stream(answer=self._head(response), start=_start(response), named=named, pieces=pieces)
            else:
                yield Stream(answer=self._read(response, ERROR_LIMIT), start=0, named=False, pieces=iter(()))

    def _build_get(self, url: str, parameters: Mapping[str, str], headers: dict[str, str]) -> httpx.Request:
        with _our_errors():
            target = httpx.URL(url).copy_merge_params(dict(parameters))
        return self._build("GET", target, headers=headers)

    def _build(self, method: str, url: httpx.URL | str, **more: object) -> httpx.Request:
        with _our_errors():
            request = self._client.build_request(method, url, **more)  # type: ignore[arg-type]
        if self._csrf_header:
            request.headers[self._csrf_header] = self._csrf_value
        return request

    @contextmanager
    def _open(self, request: httpx.Request, *, follow: bool) -> Iterator[httpx.Response]:
        with self._turn:
            with _our_errors():
                try:
                    response = self._client.send(request, stream=True, follow_redirects=follow)
                except SignAgain:
                    response = self._client.send(request, stream=True, follow_redirects=follow)
            try:
                if self._csrf_header:
                    self._csrf_value = response.headers.get(self._csrf_header, self._csrf_value)
                yield response
            finally:
                response.close()

    def _read(self, response: httpx.Response, limit: int) -> Answer:
        deadline = self._monotonic() + self._timeouts.answer
        limit = limit if response.is_success else min(limit, ERROR_LIMIT)
        body = bytearray()
        for piece in _pieces(response):
            body += piece
            if len(body) > limit:
                return self._head(response, bytes(body[:limit]), complete=False)
            if self._monotonic() > deadline:
                raise ServerUnreachable
        return self._head(response, bytes(body))

    def _head(self, response: httpx.Response, body: bytes = b"", *, complete: bool = True) -> Answer:
        return Answer(
            status=response.status_code,
            content_type=response.headers.get("Content-Type", "").split(";")[0].strip().lower(),
            body=body,
            complete=complete,
            retry_after=retry_after(response.headers.get("Retry-After", ""), self._now()),
            told_at=http_date(response.headers.get("Date", "")),
        )


def retry_after(text: str, now: datetime) -> int:
    """Return the seconds of a ``Retry-After`` header (RFC 9110, 10.2.3: seconds or a date), 0 for none or nonsense."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:9]), RETRY_LIMIT)
    until = http_date(text)
    if until is None:
        return 0
    return max(0, min(int((until - now).total_seconds()), RETRY_LIMIT))


def http_date(text: str) -> datetime | None:
    """Return the time in a header (RFC 9110, 5.6.7), aware, UTC; None for none or nonsense."""
    try:
        found = email.utils.parsedate_to_datetime(text.strip())
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


@contextmanager
def _our_errors(*, answered: bool = False) -> Iterator[None]:
    try:
        yield
    except TRANSPORT_FAILURES as error:
        raise transport_failure(error, answered=answered) from error


def _pieces(response: httpx.Response) -> Iterator[bytes]:
    with _our_errors(answered=True):
        yield from pieces_of(response, PIECE)


def _start(response: httpx.Response) -> int:
    if response.status_code != httpx.codes.PARTIAL_CONTENT:
        return 0
    unit, _, rest = response.headers.get("Content-Range", "").partition(" ")
    first = rest.partition("-")[0]
    if unit != "bytes" or not (first.isascii() and first.isdigit()):
        raise BadAnswer(what="Content-Range")
    return int(first[:19])
