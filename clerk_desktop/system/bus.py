"""Tells one process what any process wrote, by looking at the store's change feed.

No thread of its own: a driver calls ``poll_once``, in the window every 250 ms on the GUI thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from clerk_desktop.model.changes import Change

PAGE = 1_000


class Feed(Protocol):
    """The change feed as the bus needs it; the store's is ``store.feed.StoreFeed``."""

    def stamp(self) -> int:
        """Return a number that differs whenever something was committed since the last call of this thread."""
        ...

    def last(self) -> int:
        """Return the newest ``seq``, 0 when nothing was ever written."""
        ...

    def after(self, seq: int, limit: int) -> tuple[Change, ...]:
        """Return up to ``limit`` changes behind ``seq``, oldest first."""
        ...


Subscriber = Callable[[tuple[Change, ...]], None]


class ChangeBus:
    """Hands every change that is committed after its making to all subscribers, in order, each change once."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._seen = feed.last()
        self._stamp: int | None = None
        self._lock = threading.Lock()
        self._subscribers: list[Subscriber] = []

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Call ``subscriber`` with every later batch, on the thread that polls. Returns what ends it."""
        with self._lock:
            self._subscribers.append(subscriber)

        def end() -> None:
            with self._lock:
                if subscriber in self._subscribers:
                    self._subscribers.remove(subscriber)

        return end

    def poll_once(self) -> int:
        """Look once and publish what is new; returns how many changes were published. Always from the same thread."""
        stamp = self._feed.stamp()
        if stamp == self._stamp:
            return 0
        published = 0
        while batch := self._feed.after(self._seen, PAGE):
            self._seen = batch[-1].seq
            published += len(batch)
            with self._lock:
                subscribers = tuple(self._subscribers)
            for subscriber in subscribers:
                subscriber(batch)
        self._stamp = stamp
        return published
