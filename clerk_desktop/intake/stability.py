"""Decides from looks at a folder which files have come to rest. Pure: reads no clock and no file.

A file is *quiet* when size and modification time stayed the same for the quiet time (``paper-intake.md`` section 4).
Time is the caller's monotonic clock in seconds: modification times come from other machines' clocks and are only
compared with themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

QUIET_SECONDS = 3.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Stamp:
    """How a file looks in a listing: size in bytes, modification time in nanoseconds since 1970."""

    size: int
    modified_ns: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Sight:
    """A file as followed over time. ``first`` and ``since`` are monotonic seconds; ``first_seen`` is aware, UTC.

    ``since``: unchanged from then on. ``changes``: how often it looked different from the look before.
    """

    stamp: Stamp
    first: float
    first_seen: datetime
    since: float
    changes: int = 0


class StabilityTracker:
    """Follows the files of one folder."""

    def __init__(self, quiet_seconds: float = QUIET_SECONDS) -> None:
        self._quiet_seconds = quiet_seconds
        self._sights: dict[str, Sight] = {}

    def observe(self, stamps: Mapping[str, Stamp], at: float, now: datetime) -> None:
        """Take in a complete listing: what is no longer in it is forgotten."""
        sights: dict[str, Sight] = {}
        for path, stamp in stamps.items():
            known = self._sights.get(path)
            if known is None:
                sights[path] = Sight(stamp=stamp, first=at, first_seen=now, since=at)
            elif known.stamp != stamp:
                sights[path] = replace(known, stamp=stamp, since=at, changes=known.changes + 1)
            else:
                sights[path] = known
        self._sights = sights

    def forget(self, path: str) -> None:
        """Begin anew with a path: what lies there now is another file."""
        self._sights.pop(path, None)

    def sight(self, path: str) -> Sight:
        """Return what is known of a file of the last listing. Raises ``KeyError`` for any other."""
        return self._sights[path]

    def is_quiet(self, path: str, at: float) -> bool:
        """Tell whether the file has been the same for the quiet time."""
        return self.quiet_in(path, at) <= 0

    def quiet_in(self, path: str, at: float) -> float:
        """Return the seconds after which the file is quiet if nothing more happens to it; 0 or less: it is."""
        return self._sights[path].since + self._quiet_seconds - at
