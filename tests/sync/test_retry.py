from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_desktop.model.errors import FailureKind
from clerk_desktop.model.outbox import OutboxState
from clerk_desktop.sync.retry import (
    ATTEMPTS_BEFORE_A_CLERK_LOOKS,
    LONGEST_PAUSE,
    Hold,
    SignInFirst,
    TryAgain,
    next_step,
    pause,
)

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def test_what_may_heal_is_tried_again_ever_less_often() -> None:
    waits = [pause(attempts, 0, 1.0) for attempts in range(20)]
    assert waits[0] == timedelta(seconds=5)
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_PAUSE


@given(attempts=st.integers(0, 10_000), retry_after=st.integers(0, 86_400), jitter=st.floats(0, 1))
def test_the_servers_wish_is_respected(attempts: int, retry_after: int, jitter: float) -> None:
    wait = pause(attempts, retry_after, jitter)
    assert wait >= timedelta(seconds=max(retry_after, 3))
    assert wait <= max(LONGEST_PAUSE, timedelta(seconds=retry_after))


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (FailureKind.ASK_CLERK, OutboxState.NEEDS_CLERK),
        (FailureKind.GIVE_UP, OutboxState.NEEDS_CLERK),
        (FailureKind.CONFLICT, OutboxState.CONFLICT),
    ],
)
def test_what_a_clerk_must_decide_waits_for_the_clerk(kind: FailureKind, state: OutboxState) -> None:
    assert next_step(kind, attempts=0, retry_after=0, now=NOW, jitter=0.5) == Hold(state=state)


def test_a_missing_sign_in_blames_no_work() -> None:
    assert next_step(FailureKind.SIGN_IN, attempts=0, retry_after=0, now=NOW, jitter=0.5) == SignInFirst()


def test_a_fault_that_stays_is_shown_to_a_clerk() -> None:
    def after(attempts: int) -> object:
        return next_step(FailureKind.RETRY_LATER, attempts=attempts, retry_after=0, now=NOW, jitter=0.0)

    assert isinstance(after(ATTEMPTS_BEFORE_A_CLERK_LOOKS - 2), TryAgain)
    assert after(ATTEMPTS_BEFORE_A_CLERK_LOOKS - 1) == Hold(state=OutboxState.NEEDS_CLERK)
