"""Asks for the next answers while earlier ones are worked on: the server, the line and this computer work together."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")
NAME = "clerk-ahead"


class Ahead(Generic[T]):
    """Gives the items in order; the next ones come meanwhile on a thread that ends with the ``with`` block.

    As many are kept ready as there is ``room`` for by their ``size`` (of any unit), one at least. Raises what the items
    raise, after those before it. When the block is left early, no further item is asked for and the one under way is
    waited for.
    """

    def __init__(self, items: Iterable[T], room: int, size: Callable[[T], int]) -> None:
        self._items = items
        self._room = room
        self._size = size
        self._changed = threading.Condition()
        self._ready: deque[tuple[T, int]] = deque()
        self._taken_up = 0
        self._stop = False
        self._ended = False
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._fetch, name=NAME, daemon=True)

    def __enter__(self) -> Ahead[T]:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._stop = True
            self._changed.notify_all()
        self._thread.join()

    def __iter__(self) -> Iterator[T]:
        """Give the items that are left, waiting for each."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._ready or self._ended)
                if not self._ready:
                    break
                item, size = self._ready.popleft()
                self._taken_up -= size
                self._changed.notify_all()
            yield item
            del item  # it may be large, and the next may be long in coming
        if self._error is not None:
            raise self._error

    def at_hand(self) -> bool:
        """Tell whether the next item is there already."""
        return bool(self._ready)

    def _fetch(self) -> None:
        try:
            for item in self._items:
                if not self._put(item, self._size(item)):
                    return
        except BaseException as error:  # noqa: BLE001 - the driver of the thread: raised again where it is waited for
            self._error = error
        finally:
            with self._changed:
                self._ended = True
                self._changed.notify_all()

    def _put(self, item: T, size: int) -> bool:
        """Keep an item ready as soon as there is room; return whether more is wanted."""
        with self._changed:
            self._changed.wait_for(lambda: self._stop or not self._ready or self._taken_up + size <= self._room)
            self._ready.append((item, size))
            self._taken_up += size
            self._changed.notify_all()
            return not self._stop
