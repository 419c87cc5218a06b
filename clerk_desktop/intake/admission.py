"""From a look at a scan folder to claimed files: rows in the ledger, leases, claims, and the reason for what waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from enum import Enum, auto

from clerk_desktop.intake.batches import Batch, batches
from clerk_desktop.intake.claim import Claimer
from clerk_desktop.intake.lease import Held
from clerk_desktop.intake.originals import Whereabouts, find_original
from clerk_desktop.intake.progress import Point, Witness
from clerk_desktop.intake.scan_folder import FolderWatch, Found, Timings
from clerk_desktop.intake.stability import Stamp
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.ids import FileId, new_key
from clerk_desktop.model.ledger import FileState, ScannedFile
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store

RETRY_SECONDS = 1.0


@dataclass(kw_only=True)
class Admitted:
    """What a pass over a folder did. ``waiting``: path and why it is not taken in yet; ``elsewhere``: files that
    another station has. ``soon``: seconds after which something more can be taken in, None when nothing is expected.
    """

    claimed: list[ScannedFile] = field(default_factory=list)
    waiting: list[tuple[str, RefusalReason]] = field(default_factory=list)
    elsewhere: int = 0
    soon: float | None = None

    def expect(self, seconds: float) -> None:
        """Note that a file can be taken in after so long."""
        self.soon = seconds if self.soon is None else min(self.soon, seconds)


class _Due(Enum):
    CLAIM = auto()
    SHOW = auto()


@dataclass(frozen=True, slots=True)
class _Plan:
    found: Found
    row: ScannedFile | None
    due: _Due
    reason: RefusalReason = RefusalReason.STILL_GROWING
    leader: Found | None = None


class Admission:
    """Takes in what came to rest. ``zone``: of the day a letter counts as received."""

    def __init__(self, store: Store, claimer: Claimer, zone: tzinfo, timings: Timings, witness: Witness) -> None:
        self._store = store
        self._claimer = claimer
        self._zone = zone
        self._timings = timings
        self._witness = witness

    def admit(self, watch: FolderWatch, at: float, now: datetime, horizon: float) -> Admitted:
        """Take in what can be taken in now. ``at``: monotonic seconds; only files first seen up to ``horizon`` are
        expected. Raises ``DiskFull`` and what else the store raises; what was done until then stays.
        """
        admitted = Admitted()
        self._refuse_links(watch, now)
        self._close_vanished(watch, at, now)
        for plan, file in self._entered(watch, self._planned(watch, at, now, horizon, admitted), now):
            if plan.due is _Due.CLAIM:
                self._witness.passed(Point.LEASED, file.file_id)
                self._claim(watch, plan.found, file, at, now, horizon, admitted)
        return admitted

    def _planned(self, watch: FolderWatch, at: float, now: datetime, horizon: float, admitted: Admitted) -> list[_Plan]:
        plans = []
        unknown = self._unknown(watch, at)
        rows = {found.inside: row for found, row, _ in unknown}
        alone = [Batch(files=(found,), ready_in=found.quiet_in) for found, _, entered in unknown if entered]
        for batch in [*alone, *batches(watch.folder, (found for found, _, entered in unknown if not entered), at)]:
            if batch.ready_in > 0:
                plans += self._waiting(batch, rows, at, horizon, admitted)
            elif any(watch.take(found, now) is Held.THEIRS for found in batch.files):
                admitted.elsewhere += len(batch.files)
                for found in batch.files:
                    self._leave_to_others(rows[found.inside], now)
            else:
                first, *later = batch.files
                plans.append(_Plan(first, rows[first.inside], _Due.CLAIM))
                plans += [_Plan(found, rows[found.inside], _Due.CLAIM, leader=first) for found in later]
        return plans

    def _waiting(
        self, batch: Batch, rows: Mapping[str, ScannedFile | None], at: float, horizon: float, admitted: Admitted
    ) -> list[_Plan]:
        """Note what a batch waits for; what waits for long gets a row, so that everybody sees it."""
        plans = []
        for found in batch.files:
            row = rows[found.inside]
            reason = RefusalReason.STILL_GROWING if found.quiet_in > 0 else batch.reason
            admitted.waiting.append((found.path, reason))
            patient = at - found.sight.first < self._timings.patience
            comes_soon = reason is RefusalReason.BATCH_OPEN or (patient and reason is RefusalReason.STILL_GROWING)
            if comes_soon and found.sight.first <= horizon:
                admitted.expect(batch.ready_in if batch.reason is not RefusalReason.INDEX_AWAITED else found.quiet_in)
            if patient:
                continue
            if row is None or row.refusal is not reason or not _fits(row, found.stamp):
                plans.append(_Plan(found, row, _Due.SHOW, reason))
        return plans

    def _unknown(self, watch: FolderWatch, at: float) -> list[tuple[Found, ScannedFile | None, bool]]:
        """Return the files that are not taken in yet, each with its row if it has one, and whether this row already
        says which batch it belongs to.
        """
        open_files = watch.open_files(at)
        if not open_files:
            return []
        unknown = []
        with self._store.read() as session:
            for found in open_files:
                row = _row(session, watch, found)
                if row is not None and row.state is not FileState.SEEN:
                    watch.deal_with(found)
                else:
                    in_batch = row is not None and (row.batch_of or session.ledger.batch(row.file_id))
                    unknown.append((found, row, bool(in_batch)))
        return unknown

    def _entered(self, watch: FolderWatch, plans: Sequence[_Plan], now: datetime) -> list[tuple[_Plan, ScannedFile]]:
        """Write the rows of all planned files in one transaction."""
        if not plans:
            return []
        entered, new = [], []
        leaders: dict[str, FileId] = {}
        with self._store.write() as session:
            for plan in plans:
                refusal = plan.reason if plan.due is _Due.SHOW else None
                stamp = plan.found.stamp
                if plan.row is None:
                    row = _new_row(watch, plan.found, refusal)
                    session.ledger.add(row)
                    new.append(row.file_id)
                elif _fits(plan.row, stamp) and plan.row.discarded_at is None and plan.due is _Due.CLAIM:
                    row = plan.row
                else:
                    row = session.ledger.update(
                        plan.row.file_id,
                        size=stamp.size,
                        modified_ns=stamp.modified_ns,
                        discarded_at=None,
                        refusal=refusal,
                    )
                leaders[plan.found.inside] = row.file_id
                if plan.leader is not None and row.batch_of is None:
                    row = session.ledger.update(row.file_id, batch_of=leaders[plan.leader.inside])
                entered.append((plan, row))
        for file_id in new:
            self._witness.passed(Point.SEEN, file_id)
        return entered

    def _claim(
        self,
        watch: FolderWatch,
        found: Found,
        file: ScannedFile,
        at: float,
        now: datetime,
        horizon: float,
        admitted: Admitted,
    ) -> None:
        rested = at - found.sight.since - self._timings.quiet
        try:
            day = file.seen_at.astimezone(self._zone).date()
            claimed = self._claimer.claim(file, day, now, must_look_complete=rested < self._timings.hint)
        except FileNotFoundError:
            return  # taken away between two looks; the next one tells
        except FileRefused as refused:
            self._wait(watch, found, file, refused.reason, at, admitted, expected=found.sight.first <= horizon)
            return
        watch.deal_with(found)
        admitted.claimed.append(claimed)

    def _wait(
        self,
        watch: FolderWatch,
        found: Found,
        file: ScannedFile,
        reason: RefusalReason,
        at: float,
        admitted: Admitted,
        *,
        expected: bool,
    ) -> None:
        age = at - found.sight.first
        for_good = reason in (RefusalReason.NOT_A_FILE, RefusalReason.TOO_LARGE) or (
            reason is RefusalReason.UNREADABLE and age >= self._timings.unreadable
        )
        with self._store.write() as session:
            if for_good:
                session.ledger.move(file.file_id, FileState.QUARANTINED, refusal=reason)
            elif file.refusal is not reason:
                session.ledger.update(file.file_id, refusal=reason)
        if for_good:
            watch.deal_with(found)
            self._witness.passed(Point.QUARANTINED, file.file_id)
            return
        admitted.waiting.append((found.path, reason))
        if expected and reason is RefusalReason.INCOMPLETE:
            admitted.expect(found.sight.since + self._timings.quiet + self._timings.hint - at)
        elif expected and age < self._timings.patience:
            admitted.expect(RETRY_SECONDS)

    def _leave_to_others(self, row: ScannedFile | None, now: datetime) -> None:
        """Take a file that another station has out of this station's account."""
        if row is not None and row.discarded_at is None:
            with self._store.write() as session:
                session.ledger.update(row.file_id, discarded_at=now)

    def _refuse_links(self, watch: FolderWatch, now: datetime) -> None:
        """Links and devices get a row, so that nobody wonders why they are not taken in. They are never opened."""
        unknown = []
        with self._store.read() as session:
            for path, stamp in watch.refused():
                name = _speakable(path)
                reason = RefusalReason.NOT_A_FILE if name == path else RefusalReason.BAD_NAME
                if session.ledger.lying_at(watch.folder.folder_id, name, stamp.size, stamp.modified_ns) is None:
                    unknown.append((name, stamp, reason))
        for name, stamp, reason in unknown:
            file = ScannedFile(
                file_id=FileId(new_key()),
                folder_id=watch.folder.folder_id,
                path=name,
                size=stamp.size,
                modified_ns=stamp.modified_ns,
                state=FileState.QUARANTINED,
                seen_at=now,
                refusal=reason,
            )
            with self._store.write() as session:
                session.ledger.add(file)
            self._witness.passed(Point.QUARANTINED, file.file_id)

    def _close_vanished(self, watch: FolderWatch, at: float, now: datetime) -> None:
        """Close the rows of files that were seen, never claimed, and renamed or settled by another station."""
        if not watch.listing.present:
            return
        with self._store.read() as session:
            rows = session.ledger.in_state(FileState.SEEN)
        for row in rows:
            inside = row.path.removeprefix(str(watch.root)).lstrip("/\\").replace("\\", "/")
            if row.folder_id != watch.folder.folder_id or row.discarded_at is not None:
                continue
            if inside in watch.listing.files:
                watch.reopen(inside)  # somebody wants it tried again
                watch.found_again(inside, row.file_id)
                continue
            original = find_original(watch.root, row, watch.listing.files)
            if original.whereabouts in (Whereabouts.RENAMED, Whereabouts.SETTLED):
                with self._store.write() as session:
                    session.ledger.update(row.file_id, discarded_at=now)
            elif original.whereabouts is Whereabouts.GONE:
                watch.miss(row.file_id, at)


def _row(session: Session, watch: FolderWatch, found: Found) -> ScannedFile | None:
    folder_id = watch.folder.folder_id
    row = session.ledger.lying_at(folder_id, found.path, found.stamp.size, found.stamp.modified_ns)
    if row is not None:
        return row
    # the same name looked different when it was entered: it was growing then, or it is another file
    newest = next(iter(session.ledger.open_at(folder_id, found.path)), None)
    growing = newest is not None and newest.state is FileState.SEEN and watch.may_be(found, newest.file_id)
    return newest if growing else None


def _new_row(watch: FolderWatch, found: Found, refusal: RefusalReason | None) -> ScannedFile:
    return ScannedFile(
        file_id=FileId(new_key()),
        folder_id=watch.folder.folder_id,
        path=found.path,
        size=found.stamp.size,
        modified_ns=found.stamp.modified_ns,
        state=FileState.SEEN,
        seen_at=found.sight.first_seen,
        refusal=refusal,
    )


def _fits(row: ScannedFile, stamp: Stamp) -> bool:
    return (row.size, row.modified_ns) == (stamp.size, stamp.modified_ns)


def _speakable(path: str) -> str:
    """Return a path that can be written down: a name that is no valid Unicode shows its odd bytes escaped."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
