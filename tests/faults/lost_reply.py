"""The server does what it was asked for, and its reply is lost: the connection is reset when the answer begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.faults.disaster import Ground
from tests.lines.tcp_proxy import Weather

TOLD = "der Server hat ausgeführt, was verlangt war, und seine Antwort geht verloren"
FIRST_ONES = 12


@contextmanager
def strike(ground: Ground) -> Iterator[Callable[[], int]]:
    """After a few requests that go well no answer arrives."""
    before = ground.proxy.unheard
    ground.proxy.weather = Weather(cut_off=True, after=ground.chance.randrange(FIRST_ONES))
    try:
        yield lambda: ground.proxy.unheard - before
    finally:
        ground.proxy.weather = Weather()
