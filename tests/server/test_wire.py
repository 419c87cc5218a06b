"""A thread stays with a connection while its next request is near, and leaves it as soon as somebody else waits."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from cheroot.wsgi import Server

from clerk_desktop.server.wire import BoundedConnection, SocketReader
from tests.workers.processes import wait_until

SECONDS = 30.0
MOST_READ_AHEAD = 1 << 14


def asking(path: str, *, last: bool = False) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", *["Connection: close"] * last, "", ""]
    return "\r\n".join(lines).encode()


class OneThread:
    """A server with one thread; ``first`` is done while the first request is answered."""

    def __init__(self) -> None:
        self.answered: list[str] = []
        self.first: Callable[[], None] = lambda: None
        self.server = Server(("127.0.0.1", 0), self, numthreads=1)
        self.server.ConnectionClass = BoundedConnection

    def __call__(self, environ: Mapping[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        self.answered.append(str(environ["PATH_INFO"]))
        if len(self.answered) == 1:
            self.first()
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]

    def connect(self) -> socket.socket:
        return socket.create_connection(self.server.bind_addr, timeout=SECONDS)


@contextmanager
def served() -> Iterator[OneThread]:
    one = OneThread()
    one.server.prepare()
    thread = threading.Thread(target=one.server.serve)
    thread.start()
    try:
        yield one
    finally:
        one.server.stop()
        thread.join()


def test_requests_in_close_succession_are_answered_in_their_order() -> None:
    with served() as one, one.connect() as caller:
        one.first = lambda: caller.sendall(asking("/third", last=True))
        caller.sendall(asking("/first") + asking("/second"))
        assert caller.makefile("rb").read().count(b"200 OK") == 3
        assert one.answered == ["/first", "/second", "/third"]


def test_who_sends_many_at_once_does_not_keep_the_thread_that_others_wait_for() -> None:
    with served() as one, one.connect() as caller, one.connect() as other:

        def somebody_waits() -> None:
            other.sendall(asking("/other", last=True))
            wait_until(lambda: bool(one.server.requests.qsize))

        one.first = somebody_waits
        caller.sendall(asking("/first") + asking("/second", last=True))
        for each in (other, caller):
            assert each.makefile("rb").read().endswith(b"\r\n\r\n")
        assert one.answered == ["/first", "/other", "/second"]


def test_what_was_read_ahead_is_known_without_waiting_for_more() -> None:
    caller, ours = socket.socketpair()
    with caller, ours, SocketReader(ours) as reader:
        assert not reader.has_data()
        caller.sendall(b"one\ntwo\n")
        assert reader.readline() == b"one\n"
        assert reader.has_data()
        assert reader.read(4) == b"two\n"
        assert not reader.has_data()
        caller.sendall(b"three\n")
        assert reader.readline() == b"three\n"


def test_a_connection_holds_little_however_much_is_sent_and_a_long_piece_comes_whole() -> None:
    caller, ours = socket.socketpair()
    sent = bytes(2 * MOST_READ_AHEAD)
    with caller, ours, SocketReader(ours) as reader:
        caller.sendall(sent)
        assert 0 < len(reader.peek()) <= MOST_READ_AHEAD
        assert reader.read(len(sent)) == sent
