"""A server with one thread, so that whoever holds it keeps everybody else waiting."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cheroot.wsgi import Server

from clerk_desktop.server.tls import PatientTls
from clerk_desktop.server.wire import BoundedConnection

SECONDS = 120.0


def asking(path: str, *, last: bool = False) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", *["Connection: close"] * last, "", ""]
    return "\r\n".join(lines).encode()


class OneThread:
    """A server with one thread; ``first`` is done while the first request is answered."""

    def __init__(self, pem: Path | None = None) -> None:
        self.answered: list[str] = []
        self.first: Callable[[], None] = lambda: None
        self.server = Server(("127.0.0.1", 0), self, numthreads=1)
        self.server.ConnectionClass = BoundedConnection
        if pem is not None:
            self.server.ssl_adapter = PatientTls(str(pem), str(pem))

    def __call__(self, environ: Mapping[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        self.answered.append(str(environ["PATH_INFO"]))
        if len(self.answered) == 1:
            self.first()
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]

    def connect(self) -> socket.socket:
        return socket.create_connection(self.server.bind_addr, timeout=SECONDS)


@contextmanager
def served(pem: Path | None = None) -> Iterator[OneThread]:
    """``pem``: certificate and key, None to speak in the open."""
    one = OneThread(pem)
    one.server.prepare()
    thread = threading.Thread(target=one.server.serve)
    thread.start()
    try:
        yield one
    finally:
        one.server.stop()
        thread.join()
