"""Keeps two stations on one scan folder apart: who takes a letter says so in a file beside it.

``scan.pdf.clerk-lease-1`` is created exclusively, which is atomic on local disks and on shares; the scan itself is
never renamed. A lease lasts until its original is settled. A station is alive while the counter in its
``.clerk-alive-<station>`` moves; one whose counter stood still for ``dead_after``, by the watching station's own
observation, is dead and its leases are taken over: the next number is created exclusively (``…-lease-2``), so that of
two heirs only one wins and an heir that wakes up late meets the file. The highest number holds.

No clock of another machine is trusted. The own one is, for the length of an interval: should it jump, a living
station is taken for dead and letters are worked on twice, which the derived ids (``identity.py``) make harmless. The
same holds for a folder that cannot be written to: its letters are taken without a lease.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path

from clerk_desktop.intake.identity import NANOSECONDS
from clerk_desktop.intake.ignored import ALIVE_MARK, LEASE_MARK
from clerk_desktop.intake.stability import Stamp

BEAT_EVERY = timedelta(seconds=15)
DEAD_AFTER = timedelta(seconds=120)
LARGEST = 64 * 1024  # bytes of a file of ours; more is none
GENERATIONS = 1_000
NEW = ".new"


class Held(Enum):
    """Who has a letter."""

    OURS = "ours"
    THEIRS = "theirs"
    UNGUARDED = "unguarded"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lease:
    """What a lease says. Modification time in whole seconds, because shares differ in the fractions they keep."""

    station: str
    size: int
    modified_s: int

    @classmethod
    def of(cls, station: str, stamp: Stamp) -> Lease:
        """Return the lease of a station on a file as it looks."""
        return cls(station=station, size=stamp.size, modified_s=stamp.modified_ns // NANOSECONDS)

    def is_about(self, other: Lease) -> bool:
        """Tell whether both are about the same file, not one of the same name that came before."""
        return (self.size, self.modified_s) == (other.size, other.modified_s)


@dataclass(frozen=True, slots=True)
class _Observed:
    token: str
    since: datetime


class Leases:
    """The leases of one station in one scan folder."""

    def __init__(self, folder: Path, station: str, *, dead_after: timedelta = DEAD_AFTER) -> None:
        self._folder = folder
        self._station = station
        self._dead_after = dead_after
        self._beat = 0
        self._beaten_at: datetime | None = None
        self._observed: dict[str, _Observed] = {}

    def beat(self, now: datetime) -> None:
        """Show that this station is alive and note whether the others are. Cheap: does something every 15 seconds."""
        if self._beaten_at is not None and timedelta() <= now - self._beaten_at < BEAT_EVERY:
            return
        first = self._beaten_at is None
        self._beaten_at = now
        with contextlib.suppress(OSError):
            own = self._folder / f"{ALIVE_MARK}{self._station}"
            if first:
                self._remember(own)
            self._beat += 1
            for other in self._folder.glob(f"{ALIVE_MARK}*"):
                if other != own and not other.name.endswith(NEW):
                    self._note(other.name.removeprefix(ALIVE_MARK), str(_read(other).get("beat")), now)
            _write(own, self._state())

    def take(self, path: str, stamp: Stamp, now: datetime) -> Held:
        """Take a letter (path relative to the folder), or learn that another station has it."""
        mine = Lease.of(self._station, stamp)
        for generation in range(1, GENERATIONS):
            place = self._place(path, generation)
            try:
                _create(place, mine)
            except FileExistsError:
                lease = _lease(place)
            except OSError:
                return Held.UNGUARDED  # read-only, or the name would be too long
            else:
                return Held.OURS
            if self._place(path, generation + 1).exists():
                continue
            if lease == mine:
                return Held.OURS
            if not self._is_over(lease, mine, f"{path}#{generation}", now):
                return Held.THEIRS
        return Held.THEIRS

    def release(self, path: str) -> None:
        """Remove the leases on a letter that is no longer there."""
        generation = 1
        while generation < GENERATIONS and self._place(path, generation).exists():
            generation += 1
        with contextlib.suppress(OSError):
            for number in range(generation - 1, 0, -1):
                self._place(path, number).unlink(missing_ok=True)

    def sweep(self, leases: Iterable[str], files: Iterable[str], now: datetime) -> None:
        """Remove leases (paths relative to the folder) without their original, when nobody alive holds them."""
        there = set(files)
        for lease in leases:
            original = lease.rpartition(LEASE_MARK)[0]
            if original in there:
                continue
            holder = _lease(self._folder / lease)
            if holder is None or holder.station == self._station or self._is_dead(holder.station, now):
                with contextlib.suppress(OSError):
                    if not (self._folder / original).exists():
                        (self._folder / lease).unlink(missing_ok=True)

    def _place(self, path: str, generation: int) -> Path:
        return self._folder / f"{path}{LEASE_MARK}{generation}"

    def _is_over(self, lease: Lease | None, mine: Lease, key: str, now: datetime) -> bool:
        if lease is None:  # just created and not yet written, or its writer died in between
            self._note(key, "", now)
            return self._is_dead(key, now)
        if lease.station == self._station or not lease.is_about(mine):
            return True
        return self._is_dead(lease.station, now)

    def _is_dead(self, station: str, now: datetime) -> bool:
        observed = self._observed.get(station)
        if observed is None:
            self._note(station, "", now)
            return False
        return now - observed.since >= self._dead_after

    def _note(self, key: str, token: str, now: datetime) -> None:
        known = self._observed.get(key)
        if known is None or known.token != token or now < known.since:
            self._observed[key] = _Observed(token, now)

    def _state(self) -> dict[str, object]:
        seen = {key: [observed.token, observed.since.isoformat()] for key, observed in self._observed.items()}
        return {"beat": self._beat, "seen": seen}

    def _remember(self, own: Path) -> None:
        """Take up what this station saw before it was started again: a pass by the clock must be able to inherit."""
        state = _read(own)
        beat, seen = state.get("beat"), state.get("seen")
        self._beat = beat if isinstance(beat, int) else 0
        if isinstance(seen, dict):
            for key, value in seen.items():
                with contextlib.suppress(ValueError, TypeError):
                    token, since = value
                    self._observed.setdefault(key, _Observed(str(token), datetime.fromisoformat(since)))


def _create(place: Path, lease: Lease) -> None:
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"station": lease.station, "size": lease.size, "modified": lease.modified_s}, file)


def _lease(place: Path) -> Lease | None:
    content = _read(place)
    station, size, modified = content.get("station"), content.get("size"), content.get("modified")
    if isinstance(station, str) and isinstance(size, int) and isinstance(modified, int):
        return Lease(station=station, size=size, modified_s=modified)
    return None


def _write(place: Path, content: dict[str, object]) -> None:
    beside = place.with_name(f"{place.name}{NEW}")
    beside.write_text(json.dumps(content), encoding="utf-8")
    beside.replace(place)


def _read(place: Path) -> dict[str, object]:
    """Return what a file of ours says; nothing when it is not there, not ours or half written."""
    try:
        with place.open("rb") as file:
            content = json.loads(file.read(LARGEST))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
