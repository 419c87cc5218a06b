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
        """Do one round, or wait for the holder of the role to finish one that began after this call.

        ``patience``: seconds after the call from which on the holder can know all of what lies there now;
        ``unfinished`` tells from the store that it still has some of it in hand.
        """
        asked, waited = self._started(role), 0.0
        while True:
            lock = self.locks.try_take(role)
            if lock is not None:
                with lock:
                    return self.under_lock(role, work)
            self.wait(self.look_again)
            if waited < patience:
                waited += self.look_again
                asked = self._started(role)
                continue
            with self.store.read() as session:
                latest = session.rounds.latest(role)
                in_hand = unfinished is not None and unfinished(session)
            if latest is None or latest.number <= asked or latest.result is None:
                continue
            if not in_hand or latest.result.error:
                return latest.result

    def under_lock(self, role: Role, work: Callable[[], RoundResult]) -> RoundResult:
        """Do one round as the holder of the role and leave its result for those who wait."""
        with self.store.write() as session:
            number = session.rounds.begin(role)
        result = work()
        with self.store.write() as session:
            session.rounds.finish(role, number, result)
        return result

    def _started(self, role: Role) -> int:
        with self.store.read() as session:
            latest = session.rounds.latest(role)
        return latest.number if latest else 0


def worst(codes: tuple[ExitCode, ...]) -> ExitCode:
    """Return the code that counts when several apply: 3, 4, 1, 5 in this order (``cli.md``)."""
    order = (ExitCode.NOT_SIGNED_IN, ExitCode.UNREACHABLE, ExitCode.FAILED, ExitCode.NEEDS_CLERK)
    return next((code for code in order if code in codes), ExitCode.DONE)
