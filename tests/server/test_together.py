"""Writers who wait for each other share one commit; each is told the truth about its own change."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from clerk_desktop.server.repository.together import MOST, ChangesLost, SharedCommits
from tests.workers.processes import wait_until

SECONDS = 100
"""After which something hangs; an honest run takes milliseconds."""


@dataclass
class Paper:
    """A journal in memory. What is on it counts when it stands in ``durable``; ``tears`` makes commits fail.

    ``full``: undoing a change takes the group along; ``jams``: it raises. ``sticks``: so does undoing the group.
    """

    durable: list[list[str]] = field(default_factory=list)
    tears: bool = False
    full: bool = False
    jams: bool = False
    sticks: bool = False
    _group: list[str] = field(default_factory=list)
    _before: int = 0

    def write(self, text: str) -> None:
        self._group.append(text)

    def begin(self) -> None:
        self._group = []

    def begin_change(self) -> None:
        self._before = len(self._group)

    def end_change(self) -> None:
        pass

    def undo_change(self) -> bool:
        del self._group[self._before :]
        if self.jams:
            raise sqlite3.OperationalError("disk I/O error")
        return not self.full

    def commit(self) -> None:
        if self.tears:
            raise sqlite3.OperationalError("disk I/O error")
        self.durable.append(self._group)

    def roll_back(self) -> None:
        if self.sticks:
            raise sqlite3.OperationalError("disk I/O error")
        self._group = []


@dataclass
class Desk:
    """Writers at one journal. The first holds its change open until all the others wait."""

    paper: Paper = field(default_factory=Paper)

    def __post_init__(self) -> None:
        self.commits = SharedCommits(self.paper)

    def together(self, *writers: Callable[[], None]) -> list[BaseException | None]:
        """Let writers come while the first is still writing; return what each of them was told."""
        inside, go_on = threading.Event(), threading.Event()

        def first() -> None:
            with self.commits.change():
                self.paper.write("first")
                inside.set()
                assert go_on.wait(SECONDS)

        with ThreadPoolExecutor(len(writers) + 1) as pool:
            told: list[Future[None]] = [pool.submit(first)]
            assert inside.wait(SECONDS)
            told += [pool.submit(writer) for writer in writers]
            wait_until(lambda: self.commits.waiting == len(writers))
            go_on.set()
            return [each.exception(SECONDS) for each in told]

    def writer(self, text: str, fails: type[Exception] | None = None) -> Callable[[], None]:
        def write() -> None:
            with self.commits.change():
                self.paper.write(text)
                if fails is not None:
                    raise fails(text)

        return write


def test_who_waited_shares_a_commit_and_nobody_waits_for_company() -> None:
    desk = Desk()
    desk.writer("alone")()
    assert desk.paper.durable == [["alone"]]
    assert desk.together(desk.writer("second"), desk.writer("third")) == [None, None, None]
    assert [sorted(group) for group in desk.paper.durable[1:]] == [["first", "second", "third"]]


def test_a_change_that_fails_takes_nobody_with_it() -> None:
    desk = Desk()
    told = desk.together(desk.writer("second", fails=KeyError), desk.writer("third"))
    assert [type(each) for each in told] == [type(None), KeyError, type(None)]
    assert [sorted(group) for group in desk.paper.durable] == [["first", "third"]]


def test_when_the_last_one_fails_the_others_are_committed() -> None:
    desk = Desk()
    told = desk.together(desk.writer("second", fails=KeyError))
    assert [type(each) for each in told] == [type(None), KeyError]
    assert desk.paper.durable == [["first"]]


def test_nothing_is_committed_when_nothing_was_changed() -> None:
    desk = Desk()
    with pytest.raises(KeyError):
        desk.writer("alone", fails=KeyError)()
    assert desk.paper.durable == []
    desk.writer("next")()
    assert desk.paper.durable == [["next"]]


@pytest.mark.parametrize("sticks", [False, True])
def test_everybody_of_a_lost_commit_is_told_and_the_next_one_works(*, sticks: bool) -> None:
    desk = Desk(Paper(tears=True, sticks=sticks))
    told = desk.together(desk.writer("second"), desk.writer("third"))
    assert [type(each) for each in told] == [sqlite3.OperationalError] * 3
    desk.paper.tears = False
    desk.writer("next")()
    assert desk.paper.durable == [["next"]]


def test_a_change_that_loses_the_group_is_told_to_all_of_it() -> None:
    desk = Desk(Paper(full=True))
    told = desk.together(desk.writer("second", fails=MemoryError))
    assert [type(each) for each in told] == [ChangesLost, MemoryError]
    assert desk.paper.durable == []


def test_a_change_that_cannot_even_be_undone_leaves_nobody_waiting_and_the_next_one_works() -> None:
    desk = Desk(Paper(jams=True))
    told = desk.together(desk.writer("second", fails=KeyError))
    assert [type(each) for each in told] == [ChangesLost, sqlite3.OperationalError]
    desk.paper.jams = False
    desk.writer("next")()
    assert desk.paper.durable == [["next"]]


def test_what_follows_a_commit_happens_before_the_next_writer_begins() -> None:
    desk = Desk()
    followed: list[str] = []
    seen: list[bool] = []

    def second() -> None:
        with desk.commits.change() as change:
            desk.paper.write("second")
            change.then(lambda: followed.append("second"))

    def third() -> None:
        with desk.commits.change():
            seen.append(any("second" in group for group in desk.paper.durable) == bool(followed))

    assert desk.together(second, third) == [None, None, None]
    assert (followed, seen) == (["second"], [True])


def test_not_more_than_so_many_share_a_commit() -> None:
    desk = Desk()
    writers = [desk.writer(str(number)) for number in range(MOST + 3)]
    assert set(desk.together(*writers)) == {None}
    assert max(map(len, desk.paper.durable)) == MOST
    assert sum(map(len, desk.paper.durable)) == MOST + 4


def test_who_wants_to_be_alone_finds_everything_committed() -> None:
    desk = Desk()
    seen: list[list[str]] = []

    def alone() -> None:
        with desk.commits.alone():
            seen.extend(desk.paper.durable)

    assert desk.together(alone) == [None, None]
    assert seen == [["first"]]
