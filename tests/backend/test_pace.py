"""What only drips ends in an error, what is large and steady never does; the clock is turned by hand."""

from __future__ import annotations

import io
from collections.abc import Iterator

import httpx
import pytest

from clerk_desktop.backend.http import Http, Upload
from clerk_desktop.backend.pace import Pace
from clerk_desktop.backend.signin.basic import basic
from clerk_desktop.model.errors import ServerUnreachable

URL = "https://dms.example"
PACE = Pace()
PIECE = 1 << 20


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


class Drips(httpx.SyncByteStream):
    """Sends ``piece`` every so many seconds, ``times`` times."""

    def __init__(self, clock: Clock, piece: bytes, seconds: float, times: int) -> None:
        self._clock = clock
        self._piece = piece
        self._seconds = seconds
        self._times = times
        self.sent = 0

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(self._times):
            self._clock.now += self._seconds
            self.sent += 1
            yield self._piece


def connected(clock: Clock, handler: object) -> Http:
    transport = httpx.MockTransport(handler)  # type: ignore[arg-type]
    return Http(url=URL, sign_in=basic("a", "b"), transport=transport, monotonic=clock.monotonic)


def read(clock: Clock, body: httpx.SyncByteStream, *, pause: float = 0.0) -> int:
    """Return how many bytes of a content came; ``pause``: seconds that this side needs for each piece."""
    came = 0
    with connected(clock, lambda _: httpx.Response(200, stream=body)).stream(URL, {}, 0) as stream:
        for piece in stream.pieces:
            came += len(piece)
            clock.now += pause
    return came


def test_a_content_that_drips_without_end_is_given_up() -> None:
    """A byte each minute: no silence is long enough for a time-out, and the first piece would never be full."""
    clock = Clock()
    body = Drips(clock, b"x", 60, times=1_000_000)
    with pytest.raises(ServerUnreachable):
        read(clock, body)
    assert clock.now <= 2 * PACE.window


def test_a_whole_answer_that_drips_is_given_up_long_before_it_is_full() -> None:
    clock = Clock()
    body = Drips(clock, b" ", 60, times=1_000_000)
    with pytest.raises(ServerUnreachable):
        connected(clock, lambda _: httpx.Response(200, stream=body)).get(URL, {}, 1 << 20)
    assert clock.now <= 2 * PACE.window


def test_a_content_that_falls_asleep_in_the_middle_is_given_up() -> None:
    clock = Clock()

    class Tires(Drips):
        def __iter__(self) -> Iterator[bytes]:
            yield from (b"x" * PIECE for _ in range(5))
            yield from super().__iter__()

    with pytest.raises(ServerUnreachable):
        read(clock, Tires(clock, b"x", 60, times=1_000_000))
    assert clock.now <= 3 * PACE.window


def test_a_large_content_on_a_slow_line_may_take_many_hours() -> None:
    clock = Clock()
    assert read(clock, Drips(clock, b"x" * PIECE, 400, times=64)) == 64 * PIECE
    assert clock.now > 7 * 3600


def test_a_server_that_thinks_before_a_short_body_is_waited_for() -> None:
    clock = Clock()
    assert read(clock, Drips(clock, b"short", PACE.window, times=1)) == 5


def test_time_that_this_side_takes_does_not_count() -> None:
    clock = Clock()
    assert read(clock, Drips(clock, b"x" * 100, 0.01, times=300), pause=600) == 30_000


def upload(clock: Clock, size: int, per_second: int) -> int:
    """Send a content to a server that takes so many bytes per second; return how much it got."""
    got = 0

    def handle(request: httpx.Request) -> httpx.Response:
        nonlocal got
        assert isinstance(request.stream, httpx.SyncByteStream)
        for piece in request.stream:
            got += len(piece)
            clock.now += len(piece) / per_second
        return httpx.Response(201, json={})

    class Takes(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            return handle(request)

    client = Http(url=URL, sign_in=basic("a", "b"), transport=Takes(), monotonic=clock.monotonic)
    sent = Upload(file_name="a.pdf", mime_type="application/pdf", stream=io.BytesIO(bytes(size)))
    client.post(URL, [("a", "b")], sent, 1000)
    return got


def test_a_server_that_hardly_takes_an_upload_is_given_up() -> None:
    clock = Clock()
    with pytest.raises(ServerUnreachable):
        upload(clock, 100 << 20, per_second=PACE.slowest // 2)
    assert clock.now <= 4 * PACE.window


def test_a_steady_upload_may_take_as_long_as_it_needs() -> None:
    clock = Clock()
    assert upload(clock, 100 << 20, per_second=2 * PACE.slowest) > 100 << 20
    assert clock.now > 10 * 3600
