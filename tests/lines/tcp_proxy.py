"""A TCP proxy on a free port that spoils the line between a client and a server, byte by byte.

One thread a connection: HTTP/1.1 without pipelining takes turns, so that holding one direction up holds both up.
"""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

CHUNK = 64 * 1024
HEAD_END = b"\r\n\r\n"
RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER, socket(7): no FIN, the rest is thrown away


@dataclass(frozen=True, kw_only=True)
class Weather:
    """What the line is like.

    ``latency``: seconds that each direction takes; ``bytes_per_second``: 0 for as fast as it goes; ``cuts``: after how
    many bytes, both ways counted, each connection is reset, no more once it is exhausted; ``deaf``: connections
    are taken and nothing is passed on; ``mute``: requests are passed on, answers are not; ``cut_off``: the same, and
    the connection is reset when the answer begins; ``answer``: said to every request instead of passing it on.
    The last four hold for requests after the first ``after`` ones.
    """

    latency: float = 0.0
    bytes_per_second: int = 0
    cuts: Iterator[int] = field(default_factory=lambda: iter(()))
    deaf: bool = False
    mute: bool = False
    cut_off: bool = False
    answer: bytes = b""
    after: int = 0


@dataclass(kw_only=True)
class _Connection:
    """``left``: bytes until it is reset, None for never; ``asking``: the client had the last word."""

    client: socket.socket
    server: socket.socket
    left: int | None = None
    asking: bool = False


class TcpProxy:
    """Listens before ``target`` (a port of this machine). Use as a context manager. ``weather`` may change any time.

    ``requests`` counts since the weather changed, ``resets`` and ``unheard`` (answers that were cut off) for ever.
    """

    def __init__(self, target: int) -> None:
        self._target = target
        self._weather = Weather()
        self._ending = threading.Event()
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.requests = 0
        self.resets = 0
        self.unheard = 0

    @property
    def weather(self) -> Weather:
        """What the line is like now."""
        return self._weather

    @weather.setter
    def weather(self, weather: Weather) -> None:
        self.requests = 0
        self._weather = weather

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.set()
        with self._lock:
            open_now = [self._listener, *self._sockets]
        for each in open_now:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)  # wakes whoever waits for it
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _start(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments)  # type: ignore[arg-type]  # a callable of ours
        with self._lock:
            self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._ending.is_set():
            try:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                return
            for each in (client, server):
                each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._sockets |= {client, server}
            self._start(self._carry, _Connection(client=client, server=server))

    def _carry(self, line: _Connection) -> None:
        try:
            with line.client, line.server, contextlib.suppress(OSError):
                while self._pass_on(line):
                    pass
        finally:
            with self._lock:
                self._sockets -= {line.client, line.server}

    def _pass_on(self, line: _Connection) -> bool:
        """Pass on what came from whoever says something next; False at the end."""
        ready, _, _ = select.select([line.client, line.server], [], [])
        asked = line.client in ready
        data = (line.client if asked else line.server).recv(CHUNK)
        if not data or self._ending.is_set():
            return False
        turned, line.asking = asked != line.asking, asked
        self.requests += turned and asked
        weather = self._weather
        if line.left is None:
            line.left = next(weather.cuts, None)
        spoilt = self.requests > weather.after
        if spoilt and (weather.deaf or (weather.mute and not asked)):
            return True
        if spoilt and weather.cut_off and not asked:
            self.unheard += 1
            self._reset(line)
            return False
        if spoilt and asked and weather.answer:
            _read_on(line.client, data)
            line.client.sendall(weather.answer)
            return False
        if turned:
            self._ending.wait(weather.latency)
        return self._send(line, line.server if asked else line.client, data, weather)

    def _send(self, line: _Connection, to: socket.socket, data: bytes, weather: Weather) -> bool:
        step = max(1, weather.bytes_per_second // 8) if weather.bytes_per_second else CHUNK
        while data:
            piece, data = data[:step], data[step:]
            if line.left is not None:
                piece, line.left = piece[: line.left], line.left - len(piece)
            to.sendall(piece)
            if line.left is not None and line.left <= 0:
                self._reset(line)
                return False
            if weather.bytes_per_second:
                self._ending.wait(len(piece) / weather.bytes_per_second)
        return True

    def _reset(self, line: _Connection) -> None:
        self.resets += 1
        for each in (line.client, line.server):
            each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)


def _read_on(client: socket.socket, data: bytes) -> None:
    """Read a request to its end, so that an answer is not lost in a reset (RFC 9112, 6: length, or last chunk)."""
    while HEAD_END not in data and (more := client.recv(CHUNK)):
        data += more
    head, _, body = data.partition(HEAD_END)
    fields = {
        name.strip().lower(): value.strip() for name, _, value in (line.partition(b":") for line in head.splitlines())
    }
    wanted = int(fields.get(b"content-length", b"0"))
    chunked = fields.get(b"transfer-encoding", b"").lower() == b"chunked"
    while len(body) < wanted or (chunked and not body.endswith(b"0\r\n\r\n")):
        more = client.recv(CHUNK)
        if not more:
            return
        body += more


def http_answer(status: str, body: bytes = b"", **fields: str) -> bytes:
    """Return an answer after which the connection ends; ``_`` in a field's name stands for ``-``."""
    lines = [f"HTTP/1.1 {status}", "Connection: close", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return "\r\n".join(lines).encode() + HEAD_END + body
