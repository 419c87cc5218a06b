"""Rounds of background work as the roles do them: intake, and exchange with the server followed by settling."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.errors import ClerkError, ExitCode, NotSignedIn, SignInRefused, StoreError, WatchedFolderAway
from clerk_desktop.model.rounds import RoundResult
from clerk_desktop.store.store import Store
from clerk_desktop.sync.retry import pause
from clerk_desktop.system.clock import Clock

if TYPE_CHECKING:
    from clerk_desktop.intake.pipeline import Intake, IntakeReport
    from clerk_desktop.sync.engine import Sync
    from clerk_desktop.sync.reports import SyncReport

log = logging.getLogger(__name__)

ASK_FOR_NEWS = timedelta(seconds=15)
# what others do is seen within half a minute, also after a server that was away: then a round may take its time too
NEWS_AT_LATEST = timedelta(seconds=24)
# towns lock an account after a handful of wrong passwords in half an hour
REFUSED_PAUSE = timedelta(minutes=30)


def result_of(error: ClerkError | None, *, needs_clerk: bool) -> RoundResult:
    """Return how a round ended."""
    if error is not None:
        return RoundResult(exit_code=error.exit_code, error=type(error).__name__)
    return RoundResult(exit_code=ExitCode.NEEDS_CLERK if needs_clerk else ExitCode.DONE)


class TakeIn:
    """Takes in what lies in the scan folders. Used under the role *intake*; ``intake`` is made at the first round."""

    def __init__(self, *, clock: Clock, intake: Callable[[], Intake], wait: Callable[[float], None]) -> None:
        self._clock = clock
        self._make = intake
        self._wait = wait
        self._intake: Intake | None = None
        self._told = ""

    def as_it_stands(self) -> RoundResult:
        """Make one pass over what has come to rest by now."""
        return self._round(lambda intake: intake.run_once(self._clock.now()))

    def as_due(self) -> RoundResult:
        """Make one pass that leaves folders alone which have told of nothing."""
        return self._round(lambda intake: intake.run_due(self._clock.now()))

    def until_done(self) -> RoundResult:
        """Make passes until every complete file is understood and queued."""
        return self._round(lambda intake: intake.run_until_done(self._wait))

    def _round(self, passing: Callable[[Intake], IntakeReport]) -> RoundResult:
        try:
            if self._intake is None:
                self._intake = self._make()
            report = passing(self._intake)
        except ClerkError as error:
            result = result_of(error, needs_clerk=False)
            if result.error != self._told:  # not once a second
                log.warning("pass ended: %s", result.error, extra={"action": "intake"})
            self._told = result.error
            return result
        self._told = ""
        hindrance = report.blocked or (WatchedFolderAway() if report.absent else None)
        held = bool(report.quarantined or report.duplicates)
        return replace(result_of(hindrance, needs_clerk=held), more=report.soon == 0.0)


class Exchange:
    """Synchronises, then settles confirmed originals. Used under the role *sync*.

    ``sync`` makes the engine at the first round; ``settle`` moves originals and returns nothing; ``jitter`` gives
    random numbers from 0 to 1, so that an office that signs in at eight does not ask in step all day.
    """

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        sync: Callable[[], Sync],
        settle: Callable[[datetime], object],
        jitter: Callable[[], float],
    ) -> None:
        self._store = store
        self._clock = clock
        self._make = sync
        self._settle = settle
        self._jitter = jitter
        self._sync: Sync | None = None
        self._no_news: _Span | None = None
        self._held_back: _Held | None = None
        self._failures = 0
        self._refusal: _Held | None = None
        self._last = RoundResult(exit_code=ExitCode.DONE)

    def close(self) -> None:
        """End the connection."""
        if self._sync is not None:
            self._sync.close()

    def now(self) -> RoundResult:
        """Do a round because somebody waits for it."""
        return self._round(impatient=True)

    def keep_up(self) -> RoundResult:
        """Do a round when something is ready to be sent, or when it is time to ask for news.

        Else nothing is done, and how the last round ended still holds: a server that was away is away until it answers,
        and what is ready waits longer each time, at most as long as news do.
        A password that was refused is not sent again for half an hour, unless somebody signed in anew.
        """
        now = self._clock.now()
        with self._store.read() as session:
            account = session.changes.last_of(ChangeKind.ACCOUNT)
            if self._refusal is not None and self._refusal.holds(now, account):
                return self._last
            ready = bool(session.outbox.ready(now, 1))
            ready = ready or (not self._last.error and session.pins.has_wanting())
        signed_out = self._last.error == NotSignedIn.__name__  # asking the account again costs no network
        if not signed_out and self._held_back is not None and self._held_back.holds(now, account):
            return self._last
        if not ready and not signed_out and self._no_news is not None and self._no_news.holds(now):
            return self._last
        return self._round(impatient=False)

    def _round(self, *, impatient: bool) -> RoundResult:
        now = self._clock.now()
        try:
            if self._sync is None:
                self._sync = self._make()
            report = self._sync.run_once(now, impatient=impatient)
            self._settle(now)
        except ClerkError as error:
            log.warning("round ended: %s", type(error).__name__, extra={"action": "sync"})
            self._no_news = _Span(now, now + ASK_FOR_NEWS)
            self._hold_back(now)
            self._last = result_of(error, needs_clerk=False)
            return self._last
        self._note_refusal(report.stopped, now)
        if report.stopped is None:
            self._failures, self._held_back = 0, None
        else:
            self._hold_back(now)
        self._no_news = _Span(now, now + self._pause(report, now))
        self._last = _result(report)
        return self._last

    def _pause(self, report: SyncReport, now: datetime) -> timedelta:
        """Return how long no news is asked for: longer each time the server was away, never too long for a clerk.

        Work of our own that waits for another try does not matter: what others did is none of its business.
        """
        usual = ASK_FOR_NEWS * (0.75 + 0.25 * self._jitter())
        if report.stopped is None or report.next_try is None:
            return usual
        return min(max(usual, report.next_try - now), NEWS_AT_LATEST)

    def _hold_back(self, now: datetime) -> None:
        """Let nothing be tried for a while after a round that failed, longer each time; a round that goes through, or
        somebody who asks for one, ends it.
        """
        jitter = self._jitter()
        at_most = NEWS_AT_LATEST * (0.75 + 0.25 * jitter)
        self._held_back = self._held(now, min(pause(self._failures, 0, jitter), at_most))
        self._failures += 1

    def _note_refusal(self, stopped: ClerkError | None, now: datetime) -> None:
        self._refusal = self._held(now, REFUSED_PAUSE) if isinstance(stopped, SignInRefused) else None

    def _held(self, now: datetime, wait: timedelta) -> _Held:
        try:
            with self._store.read() as session:
                account = session.changes.last_of(ChangeKind.ACCOUNT)
        except StoreError:  # the store was what failed: it holds until the time is over, whoever signs in
            account = None
        return _Held(_Span(now, now + wait), account)


@dataclass(frozen=True, slots=True)
class _Span:
    """A time in which something is left alone; a clock that is put back ends it."""

    begin: datetime
    end: datetime

    def holds(self, now: datetime) -> bool:
        return self.begin <= now < self.end


@dataclass(frozen=True, slots=True)
class _Held:
    """A time in which nothing is tried; somebody who signs in anew ends it, unless nobody knows who last did."""

    span: _Span
    account: int | None

    def holds(self, now: datetime, account: int) -> bool:
        return self.span.holds(now) and self.account in (None, account)


def _result(report: SyncReport) -> RoundResult:
    return result_of(report.stopped, needs_clerk=bool(report.outbox.needs_help))
