"""Somebody sets the clock of a running station, or a time server corrects it. Run as a program, this file is the
program with a wall clock that is off by the seconds in a file, asked for anew whenever the program asks for the time.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from clerk_desktop.cli.main import main
from clerk_desktop.system.clock import SystemClock
from tests.faults.disaster import Ground

TOLD = "die Uhr springt, um eine Stunde bis zu zehn Jahre, vor oder zurück"
OFF = "CLERK_TEST_CLOCK_OFF"
PROGRAM = (sys.executable, "-m", "tests.faults.clock_jump")
JUMPS = tuple(sign * timedelta(hours=hours) for hours in (1, 24 * 40, 24 * 3650) for sign in (1, -1))


class ClockThatIsOff(SystemClock):
    """``off``: a file with the seconds."""

    def __init__(self, off: Path) -> None:
        self._off = off

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=float(self._off.read_text()))


@contextmanager
def strike(ground: Ground) -> Iterator[Callable[[], int]]:
    """Set the clock wrong, and right again at the end: two jumps for whoever works meanwhile."""
    set_to(ground.off, ground.chance.choice(JUMPS))
    try:
        yield lambda: 1
    finally:
        set_to(ground.off, timedelta())


def set_to(off: Path, by: timedelta) -> None:
    """Make the clock differ by so much from what is right."""
    new = off.with_suffix(".new")
    new.write_text(str(by.total_seconds()))
    new.replace(off)


if __name__ == "__main__":
    sys.exit(main(clock=ClockThatIsOff(Path(os.environ[OFF]))))
