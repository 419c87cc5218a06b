"""What is done with a long list, the same for ours and for the bare one: jumps and pages, a sort, a word typed.

Every figure is a pair of seconds: until it is painted, and the longest time in between in which no event was handled.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QTableView

JUMPS, PAGES = 150, 150
COLUMNS = (1, 4)
"""Subject, deadline."""
WORD = "brandt 77"
MOST = 0.95
PATIENCE = 30.0
Settled = Callable[[], bool]


def scrolled(view: QTableView) -> tuple[float, float]:
    """Jump all over the list and turn pages; returns the frame time that 95 % keep, and the longest."""
    dice, bar = random.Random(7), view.verticalScrollBar()  # noqa: S311 - places on a scroll bar
    rows = view.model().rowCount()
    stops = [dice.randrange(rows) for _ in range(JUMPS)]
    begin = dice.randrange(max(1, rows // 2))
    stops += [begin + page * bar.pageStep() for page in range(PAGES)]
    frames = []
    for stop in stops:
        began = time.perf_counter()
        bar.setValue(min(stop, bar.maximum()))
        view.viewport().repaint()
        frames.append(time.perf_counter() - began)
    frames.sort()
    return frames[int(len(frames) * MOST)], frames[-1]


def sorted_anew(view: QTableView, settled: Settled) -> tuple[float, float]:
    """Sort by two columns, each in both directions; returns the longest time until painted."""
    taken = []
    for column in COLUMNS:
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            taken.append(_painted(view, lambda column=column, order=order: view.sortByColumn(column, order), settled))  # type: ignore[misc]
    return max(whole for whole, _ in taken), max(stall for _, stall in taken)


def typed(view: QTableView, put: Callable[[str], None], settled: Settled) -> tuple[float, float]:
    """Type a word letter by letter and take it away; returns the time from the first letter to the painted hits."""

    def write() -> None:
        for end in range(1, len(WORD) + 1):
            put(WORD[:end])
            QCoreApplication.processEvents()

    found = _painted(view, write, settled)
    cleared = _painted(view, lambda: put(""), settled)
    return found[0], max(found[1], cleared[1])


def _painted(view: QTableView, act: Callable[[], None], settled: Settled) -> tuple[float, float]:
    began = turn = time.perf_counter()
    act()
    longest = time.perf_counter() - turn
    while not settled():
        if time.perf_counter() - began > PATIENCE:
            raise RuntimeError("the list never settled")
        turn = time.perf_counter()
        QCoreApplication.processEvents()
        longest = max(longest, time.perf_counter() - turn)
    turn = time.perf_counter()
    view.viewport().repaint()
    now = time.perf_counter()
    return now - began, max(longest, now - turn)
