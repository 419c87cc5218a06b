"""A line to a server that works but is far away or thin: what goes through waits, and comes drop by drop."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

CHUNK = 64 * 1024
STEPS_A_SECOND = 8


@contextmanager
def slow_line(port: int, target: int, *, latency: float = 0.0, bytes_per_second: int = 0) -> Iterator[None]:
    """Pass on what comes to ``port`` of this machine to ``target`` and back.

    ``latency``: seconds that each piece waits in each direction; ``bytes_per_second``: 0 for as fast as it goes.
    """
    listener = socket.create_server(("127.0.0.1", port))
    ends: list[socket.socket] = []

    def pass_on(giver: socket.socket, taker: socket.socket) -> None:
        step = max(1, bytes_per_second // STEPS_A_SECOND) if bytes_per_second else CHUNK
        with contextlib.suppress(OSError):
            while data := giver.recv(step):
                time.sleep(latency + (len(data) / bytes_per_second if bytes_per_second else 0.0))
                taker.sendall(data)
        with contextlib.suppress(OSError):
            taker.shutdown(socket.SHUT_WR)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                server = socket.create_connection(("127.0.0.1", target))
                ends.extend((client, server))
                for giver, taker in ((client, server), (server, client)):
                    threading.Thread(target=pass_on, args=(giver, taker), daemon=True).start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield
    finally:
        for each in (listener, *ends):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)  # wakes whoever waits for it
            each.close()
        accepting.join(timeout=1)
