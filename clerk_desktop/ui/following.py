"""Where the rows of a list went when it was read anew. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def follow(before: Sequence[T], after: Sequence[T], row: int) -> int:
    """Return the row in ``after`` of what stood in ``row`` of ``before``; where it is gone, the row of the nearest that
    stood below it, else above it. -1 where nothing of it is left to follow.
    """
    if not 0 <= row < len(before):
        return -1
    try:
        return after.index(before[row])
    except ValueError:
        left = {key: number for number, key in enumerate(after)}
    below = next((left[key] for key in before[row + 1 :] if key in left), None)
    if below is not None:
        return below
    return next((left[key] for key in reversed(before[:row]) if key in left), -1)
