"""One round of synchronising: push, pull, push again what the pull set free, then the content of pinned cases.

What is no longer needed here goes before and after, also without a server. Threads and loops are the caller's.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from clerk_desktop.backend.port import Backend
from clerk_desktop.model.errors import (
    ClerkError,
    DiskFull,
    FailureKind,
    ServerBusy,
    ServerError,
    StoreBusy,
    StoreFailed,
)
from clerk_desktop.model.exchange import MarksFormat
from clerk_desktop.model.outbox import OutboxCount
from clerk_desktop.model.pin import Keeping
from clerk_desktop.store.store import Store
from clerk_desktop.sync.channel import Channel
from clerk_desktop.sync.connection import KeptConnection
from clerk_desktop.sync.pinned import Pinned, Refused
from clerk_desktop.sync.pull import Memory, Pull
from clerk_desktop.sync.push import Push
from clerk_desktop.sync.reports import PinReport, PullReport, PushReport, SyncReport
from clerk_desktop.sync.retention import Retention
from clerk_desktop.sync.retry import pause
from clerk_desktop.sync.witness import Witness, nobody

log = logging.getLogger(__name__)


class Sync:
    """The only part that talks to the backend. Used by one thread at a time, under the role *sync*.

    ``connect`` signs in and returns a connection, or raises ``ServerError``; ``jitter`` gives random numbers from 0
    to 1; ``marks`` reads and writes files of marks; ``keeping`` tells what the settings say about content kept here.
    """

    def __init__(
        self,
        *,
        store: Store,
        connect: Callable[[], Backend],
        jitter: Callable[[], float],
        marks: MarksFormat,
        witness: Witness = nobody,
        keeping: Callable[[], Keeping] = Keeping,
    ) -> None:
        self._store = store
        self._connection = KeptConnection(connect)
        self._jitter = jitter
        self._marks = marks
        self._witness = witness
        self._retention = Retention(store, keeping)
        self._memory = Memory()
        self._refused = Refused()
        self._other_folders: set[str] = set()
        self._failures = 0
        self._count = OutboxCount(waiting=0, needs_help=0)
        self._quiet: tuple[datetime, datetime] | None = None  # a clock that is put back ends it

    def close(self) -> None:
        """End the connection; the next round makes a new one."""
        self._connection.end()

    def run_once(self, now: datetime, *, impatient: bool = False, full: bool = False) -> SyncReport:
        """Do one round. Reports failures of server, network and disk, and raises none of them.

        A damaged store is raised.

        ``impatient``: somebody waits (``sync --once``), so also what was to be tried later is tried now. ``full``: list
        everything again. Afterwards ``settled`` tells whether the outbox is empty or only waits for somebody.
        """
        if self._quiet is not None and self._quiet[0] <= now < self._quiet[1] and not impatient:
            return self._asked_to_wait(now, self._quiet[1])
        push, pull, pinned = PushReport(), PullReport(), PinReport()
        try:
            self._end_if_signed_out()
            self._retention.run_once(now)
            channel = Channel(
                store=self._store,
                backend=self._connection.get(),
                marks=self._marks,
                witness=self._witness,
                now=now,
                other_folders=self._other_folders,
            )
            sending = Push(channel=channel, jitter=self._jitter)
            push = sending.run(impatient=impatient)
            if push.stopped is None:
                pull = Pull(channel=channel, memory=self._memory).run(full=full, impatient=impatient)
            if push.stopped is None and pull.stopped is None:
                push = sending.run()
            if push.stopped is None and pull.stopped is None:
                pinned = self._fetch_pinned(channel, sending, impatient)
            self._retention.run_once(now)
        except (ServerError, DiskFull, StoreBusy, StoreFailed) as error:
            log.info("round ended: %s", type(error).__name__, extra={"action": "sync"})
            push = PushReport(sent=push.sent, postponed=push.postponed, held=push.held, stopped=error)
        return self._report(now, push, pull, pinned)

    def _end_if_signed_out(self) -> None:
        """A connection outlives no sign-out, in whatever process that was: connecting anew tells why it cannot."""
        with self._store.read() as session:
            if session.account.is_signed_out():
                self.close()

    def _fetch_pinned(self, channel: Channel, sending: Push, impatient: bool) -> PinReport:
        def urgent() -> None:
            stopped = sending.run().stopped
            if stopped is not None:
                raise stopped

        work = Pinned(channel=channel, retention=self._retention, refused=self._refused, urgent=urgent)
        stopped = work.run(impatient=impatient)
        return PinReport(fetched=work.fetched, stopped=stopped)

    def _asked_to_wait(self, now: datetime, until: datetime) -> SyncReport:
        busy = ServerBusy((until - now) // timedelta(seconds=1) + 1)
        self._look()  # whatever the store says, what the server asked for holds
        return SyncReport(push=PushReport(stopped=busy), pull=PullReport(), outbox=self._count, next_try=until)

    def _report(self, now: datetime, push: PushReport, pull: PullReport, pinned: PinReport) -> SyncReport:
        stopped = push.stopped or pull.stopped or pinned.stopped
        failed, due = self._look()
        if stopped is None and failed is not None:
            stopped, push = failed, replace(push, stopped=failed)
        if stopped is None:
            self._failures, self._quiet = 0, None
        else:
            self.close()
            due = self._after(stopped, now)
        return SyncReport(push=push, pull=pull, outbox=self._count, pinned=pinned, next_try=due)

    def _look(self) -> tuple[ClerkError | None, datetime | None]:
        """Note what waits to be sent; where the store cannot be read, what waited last. Returns why that was, and when
        something is to be tried again.
        """
        try:
            with self._store.read() as session:
                self._count = session.outbox.count()
                return None, session.outbox.next_try()
        except (DiskFull, StoreBusy, StoreFailed) as error:
            return error, None

    def _after(self, stopped: ClerkError, now: datetime) -> datetime | None:
        """Return when the next round makes sense; None when only somebody's doing helps."""
        if stopped.kind is not FailureKind.RETRY_LATER:
            return None
        retry_after = stopped.retry_after if isinstance(stopped, ServerBusy) else 0
        if retry_after:
            self._quiet = now, now + timedelta(seconds=retry_after)
        wait = pause(self._failures, retry_after, self._jitter())
        self._failures += 1
        return now + wait
