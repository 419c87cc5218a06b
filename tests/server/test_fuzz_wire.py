"""Damaged bytes on the wire: every connection ends, with an answer that is no page and tells nothing of the inside."""

from __future__ import annotations

import random
import socket
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from clerk_desktop.server.rights import Role
from clerk_desktop.server.serving import EmbeddedServer
from tests.server.consistency import faults_in
from tests.server.office import PASSWORD, TOWNS, TYPES

SECONDS = 120
"""After which a silent connection counts as hanging; an honest answer takes milliseconds."""
TOKENS = (
    b"\r\n",
    b"\n",
    b"\r\n\r\n",
    b"\x00",
    b"\xff",
    b" ",
    b":",
    b"%",
    b"%00",
    b"..",
    b"HTTP/9.9",
    b"HTTP/0.9",
    b"PATCH",
    b"Content-Length: -1\r\n",
    b"Content-Length: 99999999999999999999\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Transfer-Encoding: gzip\r\n",
    b"Expect: 100-continue\r\n",
    b"Host: evil.example\r\n",
    b"Range: bytes=1-0\r\n",
    b"ZZZ\r\n",
    b"A" * 9000,
    b"A: b\r\n" * 300,
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedServer]:
    with EmbeddedServer(tmp_path / "data", TYPES, towns=TOWNS) as running:
        running.application.accounts.add_user("clerk", PASSWORD, role=Role.CLERK, municipality="blomberg")
        yield running


def whole_requests(host: str) -> list[bytes]:
    """Return requests with nothing wrong: reading, writing in each of the two encodings, and in chunks."""
    always = f"Host: {host}\r\nAuthorization: Basic {b64encode(f'clerk:{PASSWORD}'.encode()).decode()}\r\n"
    url = "/cmis/clerk/root/Posteingang/Blomberg"
    form = "cmisaction=createFolder&propertyId[0]=cmis:objectTypeId&propertyValue[0]=clerk:case"
    parts = f'--b\r\nContent-Disposition: form-data; name="cmisaction"\r\n\r\nquery\r\n--b\r\n{"":9}\r\n--b--\r\n'
    urlencoded = "Content-Type: application/x-www-form-urlencoded\r\n"
    texts = (
        f"GET {url}?cmisselector=children HTTP/1.1\r\n{always}Connection: close\r\n\r\n",
        f"POST {url} HTTP/1.1\r\n{always}{urlencoded}Content-Length: {len(form)}\r\nConnection: close\r\n\r\n{form}",
        f"POST {url} HTTP/1.1\r\n{always}{urlencoded}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        f"{len(form):x}\r\n{form}\r\n0\r\n\r\n",
        f"POST /cmis/clerk HTTP/1.1\r\n{always}Content-Type: multipart/form-data; boundary=b\r\n"
        f"Content-Length: {len(parts)}\r\nConnection: close\r\n\r\n{parts}",
    )
    return [text.encode() for text in texts]


def damaged(request: bytes, chance: random.Random) -> bytes:
    """Return the request with some bytes replaced, put in, or cut off."""
    body = bytearray(request)
    for _ in range(chance.randrange(1, 4)):
        place = chance.randrange(len(body) + 1)
        match chance.randrange(4):
            case 0:
                body[place:place] = chance.choice(TOKENS)
            case 1:
                body[place : place + chance.randrange(12)] = chance.randbytes(chance.randrange(12))
            case 2:
                # at the start of a line, where headers begin
                start = body.find(b"\r\n", place) + 2
                body[start:start] = chance.choice(TOKENS)
            case _:
                del body[place:]
    return bytes(body)


def answer_to(address: tuple[str, int], request: bytes) -> bytes:
    """Send bytes, close that direction, and return all that comes back. Raises ``TimeoutError`` for a hang."""
    with socket.create_connection(address, timeout=SECONDS) as connection:
        try:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            found = b""
            while piece := connection.recv(1 << 16):
                found += piece
        except TimeoutError:
            raise
        except OSError:
            return b""  # cut off by the server, which is an end too
    return found


def send_damaged(server: EmbeddedServer, *, requests: int, seed: int) -> None:
    url = httpx.URL(server.url)
    assert url.port is not None
    chance = random.Random(seed)
    whole = whole_requests(f"{url.host}:{url.port}")
    for request in whole:
        assert answer_to((url.host, url.port), request).startswith(b"HTTP/1.1 "), request
    for _ in range(requests):
        answer = answer_to((url.host, url.port), damaged(chance.choice(whole), chance)).lower()
        assert b"<html" not in answer and b"<!doctype" not in answer
        assert b"traceback" not in answer and b'file "' not in answer
        assert not answer.startswith((b"http/1.1 500", b"http/1.0 500")), answer
    auth = httpx.BasicAuth(b"clerk", PASSWORD.encode())
    assert httpx.get(server.url, auth=auth, trust_env=False).status_code == 200


def test_a_body_that_nobody_wants_is_not_kept_in_memory(server: EmbeddedServer) -> None:
    """Without a password an endless body is answered and cut off; nobody may fill the server's memory."""
    url = httpx.URL(server.url)
    assert url.port is not None
    for length in ("Content-Length: 100000000000", "Transfer-Encoding: chunked"):
        head = f"POST /cmis/clerk HTTP/1.1\r\nHost: {url.host}:{url.port}\r\n{length}\r\n\r\n"
        with socket.create_connection((url.host, url.port), timeout=SECONDS) as connection:
            connection.sendall(head.encode())
            piece = b"x" * (1 << 20)
            framed = piece if length.startswith("Content") else b"100000\r\n" + piece + b"\r\n"
            sent = 0
            with pytest.raises(ConnectionError):
                while sent < 1000:
                    connection.sendall(framed)
                    sent += 1
        assert sent < 200


@pytest.mark.parametrize("extra", ["Content-Length: 7", "Content-Length: -7", "Content-Length: +7", " folded: line"])
def test_headers_that_leave_the_length_in_doubt_are_refused(server: EmbeddedServer, extra: str) -> None:
    url = httpx.URL(server.url)
    assert url.port is not None
    head = f"POST /cmis HTTP/1.1\r\n{extra}\r\nHost: {url.host}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    assert answer_to((url.host, url.port), head.encode()).startswith(b"HTTP/1.1 400 ")


def test_damaged_requests_end_with_an_answer_that_tells_nothing(server: EmbeddedServer, tmp_path: Path) -> None:
    send_damaged(server, requests=200, seed=1)
    server.stop()
    assert faults_in(tmp_path / "data") == []


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_many_damaged_requests_end_with_an_answer_that_tells_nothing(server: EmbeddedServer, tmp_path: Path) -> None:
    send_damaged(server, requests=5_000, seed=2)
    server.stop()
    assert faults_in(tmp_path / "data") == []
