"""Python's search for reference cycles: not while the window starts, and afterwards only in what came since.

A start makes nearly nothing but what stays; looking through all of it again and again is a tenth of its time, and later
a pause that a clerk feels. What is young is searched all the time, in a few thousand objects; the search through
everything can be left to whoever knows when nobody waits.
"""

from __future__ import annotations

import gc

ORDINARY = gc.get_threshold()
NEVER = 1_000_000_000
DUE = ORDINARY[2]
"""Searches among what is young since the last one through everything: so many are enough for Python itself too."""
OVERDUE = 20 * DUE
"""So many that the next rest is not waited for: more than a million objects came that nobody looked at."""


def hold_back() -> None:
    """Search no more until ``look_at_new``."""
    gc.disable()


def look_at_new() -> None:
    """Search again, passing over everything that is there by now."""
    gc.freeze()
    gc.enable()


def look_when_told() -> None:
    """Search through everything only in ``look``; what is young is searched as ever."""
    gc.set_threshold(ORDINARY[0], ORDINARY[1], NEVER)


def is_due() -> bool:
    """Whether enough came since the last search through everything for another one."""
    return gc.get_count()[2] >= DUE


def is_overdue() -> bool:
    """Whether so much came that the search is worth a pause."""
    return gc.get_count()[2] >= OVERDUE


def look() -> None:
    """Search through everything but what is passed over, now and in this thread."""
    gc.collect()


def look_at_all() -> None:
    """Search everything again, whenever Python likes: what is closed now may be garbage."""
    gc.unfreeze()
    gc.set_threshold(*ORDINARY)
    gc.enable()
