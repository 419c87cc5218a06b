"""Follows one scan folder from pass to pass: which files lie there, which came to rest, which are ours to take.

Combines the listing (``folder.py``), the quiet time (``stability.py``) and the leases (``lease.py``). Asks the ledger
only about files it has not asked about before, so that a folder full of old files costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from clerk_desktop.intake.folder import Listing, rescan
from clerk_desktop.intake.lease import Held, Leases
from clerk_desktop.intake.stability import QUIET_SECONDS, Sight, StabilityTracker, Stamp
from clerk_desktop.model.ids import FileId
from clerk_desktop.model.ledger import ScanFolder


@dataclass(frozen=True, kw_only=True, slots=True)
class Timings:
    """Seconds. ``quiet``: unchanged for so long is at rest. ``hint``: so much longer a file may lack its ending.
    ``patience``: from then on a file that is not at rest is in the ledger, and no single pass waits for it.
    ``unreadable``: so long an unreadable file is tried again (virus scanners open new files).
    """

    quiet: float = QUIET_SECONDS
    hint: float = 10.0
    patience: float = 10.0
    unreadable: float = 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A file in the folder. ``path`` is absolute, ``inside`` relative to the folder, with ``/``."""

    path: str
    inside: str
    stamp: Stamp
    sight: Sight
    quiet_in: float


class FolderWatch:
    """One scan folder of this station."""

    def __init__(self, folder: ScanFolder, station: str, timings: Timings) -> None:
        self.folder = folder
        self.root = Path(folder.path)
        self.listing = Listing(present=False)
        self._leases = Leases(self.root, station)
        self._tracker = StabilityTracker(timings.quiet)
        self._settled: dict[str, Stamp] = {}
        self._patience = timings.patience
        self._missed: dict[FileId, float] = {}

    def look(self, at: float, now: datetime) -> None:
        """List the folder. ``at``: monotonic seconds. An absent folder changes nothing."""
        listing = rescan(self.root)
        self.listing = listing
        if listing.present:
            for path, stamp in tuple(self._settled.items()):
                if listing.files.get(path) != stamp:
                    self._tracker.forget(path)  # a name used again is another file, with a day of receipt of its own
                    del self._settled[path]
            self._tracker.observe({**listing.files, **listing.refused}, at, now)
            self._leases.beat(now)
            self._leases.sweep(listing.leases, listing.files, now)

    def beat(self, now: datetime) -> None:
        """Show the other stations that this one is alive."""
        if self.listing.present:
            self._leases.beat(now)

    def open_files(self, at: float) -> tuple[Found, ...]:
        """Return the files that are not dealt with yet, oldest first, whether at rest or not."""
        if not self.listing.present:
            return ()
        found = [
            Found(
                path=str(self.root / inside),
                inside=inside,
                stamp=stamp,
                sight=self._tracker.sight(inside),
                quiet_in=self._tracker.quiet_in(inside, at),
            )
            for inside, stamp in self.listing.files.items()
            if self._settled.get(inside) != stamp
        ]
        return tuple(sorted(found, key=lambda file: (file.stamp.modified_ns, file.inside)))

    def refused(self) -> tuple[tuple[str, Stamp], ...]:
        """Return what lies there and is no file: absolute path and stamp."""
        return tuple((str(self.root / inside), stamp) for inside, stamp in self.listing.refused.items())

    def take(self, found: Found, now: datetime) -> Held:
        """Take the lease on a file."""
        return self._leases.take(found.inside, found.stamp, now)

    def reopen(self, inside: str) -> None:
        """Ask about a file again."""
        self._settled.pop(inside, None)

    def miss(self, file_id: FileId, at: float) -> None:
        """Note that a file which was seen once is not there. ``at``: monotonic seconds."""
        self._missed.setdefault(file_id, at)

    def found_again(self, inside: str, file_id: FileId) -> None:
        """Note that a file lies there, maybe after it was not: a scanner that took it away for a moment may do so
        again, whenever that is.
        """
        missed = self._missed.get(file_id)
        if missed is not None and self._tracker.sight(inside).first - missed < self._patience:
            del self._missed[file_id]

    def may_be(self, found: Found, file_id: FileId) -> bool:
        """Tell whether a file may be the one that was seen under its name before: scanners write a file anew page by
        page, but none takes it away for long.
        """
        missed = self._missed.get(file_id)
        return missed is None or found.sight.first - missed < self._patience

    def deal_with(self, found: Found) -> None:
        """Ask no more about this file as long as it stays the same."""
        self._settled[found.inside] = found.stamp
