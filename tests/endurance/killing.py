"""Kills a station's process in the middle of its work: after a random amount of work done, not of time passed.

So a slow machine kills as much in the middle as a fast one, and each life leaves something behind.
"""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from clerk_desktop.store.store import Store
from clerk_desktop.system.clock import SystemClock
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.unlock import unlock
from tests.cli.station import PASSPHRASE, Station
from tests.store.test_no_plain_text import NoKeyring

LOOK_SECONDS = 0.01
LONGEST_LIFE = 120.0
BIRTH_SECONDS = 2.0


@contextmanager
def store_of(station: Station) -> Iterator[Store]:
    """The store of a station, beside the processes that work on it."""
    key = unlock(Profile(station.home), PASSPHRASE, NoKeyring())
    with closing(Store.open(station.home, key, SystemClock())) as store:
        yield store


@dataclass(kw_only=True)
class Killer:
    """``done`` tells how much work was done so far, ``left`` how much there is; ``in_the_middle`` counts kills of a
    process that had begun to work and had not ended it. ``linger``: seconds at most from the last work to the kill.

    ``more`` makes work, that much at least, where this machine may do all that is left before the kill; how much it
    does beyond what was waited for, ``beyond``, shows with each kill.
    """

    station: Station
    done: Callable[[], int]
    left: Callable[[], int]
    more: Callable[[int], None]
    chance: random.Random
    linger: float = 3 * LOOK_SECONDS
    kills: int = 0
    in_the_middle: int = 0
    beyond: int = 0

    def kill_after(self, amount: int) -> None:
        """Let ``run`` live until it did so much work, a moment longer, and kill it; 0: kill it while it starts."""
        wanted = amount + 2 * self.beyond
        if self.left() <= wanted:
            self.more(wanted)
        before = self.done()
        with tempfile.TemporaryFile() as told:
            process = self.station.start("run", told=told)
            try:
                self._wait(process, before + amount, 0.0 if amount else self.chance.uniform(0, BIRTH_SECONDS))
                if process.poll() is not None:
                    told.seek(0)
                    raise AssertionError(f"it ended by itself with {process.returncode}: {told.read().decode()}")
            finally:
                process.kill()
                process.wait()
        self.kills += 1
        done = self.done() - before
        self.in_the_middle += self.left() > 0 and done > 0
        if amount:
            self.beyond = max(self.beyond, done - amount)

    def _wait(self, process: subprocess.Popen[bytes], until: int, longer: float) -> None:
        """Look again and again; ends early when nothing is left to be done."""
        waited = 0.0
        while self.done() < until and self.left() > 0 and waited < LONGEST_LIFE:
            waited += _passes(process, LOOK_SECONDS)
        _passes(process, longer or self.chance.uniform(0, self.linger))


def _passes(process: subprocess.Popen[bytes], seconds: float) -> float:
    """Let time pass in which the process may end."""
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return seconds
    return LONGEST_LIFE
