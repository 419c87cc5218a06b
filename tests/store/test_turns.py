"""Writers come in the order in which they asked; one that waits in vain leaves the line to the others."""

from __future__ import annotations

import math
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from clerk_desktop.model.errors import StoreBusy
from clerk_desktop.store.turns import Turns
from tests.workers.processes import wait_until

LONG = 60.0


def test_turns_are_taken_in_order_also_by_who_comes_back_at_once() -> None:
    turns, order = Turns(), list[int]()

    def take(number: int) -> None:
        with turns.taken(LONG):
            order.append(number)

    with ThreadPoolExecutor(3) as threads:
        with turns.taken(LONG):
            for number in range(3):
                threads.submit(take, number)
                wait_until(lambda expected=number + 1: turns.waiting() == expected)  # type: ignore[misc]
        take(3)
    assert order == [0, 1, 2, 3]
    assert turns.waiting() == 0


def test_who_waits_in_vain_is_told_and_holds_up_nobody() -> None:
    turns, held, over = Turns(), threading.Event(), threading.Event()

    def hold() -> None:
        with turns.taken(LONG):
            held.set()
            assert over.wait(LONG)

    with ThreadPoolExecutor(1) as threads:
        holding = threads.submit(hold)
        assert held.wait(LONG)
        with pytest.raises(StoreBusy), turns.taken(0.01):
            pass
        assert turns.waiting() == 0
        over.set()
        holding.result()
    with turns.taken(0.01):
        pass


def test_whose_wait_breaks_off_holds_up_nobody_behind() -> None:
    turns, reached = Turns(), threading.Event()

    def take() -> None:
        with turns.taken(LONG):
            reached.set()

    with ThreadPoolExecutor(1) as threads:
        with turns.taken(LONG):
            # no lock waits for ever with a bound: this wait raises, as one that is interrupted does
            with pytest.raises(OverflowError), turns.taken(math.inf):
                pass
            taking = threads.submit(take)
            wait_until(lambda: turns.waiting() == 1)
        taking.result()
    assert reached.is_set()
    with turns.taken(0.01):
        pass
