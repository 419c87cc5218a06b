"""Pages come in order, one ahead; errors come where they belong; stopping early ends the fetching."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from clerk_desktop.model.errors import ServerUnreachable
from clerk_desktop.sync.ahead import ahead


def test_pages_come_in_order() -> None:
    assert list(ahead(range(100))) == list(range(100))


def test_the_next_page_is_fetched_while_one_is_written() -> None:
    asked: list[int] = []
    second = threading.Event()

    def pages() -> Iterator[int]:
        for number in range(3):
            asked.append(number)
            if number == 1:
                second.set()
            yield number

    for page in ahead(pages()):
        if page == 0:
            assert second.wait(60)
    assert asked == [0, 1, 2]


def test_what_was_fetched_before_a_broken_line_is_not_lost() -> None:
    def pages() -> Iterator[int]:
        yield 1
        raise ServerUnreachable

    seen = []
    with pytest.raises(ServerUnreachable):
        for page in ahead(pages()):
            seen.append(page)
    assert seen == [1]


def test_who_stops_early_leaves_nobody_fetching() -> None:
    def pages() -> Iterator[int]:
        yield from range(1_000)

    taken = ahead(pages())
    assert next(taken) == 0
    taken.close()  # type: ignore[attr-defined]  # a generator
    assert "clerk-sync-ahead" not in {thread.name for thread in threading.enumerate()}
