"""The only door from the window to other threads: work goes out, its result comes back on the GUI thread.

A view never starts a thread. Reads that may take long run side by side; what writes runs one after the other.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

log = logging.getLogger(__name__)
T = TypeVar("T")
READERS = 3
DEVICES = 2
Failed = Callable[[Exception], None]


@dataclass(slots=True)
class Ticket:
    """Work that was given out. After ``cancel`` neither ``done`` nor ``failed`` is called; begun work is finished.

    ``stop``: asks work on a device to end soon.
    """

    future: Future[Any] = field(default_factory=Future)
    cancelled: bool = False
    stop: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Forget about the result; work that has not begun is not begun."""
        self.cancelled = True
        self.future.cancel()


@dataclass(frozen=True, slots=True)
class _Result:
    owner: QObject
    ticket: Ticket
    call: Callable[[Any], None]
    value: object
    unwanted: Callable[[Any], None]


class Tasks(QObject):
    """Runs work off the GUI thread. ``failed`` gets every error that whoever gave the work does not take itself."""

    _finished = Signal(object)

    def __init__(self, failed: Failed) -> None:
        super().__init__()
        self._failed = failed
        self._closed = False
        self._unfinished: set[Future[Any]] = set()
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="clerk-writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="clerk-reader")
        self._asker = ThreadPoolExecutor(1, thread_name_prefix="clerk-asker")
        self._devices = ThreadPoolExecutor(DEVICES, thread_name_prefix="clerk-device")
        self._at_devices: set[threading.Event] = set()
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def read(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        unwanted: Callable[[T], None] | None = None,
    ) -> Ticket:
        """Do ``work`` beside others and call ``done`` with its result, unless ``owner`` is gone by then.

        ``unwanted`` gets a result that nobody waits for any more, to let go of what it holds.
        """
        return self._give(self._readers, owner, work, done, failed, unwanted)

    def ask(
        self, owner: QObject, work: Callable[[], T], done: Callable[[T], None], failed: Failed | None = None
    ) -> Ticket:
        """Do ``work`` that waits for a server, one after the other; what reads the store never stands behind it."""
        return self._give(self._asker, owner, work, done, failed)

    def at_device(
        self,
        owner: QObject,
        work: Callable[[threading.Event], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
    ) -> Ticket:
        """Do ``work`` that waits for a device, minutes long where paper moves; it is asked to stop at ``close``."""
        stop = threading.Event()
        self._at_devices.add(stop)

        def run() -> T:
            try:
                return work(stop)
            finally:
                self._at_devices.discard(stop)

        ticket = self._give(self._devices, owner, run, done, failed)
        ticket.stop = stop
        return ticket

    def write(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
    ) -> Ticket:
        """Do ``work`` after everything else that writes; it is done even when ``owner`` is gone by then."""
        return self._give(self._writer, owner, work, done or _nothing, failed)

    def follow(
        self,
        owner: QObject,
        future: Future[T],
        done: Callable[[T], None],
        failed: Failed | None = None,
    ) -> Ticket:
        """Call ``done`` with the result of work that goes on elsewhere (a worker process draws a page)."""
        ticket = Ticket(future)
        told: Future[None] = Future()

        def ended(finished: Future[T]) -> None:
            if not finished.cancelled():
                error = finished.exception()
                if isinstance(error, Exception):
                    self._finished.emit(_Result(owner, ticket, failed or self._failed, error, _nothing))
                else:
                    self._finished.emit(_Result(owner, ticket, done, finished.result(), _nothing))
            self._unfinished.discard(told)
            told.set_result(None)

        self._unfinished.add(told)
        future.add_done_callback(ended)
        return ticket

    @property
    def is_idle(self) -> bool:
        """Whether everything given out so far is done."""
        return not self._unfinished

    def wait_idle(self) -> None:
        """Wait until everything given out so far is done; its results wait in the event queue then."""
        wait(tuple(self._unfinished))

    def close(self) -> None:
        """Finish what was given to the writer, drop waiting reads, and end the threads; no result is told any more."""
        self._closed = True
        for stop in tuple(self._at_devices):
            stop.set()
        for pool in (self._asker, self._readers, self._devices):
            pool.shutdown(wait=False, cancel_futures=True)
        self._writer.shutdown(wait=True)
        for pool in (self._asker, self._readers, self._devices):
            pool.shutdown(wait=True)

    def _give(
        self,
        executor: ThreadPoolExecutor,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed | None,
        unwanted: Callable[[T], None] | None = None,
    ) -> Ticket:
        ticket = Ticket()
        let_go = unwanted or _nothing

        def run() -> None:
            try:
                result = _Result(owner, ticket, done, work(), let_go)
            except Exception as error:  # noqa: BLE001 - the driver of the thread: whoever waits must get an answer
                log.info("work failed: %s", type(error).__name__, extra={"action": "window.task"})
                result = _Result(owner, ticket, failed or self._failed, error, _nothing)
            self._finished.emit(result)

        ticket.future = executor.submit(run)
        self._unfinished.add(ticket.future)
        ticket.future.add_done_callback(self._unfinished.discard)
        return ticket

    @Slot(object)
    def _deliver(self, result: _Result) -> None:
        if self._closed or result.ticket.cancelled or not isValid(result.owner):
            result.unwanted(result.value)
        else:
            result.call(result.value)


def _nothing(_: object) -> None:
    """Nobody waits for the result."""
