"""One figure: ours beside a baseline, taken in turn so that a machine whose speed drifts treats both alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Ratio:
    """``ours`` and ``baseline`` are medians in ``unit``; ``ratio`` is the median of ours / baseline, pair by pair.

    Without a baseline on this machine the two others are no numbers (NaN).

    ``notes``: what else was found in the same run, in words.
    """

    name: str
    baseline_name: str
    goal: str
    ours: float
    baseline: float
    ratio: float
    unit: str = "s"
    notes: tuple[str, ...] = ()


def compare(
    name: str, goal: str, ours: Callable[[], object], baseline_name: str, baseline: Callable[[], object], pairs: int
) -> Ratio:
    """Run both in turn, ``pairs`` times."""
    taken = [(_seconds(ours), _seconds(baseline)) for _ in range(pairs)]
    return Ratio(
        name=name,
        baseline_name=baseline_name,
        goal=goal,
        ours=statistics.median(mine for mine, _ in taken),
        baseline=statistics.median(theirs for _, theirs in taken),
        ratio=statistics.median(mine / theirs for mine, theirs in taken),
    )


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
