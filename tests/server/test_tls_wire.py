"""Under TLS nobody waits for a caller that connects and says nothing, or only half of what it has to say."""

from __future__ import annotations

import socket
import ssl
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.server.one_thread import OneThread, asking, served
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
