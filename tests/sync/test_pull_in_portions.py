"""A large page is taken in at once, but who waits to write, also in another program, gets to it after a portion."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from clerk_desktop.documents.xfdf import Xfdf
from clerk_desktop.model.case import CaseFilter
from clerk_desktop.store.store import Store
from clerk_desktop.sync.channel import Channel
from clerk_desktop.sync.pull import LONGEST_REST, LOOK_SECONDS, PORTION, Memory, Pull
from clerk_desktop.sync.witness import Step
from clerk_desktop.system.locks import Locks, Role
from clerk_desktop.system.paths import Profile
from tests.office.memory_backend import MemoryBackend
from tests.office.test_first_listing import server_with
from tests.store.samples_of import KEY
from tests.workers.processes import wait_until

CASES = 4 * PORTION


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path / "home", KEY)) as found:
        yield found


def take_in(store: Store, meanwhile: Callable[[Step], None], wait: Callable[[float], None]) -> list[int]:
    """List a server with one page; return what was there after each transaction."""
    server, _ = server_with(CASES, CASES)
    kept = list[int]()

    def look(step: Step, object_id: str = "") -> None:
        assert not object_id
        if step is Step.PAGE_STORED:
            with store.read() as session:
                kept.append(session.cases.count(CaseFilter()))
        meanwhile(step)

    now = datetime(2026, 3, 2, tzinfo=UTC)
    channel = Channel(store=store, backend=MemoryBackend(server), marks=Xfdf(), witness=look, now=now)
    seconds = count()
    Pull(channel=channel, memory=Memory(), monotonic=lambda: next(seconds) * LOOK_SECONDS, wait=wait).run(full=True)
    return kept


def test_a_page_is_one_transaction_where_nobody_waits(store: Store) -> None:
    waits = list[float]()
    assert take_in(store, lambda _: None, waits.append) == [CASES]
    assert waits == []


def test_a_program_that_waits_to_write_gets_to_it_after_a_portion(store: Store, tmp_path: Path) -> None:
    begun, seen, done = threading.Event(), list[int](), threading.Event()
    with closing(Store.open(tmp_path / "home", KEY)) as other, ThreadPoolExecutor(2) as threads:

        def write() -> None:
            with other.write() as session:
                seen.append(session.cases.count(CaseFilter()))
            done.set()

        def write_first() -> None:
            with store.write():
                begun.set()
                wait_until(lambda: store.writers_waiting() == 1)  # the listing
                threads.submit(write)
                wait_until(store.neighbours_are_waiting)

        def work(step: Step) -> None:
            if step is Step.PAGE_FETCHED and not begun.is_set():
                threads.submit(write_first)
                assert begun.wait(60)

        def wait(_: float) -> None:
            assert done.wait(60)

        kept = take_in(store, work, wait)
    assert seen in ([0], [PORTION])  # it may be quicker than the listing
    assert kept in ([CASES], [PORTION, CASES])


def test_who_says_that_it_waits_and_never_writes_keeps_the_listing_for_a_moment_only(
    store: Store, tmp_path: Path
) -> None:
    waits = list[float]()
    with Locks(Profile(tmp_path / "home").locks).take(Role.NEXT_TO_WRITE, 0):
        kept = take_in(store, lambda _: None, waits.append)
    assert kept == [PORTION * number for number in range(1, CASES // PORTION + 1)]
    assert 0 < sum(waits) <= LONGEST_REST * len(kept)
