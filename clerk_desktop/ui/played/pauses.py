"""Keeps the pauses of a window that was played, and tells those in which it worked itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from clerk_desktop.ui.heartbeat import STALL_SECONDS, Stall

FILE_NAME = "stalls.txt"
MOST_PLACES = 8
WAITING = frozenset(("backend", "scanners", "store", "sync", "workers"))
"""Rooms that answer when a network, a disk, a device or another process does: nothing for the thread of a window."""
OURS = re.compile(r'clerk_desktop[/\\](\S+\.py)", line (\d+), in (\S+)')


def keep_pauses(stalls: Sequence[Stall], folder: Path) -> str:
    """Write every pause with its stack to ``stalls.txt`` and return one line: how many were work, and where most were.

    A busy machine makes a window wait thousands of times; only where its thread worked more than 50 ms it is to blame.
    """
    told = [f"{each.seconds:.3f} s, {each.worked:.3f} s of it work\n{each.stack}" for each in stalls]
    (folder / FILE_NAME).write_text("\n".join(told), encoding="utf-8")
    places = Counter(_place(each.stack) for each in worked(stalls))
    said = (
        f"{places.total()} of {len(stalls)} pauses were work of more than {STALL_SECONDS * 1000:.0f} ms ({FILE_NAME})"
    )
    where = ", ".join(f"{place} {times}x" for place, times in places.most_common(MOST_PLACES))
    return f"{said}: {where}" if where else said


def worked(stalls: Sequence[Stall]) -> tuple[Stall, ...]:
    """Return those in which the window's thread worked for more than 50 ms."""
    return tuple(each for each in stalls if each.worked > STALL_SECONDS)


def waited(stalls: Sequence[Stall]) -> tuple[Stall, ...]:
    """Return those in which the window's thread stood where a server, the store or another process is waited for.

    However slow the machine is, it has no business there.
    """
    return tuple(each for each in stalls if WAITING.intersection(path[0] for path in _paths(each.stack)))


def _paths(stack: str) -> Iterator[tuple[str, ...]]:
    """Return each line's file below the package, room by room."""
    return (tuple(re.split(r"[/\\]", path)) for path, _, _ in OURS.findall(stack))


def _place(stack: str) -> str:
    """Return the innermost line of ours, or what is known of a pause in which nobody looked."""
    found = OURS.findall(stack)
    return "{}:{} {}".format(*found[-1]) if found else "in Qt"
