"""Fetches the next page while the last one is written: the line and the disk work at the same time."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")
LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class _Page(Generic[T]):
    value: T


@dataclass(frozen=True, slots=True)
class _End:
    error: BaseException | None


class Ahead(Generic[T]):
    """Gives the pages in order, the next one being fetched meanwhile on a thread that ends with the ``with`` block.

    Raises what the pages raise, after those before it. When the block is left early, no further page is asked for and
    the one under way is waited for: a connection is never used by two at once.
    """

    def __init__(self, pages: Iterable[T]) -> None:
        self._pages = pages
        self._found: queue.Queue[_Page[T] | _End] = queue.Queue(maxsize=1)
        self._stop = threading.Event()
        self._end: _End | None = None
        self._thread = threading.Thread(target=self._fetch, name="clerk-sync-ahead", daemon=True)

    def __enter__(self) -> Ahead[T]:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def __iter__(self) -> Iterator[T]:
        """Give the pages that are left, waiting for each."""
        while self._end is None:
            found = self._found.get()
            if isinstance(found, _Page):
                yield found.value
            else:
                self._end = found
        if self._end.error is not None:
            raise self._end.error

    def at_hand(self) -> T | None:
        """Return the next page if it is there already, None where it must be waited for and at the end."""
        if self._end is not None or self._found.empty():
            return None
        found = self._found.get()
        if isinstance(found, _Page):
            return found.value
        self._end = found
        return None

    def _fetch(self) -> None:
        error: BaseException | None = None
        try:
            for page in self._pages:
                self._put(_Page(page))
                if self._stop.is_set():
                    return
        except BaseException as raised:  # noqa: BLE001 - the driver of the thread: raised again where it is waited for
            error = raised
        self._put(_End(error))

    def _put(self, item: _Page[T] | _End) -> None:
        while not self._stop.is_set():
            try:
                self._found.put(item, timeout=LOOK_SECONDS)
                return
            except queue.Full:
                continue
