"""A server whose answers are endless, huge, nested without end or blown up: an error of ours, and little memory."""

from __future__ import annotations

import functools
import gzip
import itertools
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from clerk_desktop.model.errors import ServerError
from tests.contract.ground import Ground, Place, standing, write_mapping
from tests.contract.grounds import VARIANTS
from tests.contract.test_hostile_answers import day

MEMORY = 400 << 20
"""Bytes that no answer may make the client take."""
CONTENT = 6
"""The place of the reading of a document's content among the work of a day."""
PIECE = 1 << 20
BOMB = gzip.compress(b" " * (32 << 20))
OBJECT = b'{"object":{"properties":{}}},'


def repeated(start: bytes, more: bytes) -> Callable[[], Iterator[bytes]]:
    block = more * (PIECE // len(more))
    return lambda: itertools.chain([start], itertools.repeat(block))


def finite(start: bytes, more: bytes, end: bytes, size: int) -> Callable[[], Iterator[bytes]]:
    def pieces() -> Iterator[bytes]:
        yield start
        for _ in range(size // PIECE):
            yield more * (PIECE // len(more))
        yield end

    return pieces


@functools.cache
def object_of_keys() -> bytes:
    return b'{"succinctProperties":{' + b"".join(b'"%07x":1,' % number for number in range(500_000)) + b'"x":1}}'


def keys() -> Iterator[bytes]:
    return iter((object_of_keys(),))


def bomb() -> Iterator[bytes]:
    return itertools.repeat(BOMB)


ENDLESS: dict[str, Callable[[], Iterator[bytes]]] = {
    "blanks": repeated(b"", b" "),
    "a text": repeated(b'{"succinctProperties":{"cmis:name":"', b"a"),
    "a number": repeated(b'{"succinctProperties":{"cmis:changeToken":1', b"0"),
    "nesting": repeated(b"", b"["),
    "objects": repeated(b'{"objects":[', OBJECT),
    "rows": repeated(b'{"results":[', b'{"succinctProperties":{}},'),
    "a page of HTML": repeated(b"<!DOCTYPE html><html>", b"<p>"),
    "compressed blanks": bomb,
}
LARGE: dict[str, Callable[[], Iterator[bytes]]] = {
    "lists in a property": finite(b'{"succinctProperties":{"a":[', b"[],", b"[]]}}", 15 * PIECE),
    "objects in a list": finite(b'{"objects":[', OBJECT, b'{"object":{"properties":{}}}]}', 15 * PIECE),
    "empty objects in a list": finite(b"[", b"{},", b"{}]", 60 * PIECE),
    "deep nesting": finite(b'{"succinctProperties":{"a":', b"[", b"", 8 * PIECE),
    "many keys": keys,
    "one long text": finite(b'{"succinctProperties":{"cmis:objectId":"', b"a", b'"}}', 15 * PIECE),
}
QUICK = (("nesting", 200), ("compressed blanks", 302), ("lists in a property", 200))
DECLARED = {"a page of HTML": {"Content-Type": "text/html"}, "compressed blanks": {"Content-Encoding": "gzip"}}


class Pieces(httpx.SyncByteStream):
    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces


class Floods(httpx.BaseTransport):
    """Answers everything with the same body once it is on, with the status it is told."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner
        self.body: Callable[[], Iterator[bytes]] | None = None
        self.headers: dict[str, str] = {}
        self.status = 200

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self.body is None:
            return self._inner.handle_request(request)
        headers = {"Content-Type": "application/json", **self.headers}
        return httpx.Response(self.status, headers=headers, stream=Pieces(self.body()))

    def close(self) -> None:
        self._inner.close()


@pytest.fixture(scope="module")
def ground(embedded: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """Here the answers are made up, so that one server is as good as another."""
    folder: Path = tmp_path_factory.mktemp("mapping")
    own = VARIANTS["embedded-own"]
    write_mapping(folder, own.mapping, own.changes)
    with standing(embedded, folder, own.version) as opened:
        yield opened


@pytest.fixture(scope="module")
def floods(ground: Ground) -> tuple[Floods, tuple[Callable[[], object], ...]]:
    made: list[Floods] = []

    def wrap(inner: httpx.BaseTransport) -> httpx.BaseTransport:
        made.append(Floods(inner))
        return made[0]

    attempts = day(ground.connect("clerk.blomberg", wrap))
    return made[0], attempts


FLOODS = [
    pytest.param(kind, status, marks=() if (kind, status) in QUICK else pytest.mark.slow)
    for kind in (*ENDLESS, *LARGE)
    for status in (200, 302, 401, 500)
]


@pytest.mark.parametrize(("kind", "status"), FLOODS)
def test_a_flood_is_an_error_of_ours_within_bounds(
    floods: tuple[Floods, tuple[Callable[[], object], ...]], kind: str, status: int
) -> None:
    """Contents are left out: they may be large, and whoever reads them stops where the document ends."""
    flood, attempts = floods
    flood.body, flood.status = {**ENDLESS, **LARGE}[kind], status
    flood.headers = {**DECLARED.get(kind, {}), "Location": "/cmis/elsewhere"}
    tracemalloc.start(1)
    try:
        for number, attempt in enumerate(attempts):
            if number == CONTENT:
                continue
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
            with suppress(ServerError) if kind in LARGE else pytest.raises(ServerError):
                attempt()
            assert tracemalloc.get_traced_memory()[1] - before < MEMORY, number
    finally:
        tracemalloc.stop()
        flood.body = None
