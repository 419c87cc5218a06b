"""Answers come in order, some of them ahead; errors come where they belong; stopping early ends the asking."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from clerk_desktop.backend.ahead import NAME, Ahead
from clerk_desktop.model.errors import ServerUnreachable
from tests.workers.processes import wait_until

A_MOMENT = 0.2


def one(_: int) -> int:
    return 1


def test_answers_come_in_order() -> None:
    with Ahead(range(100), 7, one) as answers:
        assert list(answers) == list(range(100))


def test_the_next_answer_is_asked_for_while_one_is_worked_on() -> None:
    second = threading.Event()

    def numbers() -> Iterator[int]:
        for number in range(3):
            if number == 1:
                second.set()
            yield number

    with Ahead(numbers(), 1, one) as answers:
        for answer in answers:
            if answer == 0:
                assert second.wait(60)


@pytest.mark.parametrize(("room", "ready"), [(0, 1), (1, 1), (5, 2), (9, 3)])
def test_no_more_is_kept_ready_than_there_is_room_for(room: int, ready: int) -> None:
    asked = list[int]()
    sizes = {1: 3, 2: 2, 3: 4, 4: 9}

    def numbers() -> Iterator[int]:
        for number in sizes:
            asked.append(number)
            yield number

    with Ahead(numbers(), room, sizes.__getitem__) as answers:
        wait_until(lambda: len(asked) > ready)
        threading.Event().wait(A_MOMENT)  # in which one that knows no room asks for all
        assert len(asked) == ready + 1  # the last one waits for room
        assert list(answers) == list(sizes)


def test_an_answer_is_at_hand_once_it_came() -> None:
    go_on = threading.Event()

    def numbers() -> Iterator[int]:
        yield 1
        assert go_on.wait(60)
        yield 2

    with Ahead(numbers(), 9, one) as answers:
        left = iter(answers)
        assert next(left) == 1
        assert not answers.at_hand()
        go_on.set()
        wait_until(answers.at_hand)
        assert list(left) == [2]
        assert not answers.at_hand()


def test_what_came_before_a_broken_line_is_not_lost() -> None:
    seen = []
    with pytest.raises(ServerUnreachable), Ahead(_broken(), 9, one) as answers:
        for answer in answers:
            seen.append(answer)
    assert seen == [1]


@pytest.mark.parametrize("room", [0, 10_000])
def test_who_stops_early_leaves_nobody_asking(room: int) -> None:
    asked = []

    def numbers() -> Iterator[int]:
        for number in range(1_000_000):
            asked.append(number)
            yield number

    with Ahead(numbers(), room, one) as answers:
        assert next(iter(answers)) == 0
    assert len(asked) < 1_000_000
    assert NAME not in {thread.name for thread in threading.enumerate()}


def _broken() -> Iterator[int]:
    yield 1
    raise ServerUnreachable
