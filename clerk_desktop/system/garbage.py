"""Python's search for reference cycles: not while the window starts, and afterwards only in what came since.

A start makes nearly nothing but what stays; looking through all of it again and again is a tenth of its time, and later
a pause that a clerk feels.
"""

from __future__ import annotations

import gc


def hold_back() -> None:
    """Search no more until ``look_at_new``."""
    gc.disable()


def look_at_new() -> None:
    """Search again, passing over everything that is there by now."""
    gc.freeze()
    gc.enable()


def look_at_all() -> None:
    """Search everything again: what is closed now may be garbage."""
    gc.unfreeze()
    gc.enable()
