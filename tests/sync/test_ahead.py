"""Pages come in order, one ahead; errors come where they belong; stopping early ends the fetching."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from clerk_desktop.model.errors import ServerUnreachable
from clerk_desktop.sync.ahead import Ahead
from tests.workers.processes import wait_until


def test_pages_come_in_order() -> None:
    with Ahead(range(100)) as pages:
        assert list(pages) == list(range(100))


def test_the_next_page_is_fetched_while_one_is_written() -> None:
    asked: list[int] = []
    second = threading.Event()

    def numbers() -> Iterator[int]:
        for number in range(3):
            asked.append(number)
            if number == 1:
                second.set()
            yield number

    with Ahead(numbers()) as pages:
        for page in pages:
            if page == 0:
                assert second.wait(60)
    assert asked == [0, 1, 2]


def test_what_was_fetched_before_a_broken_line_is_not_lost() -> None:
    seen = []
    with pytest.raises(ServerUnreachable), Ahead(_broken()) as pages:
        for page in pages:
            seen.append(page)
    assert seen == [1]


def test_a_page_at_hand_comes_without_waiting_and_once() -> None:
    go_on = threading.Event()

    def numbers() -> Iterator[int]:
        yield from (1, 2)
        assert go_on.wait(60)
        yield 3

    with Ahead(numbers()) as pages:
        left = iter(pages)
        assert next(left) == 1
        found: list[int | None] = []
        wait_until(lambda: found.append(pages.at_hand()) or found[-1] is not None)  # type: ignore[func-returns-value]
        assert found[-1] == 2
        assert pages.at_hand() is None
        go_on.set()
        assert list(left) == [3]
        assert pages.at_hand() is None


def test_a_broken_line_is_told_to_who_waits_for_the_next_page_and_not_before() -> None:
    with Ahead(_broken()) as pages:
        left = iter(pages)
        assert next(left) == 1
        assert pages.at_hand() is None
        with pytest.raises(ServerUnreachable):
            next(left)
        assert pages.at_hand() is None


def test_who_stops_early_leaves_nobody_fetching() -> None:
    def numbers() -> Iterator[int]:
        yield from range(1_000)

    with Ahead(numbers()) as pages:
        assert next(iter(pages)) == 0
    assert "clerk-sync-ahead" not in {thread.name for thread in threading.enumerate()}


def _broken() -> Iterator[int]:
    yield 1
    raise ServerUnreachable
