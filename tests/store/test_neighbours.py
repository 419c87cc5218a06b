"""Two programs write one store: who has to wait is seen by who writes, and gets to write."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import count
from pathlib import Path

import apsw
import pytest

from clerk_desktop.model.case import CaseFilter
from clerk_desktop.store.database import BUSY_MILLISECONDS, DatabaseFile
from clerk_desktop.store.keys import derive
from clerk_desktop.store.neighbours import Neighbours
from clerk_desktop.store.store import Store
from clerk_desktop.system.locks import Locks, Role
from clerk_desktop.system.paths import Profile
from tests.store.samples_of import CASE, KEY
from tests.workers.processes import wait_until


@pytest.fixture
def other(store: Store, tmp_path: Path) -> Iterator[Store]:
    assert store.last() == 0
    with closing(Store.open(tmp_path / "home", KEY)) as opened:
        yield opened


def test_who_waits_for_another_program_is_seen_by_it_and_writes_after_it(store: Store, other: Store) -> None:
    def write() -> int:
        with other.write() as session:
            return session.cases.count(CaseFilter())

    with ThreadPoolExecutor(1) as threads:
        with store.write() as session:
            assert store.writers_waiting() == 0
            waiting = threads.submit(write)
            wait_until(lambda: store.writers_waiting() == 1)
            assert store.neighbours_are_waiting()
            session.cases.put(CASE)
        assert waiting.result() == 1
    assert not store.neighbours_are_waiting()


def test_of_several_that_wait_all_write_and_nobody_is_said_to_wait_any_more(store: Store, other: Store) -> None:
    def write(number: int) -> None:
        with (store, other)[number % 2].write() as session:
            session.sync.set_note(f"note-{number}", "there")

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(40)))
    with store.read() as session:
        assert all(session.sync.note(f"note-{number}") == "there" for number in range(40))
    assert store.writers_waiting() == 0


def test_who_cannot_say_that_it_waits_writes_all_the_same(store: Store, other: Store, tmp_path: Path) -> None:
    def write() -> bool:
        with other.write() as session:
            return session.cases.get(CASE.case_id) is not None

    with ThreadPoolExecutor(1) as threads, Locks(Profile(tmp_path / "home").locks).take(Role.NEXT_TO_WRITE, 0):
        with store.write() as session:
            waiting = threads.submit(write)
            session.cases.put(CASE)
        assert waiting.result()


def test_who_waited_too_long_is_told_so_and_waits_no_more(store: Store, tmp_path: Path) -> None:
    profile, waits, seconds = Profile(tmp_path / "home"), list[float](), count()
    neighbours = Neighbours(Locks(profile.locks), monotonic=lambda: float(next(seconds)), wait=waits.append)
    with closing(DatabaseFile(profile.store, derive(KEY)).connect()) as connection:
        with store.write(), pytest.raises(apsw.BusyError):
            neighbours.begin(connection)
        assert len(waits) == BUSY_MILLISECONDS // 1000 - 1
        assert not neighbours.are_waiting()
        neighbours.begin(connection)
        assert connection.in_transaction
