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
    "start": ("start", "start"),
    "heartbeat": ("heartbeat", "heartbeat"),
    "list": ("lists", "lists"),
    "review": ("review", "review"),
}
"""Name on the command line -> module of this package and the function in it."""


def bench(name: str) -> Callable[[], Ratio]:
    """Return a benchmark that can be run. Raises ``KeyError`` for a name that there is not."""
    module, function = BENCHES[name]
    found: Callable[[], Ratio] = getattr(import_module(f"clerk_desktop.bench.{module}"), function)
    return found
