"""Fetches the next page while the last one is written: the line and the disk work at the same time."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class _Page(Generic[T]):
    value: T


@dataclass(frozen=True, slots=True)
class _End:
    error: BaseException | None


def ahead(pages: Iterable[T]) -> Iterator[T]:
    """Yield the pages in order, the next one being fetched meanwhile on a thread that ends with the iteration.

    Raises what the pages raise, after those before it. When the caller stops early, no further page is asked for and
    the one under way is waited for: a connection is never used by two at once.
    """
    found: queue.Queue[_Page[T] | _End] = queue.Queue(maxsize=1)
    stop = threading.Event()

    def put(item: _Page[T] | _End) -> None:
        while not stop.is_set():
            try:
                found.put(item, timeout=LOOK_SECONDS)
                return
            except queue.Full:
                continue

    def fetch() -> None:
        error: BaseException | None = None
        try:
            for page in pages:
                put(_Page(page))
                if stop.is_set():
                    return
        except BaseException as raised:  # noqa: BLE001 - the driver of the thread: raised again where it is waited for
            error = raised
        put(_End(error))

    thread = threading.Thread(target=fetch, name="clerk-sync-ahead", daemon=True)
    thread.start()
    try:
        while isinstance(item := found.get(), _Page):
            yield item.value
        if item.error is not None:
            raise item.error
    finally:
        stop.set()
        thread.join()
