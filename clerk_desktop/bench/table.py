"""Which benchmarks there are. Each is a file of its own and is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from clerk_desktop.bench.ratio import Ratio

BENCHES: dict[str, tuple[str, str]] = {
    "claim": ("claim", "claim"),
    "understand": ("understand", "understand"),
    "ocr": ("ocr", "ocr"),
    "thousand": ("thousand", "thousand"),
    "sync": ("first_sync", "first_sync"),
    "sync-whole": ("first_sync", "whole"),
    "news": ("news", "news"),
    "start": ("start", "start"),
    "heartbeat": ("heartbeat", "heartbeat"),
    "list": ("lists", "lists"),
    "review": ("review", "review"),
    "search": ("search", "search"),
    "search-million": ("search", "million"),
    "server": ("server", "server"),
    "server-whole": ("server", "whole_server"),
}
"""Name on the command line -> module of this package and the function in it."""
LONG = ("sync-whole", "search-million", "server-whole")
"""Those that take minutes: run only when they are named."""


def bench(name: str) -> Callable[[], tuple[Ratio, ...]]:
    """Return a benchmark that can be run. Raises ``KeyError`` for a name that there is not."""
    module, function = BENCHES[name]
    found: Callable[[], Ratio | tuple[Ratio, ...]] = getattr(import_module(f"clerk_desktop.bench.{module}"), function)

    def run() -> tuple[Ratio, ...]:
        figures = found()
        return (figures,) if isinstance(figures, Ratio) else figures

    return run
