"""The clock jumps, forward and back, at every step of a letter: taken in once, received on one day, sent, not lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from clerk_desktop.intake.reconcile import reconcile
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
