"""What breaks a round off ends neither the work nor the disk space of the log."""

from __future__ import annotations

import errno
import logging
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from clerk_desktop.assembly import Workshop
from clerk_desktop.model.errors import DiskFull, ExitCode
from clerk_desktop.model.rounds import RoundResult
from clerk_desktop.store.secrets import StoreSecrets
from clerk_desktop.store.store import Store
from clerk_desktop.system.locks import Locks, Role
from clerk_desktop.system.paths import Profile
from clerk_desktop.usecases.background import Background
from clerk_desktop.usecases.rounds import Rounds
from clerk_desktop.workers.host import WorkerHost
from tests.intake.station import KEY, Station, TurnedClock


class Waits(threading.Event):
    """A stop that nobody waits for; it tells how long one would have."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float | None] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout)
        return self.is_set()


def driven(station: Station, work: Callable[[], RoundResult], stop: threading.Event) -> None:
    rounds = Rounds(store=station.store, locks=Locks(station.home / "locks"), wait=lambda seconds: None)
    Background(
        rounds=rounds, watch=work, take_in=work, take_in_all=work, exchange=work, keep_up=work,
        index=bool, read_text=bool, quiet_seconds=1.0,
    ).run_intake(stop)  # fmt: skip


def test_a_disk_that_fails_is_tried_later_each_time_and_told_once(
    station: Station, caplog: pytest.LogCaptureFixture
) -> None:
    stop = Waits()
    failing, full = OSError(errno.EIO, "input/output error"), DiskFull()
    comes: list[Exception | None] = [failing, failing, failing, full, None, failing]

    def work() -> RoundResult:
        if not comes:
            stop.set()
        elif (error := comes.pop(0)) is not None:
            raise error
        return RoundResult(exit_code=ExitCode.DONE)

    driven(station, work, stop)
    assert stop.waits == [2.0, 4.0, 8.0, 16.0, 1.0, 2.0, 1.0, 1.0]
    told = [record.getMessage().rpartition(": ")[2] for record in caplog.records]
    assert told == [f"OSError {errno.EIO}", "DiskFull", f"OSError {errno.EIO}"]


def test_no_trouble_is_waited_for_longer_than_a_minute(station: Station) -> None:
    stop = Waits()

    def work() -> RoundResult:
        if len(stop.waits) == 10:
            stop.set()
        raise OSError(errno.ESTALE, "stale file handle")

    driven(station, work, stop)
    assert max(wait or 0.0 for wait in stop.waits) == 60.0


def test_damaged_settings_are_how_the_round_ended_and_nothing_is_left_over_of_each_try(
    tmp_path: Path, host: WorkerHost, caplog: pytest.LogCaptureFixture
) -> None:
    clock, listening = TurnedClock(), logging.getLogger("watchdog").handlers
    store, before = Store.open(tmp_path, KEY, clock), len(listening)
    secrets, profile = StoreSecrets(store), Profile(tmp_path)
    with Workshop(profile=profile, store=store, secrets=secrets, keyring=secrets, clock=clock, host=host) as desk:
        background = desk.background
        profile.settings_file.write_text("this is no TOML")
        for _ in range(3):
            ended = background.rounds.in_passing(Role.INTAKE, background.watch, background.take_in)
            assert ended.error == "SettingsDamaged"
        assert len(listening) == before
        with store.read() as session:
            latest = session.rounds.latest(Role.INTAKE)
        assert latest is not None
        assert latest.result == ended
        assert [record.getMessage() for record in caplog.records] == ["pass ended: SettingsDamaged"]
        profile.settings_file.unlink()
        assert background.watch().error == ""
        assert len(listening) == before + 1
    assert len(listening) == before
