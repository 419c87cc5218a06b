"""One round of background work under its role: here, or by whoever holds the role already.

``intake --once`` while another process holds the intake role asks that process for a round that began after the
request, and reports its result. Roles and rounds are facts in the profile, so it does not matter which process works.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from clerk_desktop.model.errors import ExitCode
from clerk_desktop.model.rounds import RoundResult
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from clerk_desktop.system.locks import Locks, Role

Wait = Callable[[float], None]
WENT_ON = (ExitCode.DONE, ExitCode.NEEDS_CLERK)
"""Rounds that ended so did what could be done; the others broke off."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rounds:
    """Runs rounds. ``wait`` lets the given seconds pass."""

    store: Store
    locks: Locks
    wait: Wait
    look_again: float = 0.2

    def once(
        self,
        role: Role,
        work: Callable[[], RoundResult],
        *,
        patience: float = 0.0,
        unfinished: Callable[[Session], bool] | None = None,
    ) -> RoundResult:
        """Do one round, or ask the holder of the role for one and wait until it has ended.

        ``patience``: seconds after the call from which on the holder can know all of what lies there now;
        ``unfinished`` tells from the store that it still has some of it in hand.
        """
        asked, waited = False, 0.0
        while True:
            lock = self.locks.try_take(role)
            if lock is not None:
                with lock:
                    return self.under_lock(role, work)
            if waited < patience:
                waited += self.look_again
            elif not asked:
                asked = True
                with self.store.write() as session:
                    session.rounds.ask(role)
            else:
                result = self._ended(role, unfinished)
                if result is not None:
                    return result
            self.wait(self.look_again)

    def under_lock(self, role: Role, work: Callable[[], RoundResult]) -> RoundResult:
        """Do one round as the holder of the role and leave its result for those who wait."""
        with self.store.write() as session:
            number = session.rounds.begin(role)
        result = work()
        with self.store.write() as session:
            session.rounds.finish(role, number, result)
        return result

    def in_passing(
        self, role: Role, work: Callable[[], RoundResult], when_asked: Callable[[], RoundResult]
    ) -> RoundResult:
        """Do one round as the holder of the role: ``when_asked`` where somebody waits for it, else ``work``.

        What nobody waits for is noted only when it ended otherwise than before: a round a second would be a write a
        second.
        """
        with self.store.read() as session:
            asked, latest = session.rounds.is_asked(role), session.rounds.latest(role)
        if asked:
            return self.under_lock(role, when_asked)
        result = work()
        if latest is None or latest.result is None or _end(latest.result) != _end(result):
            with self.store.write() as session:
                session.rounds.note(role, result)
        return result

    def _ended(self, role: Role, unfinished: Callable[[Session], bool] | None) -> RoundResult | None:
        """Return how the round that was asked for ended, None while it has not."""
        with self.store.read() as session:
            if session.rounds.is_asked(role):
                return None
            latest = session.rounds.latest(role)
            in_hand = unfinished is not None and unfinished(session)
        if latest is None or latest.result is None or (in_hand and latest.result.exit_code in WENT_ON):
            return None
        return latest.result


def _end(result: RoundResult) -> tuple[ExitCode, str]:
    return result.exit_code, result.error


def worst(codes: tuple[ExitCode, ...]) -> ExitCode:
    """Return the code that counts when several apply: 3, 4, 1, 5 in this order (``cli.md``)."""
    order = (ExitCode.NOT_SIGNED_IN, ExitCode.UNREACHABLE, ExitCode.FAILED, ExitCode.NEEDS_CLERK)
    return next((code for code in order if code in codes), ExitCode.DONE)
