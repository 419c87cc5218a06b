"""The clock jumps, forward and back, at every step of a letter: taken in once, received on one day, sent, not lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clerk_desktop.intake.reconcile import reconcile
from clerk_desktop.model.counted_time import LONGEST_BREAK
from clerk_desktop.model.errors import FailureKind
from clerk_desktop.model.ledger import FileState
from clerk_desktop.workers.host import WorkerHost
from tests.faults.jumping_clock import JumpingClock
from tests.intake.papers import letter_pdf
from tests.intake.station import BERLIN, Station

JUMPS = [timedelta(days=-3650), timedelta(hours=-1), timedelta(hours=1), timedelta(days=3650)]
STEPS = ("seen", "resting", "queued", "confirmed")


@pytest.fixture
def jumping() -> JumpingClock:
    return JumpingClock()


@pytest.fixture
def hurt(tmp_path: Path, host: WorkerHost, jumping: JumpingClock) -> Iterator[Station]:
    scans = tmp_path / "scans"
    scans.mkdir()
    made = Station(tmp_path / "home", scans, host, jumping)
    yield made
    made.close()


@pytest.mark.parametrize("by", JUMPS, ids=str)
@pytest.mark.parametrize("step", STEPS)
def test_a_letter_arrives_once_whenever_the_clock_jumps(
    hurt: Station, jumping: JumpingClock, step: str, by: timedelta
) -> None:
    def passed(now: str) -> None:
        if now == step:
            jumping.jump(by)

    hurt.drop("brief.pdf", letter_pdf())
    hurt.intake.run_once(jumping.now())
    passed("seen")
    jumping.pause(2)
    hurt.intake.run_once(jumping.now())
    passed("resting")
    hurt.run()
    passed("queued")
    hurt.restart()
    assert hurt.run().claimed == 0
    assert hurt.states() == {"brief.pdf": FileState.QUEUED}
    hurt.confirm("brief.pdf")
    passed("confirmed")
    assert len(hurt.settle().settled) == 1
    assert len(hurt.settle().gone) == 0
    with hurt.store.read() as session:
        (document,) = session.documents.inbox()
        assert session.notes.check().faults == ()
        assert len(session.ledger.claims()) == 1
    assert document.received_on is not None
    assert reconcile(hurt.store, document.received_on, BERLIN).seen == 1
    jumping.pause(10)
    hurt.drop("danach.pdf", letter_pdf(("danach",)))
    assert hurt.run().queued == 1


@pytest.mark.parametrize("by", [timedelta(days=3650), timedelta(days=31)], ids=str)
def test_a_clock_that_is_set_ahead_makes_no_original_old_enough_to_be_deleted(
    hurt: Station, jumping: JumpingClock, by: timedelta
) -> None:
    original = settled(hurt, keep_days=30)
    jumping.jump(by)
    assert hurt.settle().purged == ()
    hurt.restart()
    assert hurt.settle().purged == ()
    jumping.jump(-by)
    assert purged_daily(hurt, jumping, 29 - LONGEST_BREAK.days) == []
    assert original.exists()
    assert purged_daily(hurt, jumping, 2 + LONGEST_BREAK.days) == [str(original)]


def test_an_original_that_was_settled_under_a_clock_that_was_behind_stays_most_of_its_time(
    hurt: Station, jumping: JumpingClock
) -> None:
    jumping.jump(timedelta(days=-3650))
    original = settled(hurt, keep_days=30)
    jumping.jump(timedelta(days=3650))
    assert purged_daily(hurt, jumping, 29 - LONGEST_BREAK.days) == []
    assert purged_daily(hurt, jumping, 2 + LONGEST_BREAK.days) == [str(original)]


def settled(station: Station, keep_days: int) -> Path:
    """Have one original in its last folder, and return it."""
    with station.store.write() as session:
        session.folders.add(replace(station.folder, keep_originals_days=keep_days))
    station.drop("brief.pdf", letter_pdf())
    station.run()
    station.confirm("brief.pdf")
    station.settle()
    (original,) = (station.scans / "erledigt").rglob("*.pdf")
    return original


def purged_daily(station: Station, clock: JumpingClock, days: int) -> list[str]:
    """Settle once a day; what was deleted."""
    purged: list[str] = []
    for _ in range(days):
        clock.pause(86_400)
        purged += station.settle().purged
    return purged


def test_what_was_put_off_by_a_clock_that_ran_ahead_is_sent_when_it_is_right_again(
    hurt: Station, jumping: JumpingClock
) -> None:
    hurt.drop("brief.pdf", letter_pdf())
    hurt.run()
    jumping.jump(timedelta(days=400))
    with hurt.store.write() as session:
        for entry in session.outbox.all():
            in_a_minute = jumping.now() + timedelta(minutes=1)
            session.outbox.postpone(entry.operation_id, "ServerBusy", FailureKind.RETRY_LATER, in_a_minute)
        assert session.outbox.ready(jumping.now(), 9) == ()
    jumping.jump(timedelta(days=-400))
    with hurt.store.read() as session:
        assert session.outbox.ready(jumping.now(), 9) != ()
