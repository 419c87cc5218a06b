"""Proxy scripts (PAC): fetched, and run in a process of their own.

A script is a program of strangers: one that never ends must not hold the window, so it gets seconds and is then ended.
It learns scheme and host of an address, never path or query (as in browsers).
"""

from __future__ import annotations

import http.client
import io
import json
import os
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from io import BufferedIOBase
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import truststore

import clerk_desktop
from clerk_desktop.model.errors import ProxyScriptUnusable
from clerk_desktop.system.proxy_process import FLAG

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

RUN_SECONDS = 15.0
FETCH_SECONDS = 10.0
KEPT_SECONDS = 600.0
LIMIT = 1024 * 1024
_PASSED_ON = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE")


class _Answers:
    """What scripts said, for as long as it may be repeated."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._kept: dict[tuple[str, str], tuple[float, tuple[str | None, ...]]] = {}

    def get(self, script: str, place: str) -> tuple[str | None, ...]:
        """Return the ways to a place, asking the script when the last answer is old."""
        until, ways = self._kept.get((script, place), (0.0, ()))
        if self._monotonic() >= until:
            ways = run(fetch(script), place)
            self._kept[script, place] = self._monotonic() + KEPT_SECONDS, ways
        return ways


_answers = _Answers(time.monotonic)


def proxies_of_script(script: str, url: str) -> tuple[str | None, ...]:
    """Return the ways to a URL that a script names. Raises ``ProxyScriptUnusable``."""
    parts = urlsplit(url)
    return _answers.get(script, f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/")


def fetch(script: str, seconds: float = FETCH_SECONDS) -> str:
    """Return a script's text from its address or file. Raises ``ProxyScriptUnusable``.

    ``seconds``: to wait for a word from its server, for all that it says before the text, and for the whole text.
    """
    try:
        if urlsplit(script).scheme in ("http", "https", "file"):
            tls = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Http(), _Https(tls))
            with opener.open(script, timeout=seconds) as answer:
                content = _read(answer, time.monotonic() + seconds)
        else:
            with Path(script).open("rb") as file:
                content = file.read(LIMIT + 1)
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise ProxyScriptUnusable(what=script) from error
    if not content or len(content) > LIMIT:
        raise ProxyScriptUnusable(what=script)
    try:
        return bytes(content).decode("utf-8-sig")
    except UnicodeDecodeError:
        return bytes(content).decode("iso-8859-1")


class _InTime(io.RawIOBase):
    """What comes over a connection within its time limit in seconds, counted from the first reading on. http.client
    alone would take a head in drops, or one "100 Continue" after the other, as long as they come.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._bytes = connection.makefile("rb", buffering=0)
        self._seconds = connection.gettimeout() or FETCH_SECONDS
        self._end: float | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        now = time.monotonic()
        if self._end is None:
            self._end = now + self._seconds
        if now >= self._end:
            raise TimeoutError("timed out")
        self._connection.settimeout(self._end - now)
        return self._bytes.readinto(buffer)

    def close(self) -> None:
        self._bytes.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    def __init__(
        self, sock: socket.socket, debuglevel: int = 0, method: str | None = None, url: str | None = None
    ) -> None:
        super().__init__(sock, debuglevel, method, url)
        before, self.fp = self.fp, io.BufferedReader(_InTime(sock))
        before.close()


class _Open(http.client.HTTPConnection):
    response_class = _Answer


class _Secured(http.client.HTTPSConnection):
    response_class = _Answer


class _Http(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Open, req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, tls: ssl.SSLContext) -> None:
        super().__init__(context=tls)
        self._tls = tls

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Secured, req, context=self._tls)


def _read(answer: BufferedIOBase, end: float) -> bytes:
    content = b""
    while len(content) <= LIMIT and (piece := answer.read1(LIMIT)):
        content += piece
        if time.monotonic() > end:
            raise TimeoutError
    return content


def run(text: str, url: str, seconds: float = RUN_SECONDS) -> tuple[str | None, ...]:
    """Return what a script's text says for a URL: addresses of proxies, None for direct. SOCKS is passed over.

    Raises ``ProxyScriptUnusable`` for one that fails, does not end in time, or names nothing that can be used.
    """
    frozen = bool(getattr(sys, "frozen", False))
    start = [sys.executable, FLAG] if frozen else [sys.executable, "-P", "-m", "clerk_desktop.system.proxy_process"]
    environment = {name: value for name, value in os.environ.items() if name.upper() in _PASSED_ON}
    environment["PYTHONPATH"] = str(Path(clerk_desktop.__file__).parents[1])
    try:
        done = subprocess.run(
            start,
            input=json.dumps({"script": text, "url": url}).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            env=environment,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        said = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise ProxyScriptUnusable(what=type(error).__name__) from error
    ways = tuple(None if way == "DIRECT" else str(way) for way in said if str(way).startswith(("DIRECT", "http")))
    if not ways:
        raise ProxyScriptUnusable(what=", ".join(map(str, said)))
    return ways
