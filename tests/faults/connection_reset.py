"""Connections to the server are reset in the middle: of a request's head or body, or of an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.faults.disaster import Ground
from tests.lines.tcp_proxy import Weather

TOLD = "die Verbindung zum Server reißt mitten in einer Übertragung ab"
CONNECTIONS = 8
LONGEST = 6_000


@contextmanager
def strike(ground: Ground) -> Iterator[Callable[[], int]]:
    """Reset some connections, also those that are open, each after so many bytes from now on."""
    before = ground.proxy.resets
    cuts = [ground.chance.randrange(1, LONGEST) for _ in range(CONNECTIONS)]
    ground.proxy.weather = Weather(cuts=iter(cuts))
    try:
        yield lambda: ground.proxy.resets - before
    finally:
        ground.proxy.weather = Weather()
