"""Moves originals out of the scan folder once the server surely has them, and deletes them when their time is over.

Runs after every sync. An original goes to ``erledigt/YYYY-MM-DD/`` beside the others of that day; nothing is ever
overwritten, and nothing is moved or deleted that is not, byte for byte, the file that was confirmed. The
age of an original is counted from pass to pass: a clock that is set ahead makes nothing older by more than some days.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path

from clerk_desktop.intake.folder import rescan
from clerk_desktop.intake.ignored import SETTLED_FOLDER
from clerk_desktop.intake.lease import Leases
from clerk_desktop.intake.originals import Whereabouts, counted, find_original, relative, sha256_of
from clerk_desktop.intake.progress import Point, Witness
from clerk_desktop.model.counted_time import CountedTime
from clerk_desktop.model.ledger import FileState, ScanFolder, ScannedFile
from clerk_desktop.model.transfer_note import Treatment
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store

KEPT_EVERY = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class SettleReport:
    """What was settled; paths. ``stuck``: could not be moved and stays (read-only folder, open elsewhere, absent);
    ``gone``: confirmed, but somebody else took the original away; ``purged``: deleted after their time.
    """

    settled: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    purged: tuple[str, ...] = ()


class Settler:
    """Settles the originals of one profile. ``zone``: of the day that names the folder."""

    def __init__(self, store: Store, station: str, zone: tzinfo, witness: Witness) -> None:
        self._store = store
        self._station = station
        self._zone = zone
        self._witness = witness

    def run_once(self, now: datetime) -> SettleReport:
        """Settle what is confirmed, then delete what is over its time."""
        with self._store.read() as session:
            folders = {folder.folder_id: folder for folder in session.folders.all()}
            files = session.ledger.unsettled_confirmed()
        counted = self._counted(now)
        settled: list[str] = []
        stuck: list[str] = []
        gone: list[str] = []
        for file in files:
            folder = folders.get(file.folder_id)
            place = self._settle(Path(folder.path), file, now, counted) if folder is not None else None
            if place is None:
                stuck.append(file.path)
            else:
                (settled if place else gone).append(file.path)
        purged = [path for folder in folders.values() for path in self._purge(folder, now, counted)]
        return SettleReport(settled=tuple(settled), stuck=tuple(stuck), gone=tuple(gone), purged=tuple(purged))

    def _counted(self, now: datetime) -> datetime:
        """Return the counted time, kept once an hour and whenever the clock was set."""
        with self._store.read() as session:
            before = session.counted_time.latest()
        counted = before.at(now) if before is not None else CountedTime(clock_at=now, counted_at=now)
        if before is None or not timedelta() <= now - before.clock_at < KEPT_EVERY:
            with self._store.write() as session:
                session.counted_time.keep(counted)
        return counted.counted_at

    def _settle(self, folder: Path, file: ScannedFile, now: datetime, counted: datetime) -> str | None:
        """Settle one file: where it lies now, "" when it is no longer there, None when it stays for now."""
        original = find_original(folder, file)
        try:
            if original.whereabouts is Whereabouts.UNKNOWN:
                return None
            path = str(original.path) if original.whereabouts is Whereabouts.SETTLED else ""
            if original.whereabouts is Whereabouts.IN_PLACE and sha256_of(Path(file.path)) == file.source_sha256:
                day = self._day_of(now)
                path = str(_move(Path(file.path), folder / SETTLED_FOLDER / day.isoformat() / relative(folder, file)))
                self._witness.passed(Point.MOVED, file.file_id)
        except OSError:
            return None
        with self._store.write() as session:
            session.ledger.update(file.file_id, settled_at=now, settled_path=path)
            session.counted_time.settle(file.file_id, counted)
        inside = relative(folder, file).as_posix()
        Leases(folder, self._station).release(inside)
        self._witness.passed(Point.SETTLED, file.file_id)
        return path

    def _purge(self, folder: ScanFolder, now: datetime, counted: datetime) -> Iterator[str]:
        """Delete settled originals over their time: only those that the ledger knows as confirmed and settled there."""
        if folder.keep_originals_days is None:
            return
        base = Path(folder.path) / SETTLED_FOLDER
        keep = timedelta(days=folder.keep_originals_days)
        newest, newest_counted = self._day_of(now) - keep, self._day_of(counted) - keep
        with contextlib.suppress(OSError):
            for day in sorted(base.iterdir()):
                if _day(day.name) is None or (_day(day.name) or date.max) > newest:
                    continue
                for name in rescan(day).files:
                    if self._is_settled_here(day / name, newest_counted):
                        (day / name).unlink()
                        yield str(day / name)
                _remove_empty(day)

    def _day_of(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()

    def _is_settled_here(self, place: Path, newest: date) -> bool:
        """Tell whether a file is an original that was settled there, by the counted time up to that day."""
        with self._store.read() as session:
            known = [
                file.source_sha256
                for file in session.ledger.settled_as(str(place))
                if file.state is FileState.CONFIRMED
                and file.settled_at is not None
                and self._day_of(session.counted_time.settled(file.file_id) or file.settled_at) <= newest
                and not _is_only_original(session, file)
            ]
        return bool(known) and sha256_of(place) in known  # what stays is not read at each pass


def _is_only_original(session: Session, file: ScannedFile) -> bool:
    """Tell whether the server has another form of it, PDF/A: then the original is kept whatever its age."""
    parts = session.ledger.parts(file.batch_of or file.file_id)
    notes = [note for part in parts for note in session.notes.of_document(part.document_id)]
    return any(Treatment.PDF_A in sealed.note.treatments for sealed in notes)


def _move(source: Path, wanted: Path) -> Path:
    """Move a file to a free name, never over another one. Raises ``OSError``."""
    wanted.parent.mkdir(parents=True, exist_ok=True)
    for target in counted(wanted):
        try:
            _move_to_free(source, target)
        except FileExistsError:
            if target.stat().st_size == 0 and source.stat().st_size > 0:
                source.replace(target)  # the name was only reserved, by a move that was cut short
                return target
            continue
        return target
    raise FileExistsError(str(wanted))


def _move_to_free(source: Path, target: Path) -> None:
    """Move unless the name is taken. POSIX renames over what is there, so a link or a reserved name must refuse."""
    if os.name == "nt":
        source.rename(target)
        return
    try:
        os.link(source, target)
    except FileExistsError:
        if not source.samefile(target):  # else: cut short between link and unlink
            raise
    except OSError:  # a share without hard links
        target.touch(exist_ok=False)
        source.replace(target)
        return
    source.unlink()


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None


def _remove_empty(folder: Path) -> None:
    for place, _, _ in sorted(os.walk(folder), reverse=True):
        with contextlib.suppress(OSError):  # not empty
            Path(place).rmdir()
