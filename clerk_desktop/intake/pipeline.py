"""Brings scanned letters from the scan folders into the outbox, pass by pass; each step is taken up again after a
crash, because the ledger alone says where a file stands.

======== ========================================== ==============
from     step                                       to
======== ========================================== ==============
(folder) came to rest, leased (``admission.py``)    seen
seen     copied into the store (``claim.py``)       claimed
claimed  checked, read, cut (``understand.py``)     understood
claimed  refused                                    quarantined
underst. what is to be sent (``entering.py``)       queued
======== ========================================== ==============

Knows no network: sync takes it from ``queued`` to ``confirmed``, then ``settle.py`` moves the original.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from clerk_desktop.intake.admission import Admission, Admitted
from clerk_desktop.intake.attention import Attention
from clerk_desktop.intake.claim import Claimer
from clerk_desktop.intake.entering import enter_documents, enter_outbox
from clerk_desktop.intake.holding import hold_a_copy, hold_a_twin
from clerk_desktop.intake.noting import Notary
from clerk_desktop.intake.numbers import NumberIndex
from clerk_desktop.intake.progress import LoggingWitness, Point, Witness
from clerk_desktop.intake.safety import Opener, open_exclusively
from clerk_desktop.intake.scan_folder import FolderWatch, Timings
from clerk_desktop.intake.scans import Scan, understand_scan, whole_scans, with_index
from clerk_desktop.intake.separate import town_of_sheet
from clerk_desktop.intake.suggest import suggestions
from clerk_desktop.intake.suggest_mail import suggestions_of_mail
from clerk_desktop.intake.twins import find_twin, looks_of
from clerk_desktop.intake.understand import Timeouts, Understander, Understood
from clerk_desktop.model.errors import (
    ClerkError,
    ContentDamaged,
    FileRefused,
    NotKnown,
    RecognitionMissing,
    RefusalReason,
    WorkerNotStarted,
    WorkersClosed,
)
from clerk_desktop.model.ids import CaseId, FolderId
from clerk_desktop.model.jobs import Limits
from clerk_desktop.model.known_number import KnownNumber
from clerk_desktop.model.ledger import FileState, ScanFolder, ScannedFile
from clerk_desktop.model.municipality import find_municipality
from clerk_desktop.model.office_settings import OfficeSettings
from clerk_desktop.model.suggestion import Suggestions
from clerk_desktop.store.store import Store
from clerk_desktop.system.clock import Clock
from clerk_desktop.system.surroundings import Surroundings, here
from clerk_desktop.workers.host import WorkerHost

READERS = 3  # files understood side by side, so that no worker process waits for the other steps of a file
SLICE_SECONDS = 5.0
BEAT_SECONDS = 10.0
HISTORY = 20
BLAMELESS = (RecognitionMissing, WorkerNotStarted, WorkersClosed)


@dataclass(frozen=True, kw_only=True, slots=True)
class IntakeReport:
    """What a pass did: counts of files, and paths with the reason why they wait.

    ``absent``: folders that could not be read. ``blocked``: why nothing can be understood now, through no fault of a
    file. ``soon``: seconds after which another pass will find more to do, 0 for at once, None when nothing is expected.
    """

    claimed: int = 0
    understood: int = 0
    queued: int = 0
    quarantined: int = 0
    duplicates: int = 0
    elsewhere: int = 0
    waiting: tuple[tuple[str, RefusalReason], ...] = ()
    absent: tuple[str, ...] = ()
    blocked: ClerkError | None = None
    soon: float | None = None

    def and_then(self, later: IntakeReport) -> IntakeReport:
        """Return one report of two passes: what was done adds up, what waits is as it was at the end."""
        return IntakeReport(
            claimed=self.claimed + later.claimed,
            understood=self.understood + later.understood,
            queued=self.queued + later.queued,
            quarantined=self.quarantined + later.quarantined,
            duplicates=self.duplicates + later.duplicates,
            elsewhere=later.elsewhere,
            waiting=later.waiting,
            absent=later.absent,
            blocked=later.blocked,
            soon=later.soon,
        )


@dataclass(kw_only=True)
class _Tally:
    understood: int = 0
    queued: int = 0
    quarantined: int = 0
    duplicates: int = 0
    blocked: ClerkError | None = None
    more: bool = False


class Intake:
    """The intake of one profile; used by one thread, which holds the intake role.

    ``station``: a name of this profile that stays. ``office``: the office's rules as they are now. ``zone``: of the
    days in letters. ``ticks``: monotonic seconds. ``attention``: for passes that leave folders alone.
    """

    def __init__(
        self,
        store: Store,
        host: WorkerHost,
        station: str,
        *,
        office: Callable[[], OfficeSettings],
        zone: tzinfo,
        clock: Clock,
        ticks: Callable[[], float],
        witness: Witness | None = None,
        opener: Opener = open_exclusively,
        timings: Timings | None = None,
        limits: Limits | None = None,
        timeouts: Timeouts | None = None,
        surroundings: Surroundings | None = None,
        attention: Attention | None = None,
    ) -> None:
        self._store = store
        self._attention = attention
        self._station = station
        self._notary = Notary(station=station, surroundings=surroundings or here())
        self._office = office
        self._zone = zone
        self._clock = clock
        self._ticks = ticks
        self._timings = timings or Timings()
        self._witness = witness or LoggingWitness()
        limits = limits or Limits()
        self._claimer = Claimer(store, opener, self._witness, limits.max_bytes)
        self._admission = Admission(store, self._claimer, zone, self._timings, self._witness)
        self._understander = Understander(store.blobs, host, self._witness, limits=limits, timeouts=timeouts)
        self._watches: dict[FolderId, FolderWatch] = {}
        self._known: tuple[KnownNumber, ...] = ()
        self._indexes: dict[str, NumberIndex] = {}

    def run_once(self, now: datetime) -> IntakeReport:
        """Make one pass: take in what came to rest, understand for about five seconds, queue what is understood.

        Raises ``DiskFull`` and what else the store raises; nothing is lost then.
        """
        return self._pass(now, horizon=float("inf"))

    def run_due(self, now: datetime) -> IntakeReport:
        """Make one pass that looks only at folders where that is due, and measures them now and then."""
        return self._pass(now, horizon=float("inf"), attention=self._attention)

    def run_until_done(self, pause: Callable[[float], None]) -> IntakeReport:
        """Make passes until every complete file that lies there now is queued. ``pause`` waits so many seconds."""
        report = self.run_once(self._clock.now())
        started = self._ticks()  # what the scanner adds from now on is the next run's
        while report.soon is not None:
            if report.soon > 0:
                pause(report.soon)
            report = report.and_then(self._pass(self._clock.now(), horizon=started))
        return report

    def _pass(self, now: datetime, horizon: float, attention: Attention | None = None) -> IntakeReport:
        folders = self._folders()
        if attention is not None:
            attention.follow(folders)
        tally = _Tally()
        self._queue(now, tally)
        admitted = [self._admitted(self._watches[folder.folder_id], now, horizon, attention) for folder in folders]
        self._understand(now, tally)
        states = [file.state for one in admitted for file in one.claimed]
        soon = [one.soon for one in admitted if one.soon is not None]
        return IntakeReport(
            claimed=states.count(FileState.CLAIMED),
            duplicates=tally.duplicates + states.count(FileState.DUPLICATE),
            understood=tally.understood,
            queued=tally.queued,
            quarantined=tally.quarantined + states.count(FileState.QUARANTINED),
            elsewhere=sum(one.elsewhere for one in admitted),
            waiting=tuple(entry for one in admitted for entry in one.waiting),
            absent=tuple(watch.folder.path for watch in self._watches.values() if not watch.listing.present),
            blocked=tally.blocked,
            soon=0.0 if tally.more else min(soon, default=None),
        )

    def _folders(self) -> tuple[ScanFolder, ...]:
        with self._store.read() as session:
            folders = session.folders.all()
        known = {folder.folder_id: folder for folder in folders}
        self._watches = {
            folder_id: watch for folder_id, watch in self._watches.items() if known.get(folder_id) == watch.folder
        }
        for folder in folders:
            if folder.folder_id not in self._watches:
                self._watches[folder.folder_id] = FolderWatch(folder, self._station, self._timings)
        return folders

    def _admitted(self, watch: FolderWatch, now: datetime, horizon: float, attention: Attention | None) -> Admitted:
        at = self._ticks()
        if attention is not None and not attention.is_due(watch):
            watch.beat(now)
            return Admitted()
        watch.look(at, now)
        if attention is not None:
            attention.looked(watch, self._ticks() - at)
        return self._admission.admit(watch, at, now, horizon)

    def _understand(self, now: datetime, tally: _Tally) -> None:
        """Understand claimed files side by side, and write down each as it is done."""
        with self._store.read() as session:
            whole = whole_scans(session, self._watches)
            files = deque(scan for scan in whole.ready)
            known = session.cases.numbers() if files else ()
        for scan in whole.broken:
            self._quarantine(scan.file, RefusalReason.BATCH_BROKEN)
            tally.quarantined += 1
        if not files:
            return
        self._know(known)
        office = self._office()
        ends = self._ticks() + SLICE_SECONDS
        with ThreadPoolExecutor(READERS, thread_name_prefix="clerk-intake") as readers:
            running: dict[Future[Understood], Scan] = {}
            try:
                while files or running:
                    while files and len(running) < READERS and tally.blocked is None and self._ticks() < ends:
                        file = files.popleft()
                        running[readers.submit(self._understood, file, office)] = file
                    if not running:
                        break
                    done, _ = wait(running, timeout=BEAT_SECONDS, return_when=FIRST_COMPLETED)
                    for future in done:
                        self._finish(running.pop(future), future, office, now, tally)
                    self._beat()
            finally:
                for future in running:
                    future.cancel()
        tally.more = bool(files) and tally.blocked is None

    def _understood(self, scan: Scan, office: OfficeSettings) -> Understood:
        """Understand one scan; on a thread of its own."""
        try:
            return understand_scan(self._understander, scan, office)
        except (NotKnown, ContentDamaged):
            # A copy was cleared away, or its disk failed: the original still lies in its folder.
            for file in scan.files:
                self._claimer.make_whole(file)
            return understand_scan(self._understander, scan, office)

    def _finish(
        self, scan: Scan, future: Future[Understood], office: OfficeSettings, now: datetime, tally: _Tally
    ) -> None:
        file = scan.file
        try:
            understood = future.result()
        except FileRefused as refused:
            self._quarantine(file, refused.reason)
            tally.quarantined += 1
            return
        except BLAMELESS as blocked:
            tally.blocked = blocked
            return
        folder = self._watches[file.folder_id].folder
        proposals = with_index(understood, self._proposals(file, folder, understood), self._known)
        if hold_a_copy(self._store, scan) or hold_a_twin(self._store, file, proposals):
            self._witness.passed(Point.DUPLICATE, file.file_id)
            tally.duplicates += 1
            return
        with self._store.write() as session:
            entered = enter_documents(session, scan, folder, understood, proposals, self._notary, now)
        if entered:
            tally.understood += 1
            self._witness.passed(Point.UNDERSTOOD, file.file_id)
            self._queue_one(file, office, now, tally)

    def _queue(self, now: datetime, tally: _Tally) -> None:
        """Take up what a crash left understood."""
        with self._store.read() as session:
            files = session.ledger.in_state(FileState.UNDERSTOOD)
        for file in files:
            self._queue_one(file, self._office(), now, tally)

    def _queue_one(self, file: ScannedFile, office: OfficeSettings, now: datetime, tally: _Tally) -> None:
        with self._store.write() as session:
            queued = enter_outbox(session, file, office, now)
        if queued:
            tally.queued += 1
            self._witness.passed(Point.QUEUED, file.file_id)

    def _quarantine(self, file: ScannedFile, reason: RefusalReason) -> None:
        with self._store.write() as session:
            known = session.ledger.get(file.file_id)
            if known is not None and known.state is FileState.CLAIMED:
                session.ledger.move(file.file_id, FileState.QUARANTINED, refusal=reason)
        self._witness.passed(Point.QUARANTINED, file.file_id)

    def _proposals(self, file: ScannedFile, folder: ScanFolder, understood: Understood) -> Sequence[Suggestions]:
        town = find_municipality(folder.municipality)
        index = self._indexes.get(folder.municipality) or NumberIndex(())
        with self._store.read() as session:

            def number_of(case_id: CaseId) -> str | None:
                case = session.cases.get(case_id)
                return case.case_number if case is not None and case.municipality == folder.municipality else None

            proposed = [
                suggestions(
                    part.readings,
                    part.part.sheet,
                    index,
                    municipality=town.title if town is not None else folder.municipality,
                    today=file.received_on or file.seen_at.astimezone(self._zone).date(),
                    history=lambda sender: session.documents.by_sender(sender, HISTORY),
                    number_of=number_of,
                )
                if part.mail is None
                else replace(suggestions_of_mail(part.mail, index), left_inside=part.left_inside)
                for part in understood.parts
            ]
            twins = [find_twin(session, folder.municipality, looks_of(part.readings)) for part in understood.parts]
        return [
            replace(
                each,
                sheets_missing=understood.sheets_missing,
                sheet_of=town_of_sheet(part.part.sheet, folder.municipality),
                looks_like=twin if file.duplicate_of is None else None,  # a clerk has decided: nobody is asked again
            )
            for each, part, twin in zip(proposed, understood.parts, twins, strict=True)
        ]

    def _know(self, known: tuple[KnownNumber, ...]) -> None:
        if known == self._known and self._indexes:
            return
        self._known = known
        towns = {number.municipality for number in known}
        self._indexes = {town: NumberIndex(number for number in known if number.municipality == town) for town in towns}

    def _beat(self) -> None:
        now = self._clock.now()
        for watch in self._watches.values():
            watch.beat(now)
