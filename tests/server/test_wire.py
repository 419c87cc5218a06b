"""A thread stays with a connection while its next request is near, and leaves it as soon as somebody else waits."""

from __future__ import annotations

import socket
import threading

import pytest

from clerk_desktop.server.wire import BoundedConnection, SocketReader
from tests.server.one_thread import asking, served
from tests.workers.processes import wait_until

MOST_READ_AHEAD = 1 << 14


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


def test_a_caller_that_says_nothing_holds_no_thread_and_is_heard_when_it_speaks() -> None:
    with served() as one, one.connect() as silent, one.connect() as caller:
        caller.sendall(asking("/first", last=True))
        assert b"200 OK" in caller.makefile("rb").read()
        silent.sendall(asking("/second", last=True))
        assert b"200 OK" in silent.makefile("rb").read()


class Hasty(BoundedConnection):
    """Gives a request's head, and a body that nobody reads, little time, so that a test need not wait for more."""

    head_seconds = unwanted_seconds = 0.3


@pytest.mark.parametrize(
    "begun",
    [
        b"GET /slow HTTP/1.1\r\nX-Filling: ",
        b"POST /slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n",
    ],
    ids=["head", "unwanted body"],
)
def test_a_caller_that_drips_its_request_does_not_keep_the_thread_from_others(begun: bytes) -> None:
    answered = threading.Event()

    def drip(caller: socket.socket) -> None:
        try:
            caller.sendall(begun)
            while not answered.wait(0.02):
                caller.sendall(b"x")
        except OSError:
            return  # cut off, as it should be

    with served() as one:
        kinds = iter([Hasty, BoundedConnection])  # in the order in which they connect
        one.server.ConnectionClass = lambda *given: next(kinds)(*given)
        with one.connect() as slow, one.connect() as other:
            dripping = threading.Thread(target=drip, args=(slow,))
            dripping.start()
            try:
                other.sendall(asking("/other", last=True))
                assert b"200 OK" in other.makefile("rb").read()
            finally:
                answered.set()
                dripping.join()
    assert "/other" in one.answered
