"""When something that failed is tried again. Pure: reads only the kind of the failure, performs nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from clerk_desktop.model.errors import FailureKind
from clerk_desktop.model.outbox import OutboxState

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=15)
ATTEMPTS_BEFORE_A_CLERK_LOOKS = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class TryAgain:
    """Try by itself, not before ``at`` (aware, UTC)."""

    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Hold:
    """Keep it until a clerk decides."""

    state: OutboxState


@dataclass(frozen=True, kw_only=True, slots=True)
class SignInFirst:
    """Nothing can be sent until somebody signs in; the work itself is not to blame."""


Next = TryAgain | Hold | SignInFirst


def next_step(kind: FailureKind, *, attempts: int, retry_after: int, now: datetime, jitter: float) -> Next:
    """Return what follows a failure.

    ``attempts`` counts earlier failures; ``retry_after`` is the server's wish in seconds, 0 for none; ``jitter`` is a
    random number from 0 to 1 that spreads the stations' attempts. After twelve failures of its own, work that could be
    tried for ever is shown to a clerk instead: a fault that stays is one that somebody must know of.
    """
    match kind:
        case FailureKind.RETRY_LATER:
            if attempts + 1 >= ATTEMPTS_BEFORE_A_CLERK_LOOKS:
                return Hold(state=OutboxState.NEEDS_CLERK)
            return TryAgain(at=now + pause(attempts, retry_after, jitter))
        case FailureKind.CONFLICT:
            return Hold(state=OutboxState.CONFLICT)
        case FailureKind.ASK_CLERK | FailureKind.GIVE_UP:
            return Hold(state=OutboxState.NEEDS_CLERK)
        case FailureKind.SIGN_IN:
            return SignInFirst()
        case _:
            assert_never(kind)


def pause(attempts: int, retry_after: int, jitter: float) -> timedelta:
    """Return how long to wait: doubling from five seconds to fifteen minutes, a quarter of it spread by ``jitter``."""
    backoff = min(FIRST_PAUSE * (1 << min(attempts, 16)), LONGEST_PAUSE)
    return max(backoff * (0.75 + 0.25 * jitter), timedelta(seconds=retry_after))
