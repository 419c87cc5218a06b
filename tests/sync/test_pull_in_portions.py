"""A large page is taken in at once, but the store is never held for long, and is free for a moment afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from clerk_desktop.documents.xfdf import Xfdf
from clerk_desktop.model.case import CaseFilter
from clerk_desktop.store.store import Store
from clerk_desktop.sync.channel import Channel
from clerk_desktop.sync.pull import FREE_SHARE, HELD_SECONDS, PORTION, Memory, Pull
from clerk_desktop.sync.witness import Step
from tests.office.memory_backend import MemoryBackend
from tests.office.test_first_listing import server_with
from tests.store.samples_of import KEY

CASES = 4 * PORTION


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path / "home", KEY)) as found:
        yield found


def take_in(store: Store, tick: float) -> tuple[list[int], list[float]]:
    """List a server with one page, by a clock that moves on at each look; return what was there after each transaction,
    and how long the store was left alone.
    """
    server, _ = server_with(CASES, CASES)
    kept, free, ticks = list[int](), list[float](), count()

    def look(step: Step, object_id: str = "") -> None:
        assert not object_id
        if step is Step.PAGE_STORED:
            with store.read() as session:
                kept.append(session.cases.count(CaseFilter()))

    now = datetime(2026, 3, 2, tzinfo=UTC)
    channel = Channel(store=store, backend=MemoryBackend(server), marks=Xfdf(), witness=look, now=now)
    Pull(channel=channel, memory=Memory(), monotonic=lambda: next(ticks) * tick, wait=free.append).run(full=True)
    return kept, free


def test_a_page_is_one_transaction_where_that_is_quick(store: Store) -> None:
    assert take_in(store, 0.0) == ([CASES], [0.0])


def test_who_cannot_be_seen_waiting_finds_the_store_free_after_a_while(store: Store) -> None:
    tick = HELD_SECONDS / 2
    kept, free = take_in(store, tick)
    assert kept == [2 * PORTION, 4 * PORTION]
    assert free == pytest.approx([FREE_SHARE * 3 * tick, FREE_SHARE * 2 * tick])
