"""Under TLS nobody waits for a caller that connects and says nothing, or only half of what it has to say."""

from __future__ import annotations

import socket
import ssl
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from clerk_desktop.server.tls import Handshake, PatientTls, go_on
from clerk_desktop.server.wire import BoundedConnection
from tests.server.one_thread import SECONDS, OneThread, asking, served
from tests.signin.authority import Authority


@dataclass(frozen=True, kw_only=True)
class Trust:
    pem: Path
    authority: Path

    def secured(self, connection: socket.socket) -> ssl.SSLSocket:
        context = ssl.create_default_context(cafile=self.authority)
        return context.wrap_socket(connection, server_hostname="127.0.0.1")

    def answer(self, one: OneThread, path: str) -> bytes:
        with one.connect() as connection, self.secured(connection) as caller:
            caller.sendall(asking(path, last=True))
            return caller.makefile("rb").read()


@pytest.fixture
def trust(tmp_path: Path) -> Trust:
    authority = Authority(tmp_path / "tls")
    return Trust(pem=authority.server().pem(tmp_path / "server.pem"), authority=authority.file)


def test_many_silent_callers_keep_nobody_out_and_are_heard_when_they_speak(trust: Trust) -> None:
    with served(trust.pem) as one, ExitStack() as opened:
        silent = [opened.enter_context(one.connect()) for _ in range(5)]
        assert b"200 OK" in trust.answer(one, "/first")
        with trust.secured(silent[0]) as caller:
            assert b"200 OK" in trust.answer(one, "/second")  # the handshake alone holds no thread either
            caller.sendall(asking("/third", last=True))
            assert b"200 OK" in caller.makefile("rb").read()
    assert one.answered == ["/first", "/second", "/third"]


def test_half_a_greeting_keeps_nobody_out_and_its_other_half_is_heard(trust: Trust) -> None:
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    context = ssl.create_default_context(cafile=trust.authority)
    tls = context.wrap_bio(incoming, outgoing, server_hostname="127.0.0.1")
    with served(trust.pem) as one, one.connect() as slow:
        with pytest.raises(ssl.SSLWantReadError):
            tls.do_handshake()
        greeting = outgoing.read()
        slow.sendall(greeting[:20])
        assert b"200 OK" in trust.answer(one, "/first")
        slow.sendall(greeting[20:])
        assert slow.recv(1) == b"\x16"  # the server's part of the handshake (RFC 8446, 5.1)


class Hasty(BoundedConnection):
    """Has no time for a handshake that does not come whole."""

    head_seconds = 0.0


def test_a_greeting_in_drops_is_cut_off_and_a_whole_one_is_heard(trust: Trust) -> None:
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    context = ssl.create_default_context(cafile=trust.authority)
    tls = context.wrap_bio(incoming, outgoing, server_hostname="127.0.0.1")
    with served(trust.pem) as one:
        one.server.timeout = 2 * SECONDS  # it is not an idle connection's end that is waited for
        one.server.ConnectionClass = Hasty
        with one.connect() as slow:
            with pytest.raises(ssl.SSLWantReadError):
                tls.do_handshake()
            slow.sendall(outgoing.read()[:20])
            assert slow.recv(1) == b""
        one.server.ConnectionClass = BoundedConnection
        assert b"200 OK" in trust.answer(one, "/first")


def test_a_handshake_waits_for_a_caller_that_has_not_taken_the_certificates_yet(trust: Trust) -> None:
    chain = trust.pem.read_bytes() + trust.authority.read_bytes() * 400
    trust.pem.write_bytes(chain)
    adapter = PatientTls(str(trust.pem), str(trust.pem))
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    context = ssl.create_default_context(cafile=trust.authority)
    tls = context.wrap_bio(incoming, outgoing, server_hostname="127.0.0.1")
    ours, theirs = socket.socketpair()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    server, _ = adapter.wrap(ours)
    with server, theirs:
        with pytest.raises(ssl.SSLWantReadError):
            tls.do_handshake()
        theirs.sendall(outgoing.read())
        assert go_on(server) is Handshake.WRITES
        while (how_far := go_on(server)) is Handshake.WRITES:
            incoming.write(theirs.recv(65536))
        assert how_far is Handshake.WAITS  # for the caller's answer


def test_who_speaks_in_the_open_is_told_so_and_who_speaks_nonsense_is_cut_off(trust: Trust) -> None:
    with served(trust.pem) as one:
        for said, answer in ((asking("/first"), b"only speaks HTTPS"), (bytes(64), b"")):
            with one.connect() as caller:
                caller.sendall(said)
                heard = caller.makefile("rb").read()
            assert answer in heard
            assert b"200 OK" not in heard
        assert b"200 OK" in trust.answer(one, "/second")
    assert one.answered == ["/second"]
