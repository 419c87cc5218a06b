"""Scanning from a device on the network into a scan folder, from where the pages go the way of all scans."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from io import BytesIO
from pathlib import Path

from clerk_desktop.intake.scan_batch import BatchFolder, as_found, batches_in
from clerk_desktop.model.errors import (
    ClerkError,
    DiskFull,
    FileError,
    FileRefused,
    NotKnown,
    ScanFolderNeeded,
    ScanInterrupted,
    ScannerBadAnswer,
    ScannerError,
    named,
)
from clerk_desktop.model.ids import new_key
from clerk_desktop.model.ledger import ScanFolder
from clerk_desktop.model.reading import Pixels
from clerk_desktop.model.scanning import (
    BatchState,
    Confirmed,
    ScanBatch,
    Scanner,
    ScannerFacts,
    ScannerPlace,
    Scanners,
    ScanOrigin,
    ScanRun,
    ScanSource,
    ScanWish,
)
from clerk_desktop.store.store import Store
from clerk_desktop.system.clock import Clock
from clerk_desktop.system.surroundings import here
from clerk_desktop.usecases.binding import PDF_BEGINNING, Binder
from clerk_desktop.workers.host import WorkerHost

PREVIEW_DPI = 75
MOST_PAGES = 1000
"""Of one batch: a feeder holds a tenth of it, so a device that sends more has no end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScanResult:
    """How a scan ended. ``file``: what the pages became in the scan folder, None while the batch waits for somebody;
    ``trouble``: why it waits.
    """

    batch: ScanBatch
    file: Path | None = None
    trouble: ClerkError | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LookedAt:
    """A device that answered, and whether its feeder holds paper."""

    place: ScannerPlace
    facts: ScannerFacts
    paper_is_in: bool

    def usual(self) -> ScanSource:
        """Return where the paper is: in the feeder if it says so, else on the platen if there is one."""
        if ScanSource.PLATEN not in self.facts.sources or (self.paper_is_in and self.facts.feeder is not None):
            return ScanSource.FEEDER
        return ScanSource.PLATEN


Told = Callable[[int], None]


class Scanning:
    """``host``: makes the workers when they are first needed. ``zone``: of the times in names of files.
    ``station``: of this profile. Waits for devices: never on the GUI thread.
    """

    def __init__(
        self,
        store: Store,
        scanners: Scanners,
        host: Callable[[], WorkerHost],
        clock: Clock,
        zone: tzinfo,
        station: str,
    ) -> None:
        self._store = store
        self._scanners = scanners
        self._binder = Binder(host)
        self._clock = clock
        self._zone = zone
        self._station = station

    def find(self) -> Sequence[ScannerPlace]:
        """Listen to devices that announce themselves, for seconds."""
        return self._scanners.find()

    def at(self, address: str) -> ScannerPlace:
        """Return the place that a person typed. Raises ``WrongUsage``."""
        return ScannerPlace(url=self._scanners.root_of(address))

    def look(self, place: ScannerPlace, stop: threading.Event | None = None) -> LookedAt:
        """Ask a device what it can do. Raises ``ScannerError``, ``WrongUsage`` for what is no address."""
        with self._scanners.open(place, self._confirmed(), stop) as scanner:
            return _looked_at(place, scanner)

    def confirm(self, place: ScannerPlace, fingerprint: str) -> None:
        """Trust the certificate with that fingerprint, as a person read it at the device."""
        plain = "".join(sign for sign in fingerprint.lower() if sign in "0123456789abcdef")
        with self._store.write() as session:
            account = session.account.get()
            session.scanners.confirm(
                Confirmed(
                    fingerprint=plain,
                    url=place.url,
                    name=place.name,
                    confirmed_by=account.user if account is not None else here().user,
                    confirmed_at=self._clock.now(),
                )
            )

    def preview(self, place: ScannerPlace, stop: threading.Event | None = None) -> Pixels:
        """Look at what lies on the glass plate, quickly. Raises ``ScannerError``, ``FileError``."""
        page = BytesIO()
        with self._scanners.open(place, self._confirmed(), stop) as scanner:
            run = scanner.begin(ScanWish(source=ScanSource.PLATEN, dpi=PREVIEW_DPI), preview=True)
            try:
                run.next_page(page)
            finally:
                run.cancel()
        return self._binder.picture(page.getvalue())

    def folders(self) -> tuple[ScanFolder, ...]:
        """Return where a scan can go."""
        with self._store.read() as session:
            return session.folders.all()

    def scan(
        self, place: ScannerPlace, wish: ScanWish | None, folder: Path | None, told: Told, stop: threading.Event
    ) -> ScanResult:
        """Scan into a scan folder (None: the only one). ``wish`` None: as is usual for where the paper lies.

        ``told`` hears how many pages are here; ``stop`` ends the scan. Raises ``ScannerError`` as long as no page
        came, ``ScanFolderNeeded``, ``DiskFull``.
        """
        root = self._root(folder)
        with self._scanners.open(place, self._confirmed(), stop) as scanner:
            at = _looked_at(place, scanner) if wish is None else None
            wish = scanner.facts.possible(ScanWish(source=at.usual()) if at is not None else wish or ScanWish())
            run = scanner.begin(wish)
            try:
                batch, kept = self._begun(root, replace(place, name=scanner.facts.name), scanner.facts.serial, wish)
            except ClerkError:
                run.cancel()
                raise
            return self._run(batch, kept, run, told, stop)

    def go_on(self, batch_id: str, told: Told, stop: threading.Event) -> ScanResult:
        """Scan the rest of a stack behind the pages that are here. Raises as ``scan`` does, and ``NotKnown``."""
        kept, batch = self._found(batch_id)
        with self._scanners.open(batch.scanner, self._confirmed(), stop) as scanner:
            return self._run(batch, kept, scanner.begin(batch.wish), told, stop)

    def keep(self, batch_id: str) -> ScanResult:
        """Make a file of the pages that are here; one of each where a worker fails on them together, for a person
        asked. Raises ``NotKnown``, ``DiskFull``, ``ScanFolderAway``.
        """
        kept, batch = self._found(batch_id)
        with kept.held() as alone:
            if not alone:
                raise NotKnown(what=batch_id)
            return self._deliver(batch, kept, FileError)

    def discard(self, batch_id: str) -> None:
        """Throw the pages away, because the paper is scanned again from the start. Raises ``NotKnown``: also while
        the paper still moves.
        """
        kept, _ = self._found(batch_id)
        with kept.held() as alone:
            if not alone:
                raise NotKnown(what=batch_id)
            kept.remove()

    def unfinished(self) -> tuple[ScanBatch, ...]:
        """Return the batches that wait for somebody, oldest first. What came whole becomes a file here and now."""
        waiting: list[ScanBatch] = []
        for folder in self._folders():
            for kept in batches_in(folder):
                batch = kept.read()
                if batch is not None and batch.station == self._station:
                    waiting.extend(self._settled(batch, kept))
        return tuple(sorted(waiting, key=lambda batch: (batch.begun_at, batch.batch_id)))

    def _settled(self, batch: ScanBatch, kept: BatchFolder) -> tuple[ScanBatch, ...]:
        """Finish what needs nobody; return the batch where it does, or where that fails: the others have their turn."""
        try:
            with kept.held() as alone:
                if not alone:
                    return ()
                batch = as_found(kept.read() or batch)
                if batch.state is BatchState.DELIVERED or not batch.pages:
                    kept.remove()
                elif batch.state is BatchState.COMPLETE:
                    self._deliver(batch, kept)
                else:
                    return (batch,)
        except ClerkError as error:
            return (replace(batch, trouble=type(error).__name__),)
        return ()

    def _begun(self, root: Path, place: ScannerPlace, serial: str, wish: ScanWish) -> tuple[ScanBatch, BatchFolder]:
        now = self._clock.now()
        batch_id = new_key()
        moment = now.astimezone(self._zone).strftime("%Y-%m-%d %H-%M-%S")
        batch = ScanBatch(
            batch_id=batch_id,
            station=self._station,
            folder=str(root),
            target=f"Scan {moment} {batch_id[:4]}.pdf",
            scanner=place,
            serial=serial,
            wish=wish,
            begun_at=now,
        )
        return batch, BatchFolder.make(root, batch_id)

    def _run(self, batch: ScanBatch, kept: BatchFolder, run: ScanRun, told: Told, stop: threading.Event) -> ScanResult:
        with kept.held() as alone:
            if not alone:
                run.cancel()
                raise NotKnown(what=batch.batch_id)
            batch = replace(batch, state=BatchState.RUNNING, trouble="")
            trouble: ClerkError | None = None
            try:
                kept.note(batch)
                _take(kept, run, told, stop)
            except (ScannerError, DiskFull) as error:
                trouble = error
                run.cancel()
            except BaseException:
                run.cancel()
                raise
            batch = replace(batch, pages=len(kept.pages()))
            if trouble is None:
                return self._delivered(batch, kept)
            if batch.pages:
                batch = replace(batch, state=BatchState.STOPPED, trouble=type(trouble).__name__)
                _note_if_possible(kept, batch)
                return ScanResult(batch=batch, trouble=trouble)
            kept.remove()
        raise trouble

    def _delivered(self, batch: ScanBatch, kept: BatchFolder) -> ScanResult:
        batch = replace(batch, state=BatchState.COMPLETE)
        kept.note(batch)
        return self._deliver(batch, kept)

    def _deliver(self, batch: ScanBatch, kept: BatchFolder, apart: type[FileError] = FileRefused) -> ScanResult:
        """Make the file. Repeating it is harmless: the same pages give the same bytes. ``apart``: what makes each page
        a file of its own; a worker's passing trouble does not.
        """
        target = Path(batch.folder) / batch.target
        try:
            files = {target: self._binder.bound(kept.pages(), batch.wish.dpi)}
        except apart:  # a page is damaged: each goes its own way then, and intake says what is wrong with which
            contents = [(page, page.read_bytes()) for page in kept.pages()]
            files = {_beside(target, page, content): content for page, content in contents}
        for path, content in files.items():
            self._put(batch, path, content)
        kept.note(replace(batch, state=BatchState.DELIVERED))
        kept.remove()
        return ScanResult(batch=batch, file=next(iter(files)))

    def _put(self, batch: ScanBatch, target: Path, content: bytes) -> None:
        """Write a file of the scan folder, unless it was there already before a crash."""
        sha256 = hashlib.sha256(content).hexdigest()
        with self._store.write() as session:
            known = any(row.path == str(target) for row in session.ledger.by_source_sha256(sha256))
            session.scanners.put_origin(_origin(batch, sha256))
        if not known and not target.exists():
            self._binder.write(target, content)

    def _found(self, batch_id: str) -> tuple[BatchFolder, ScanBatch]:
        """Return the one batch whose id begins so. Raises ``NotKnown``, also for several."""
        found = []
        for folder in self._folders():
            for kept in batches_in(folder):
                batch = kept.read()
                if batch is not None and batch.station == self._station and batch.batch_id.startswith(batch_id):
                    found.append((kept, as_found(batch)))
        if len(found) != 1:
            raise NotKnown(what=batch_id)
        return found[0]

    def _folders(self) -> list[Path]:
        return [Path(folder.path) for folder in self.folders()]

    def _root(self, folder: Path | None) -> Path:
        folders = self._folders()
        wanted = folders if folder is None else [each for each in folders if each == folder.resolve()]
        if len(wanted) != 1:
            raise ScanFolderNeeded
        return wanted[0]

    def _confirmed(self) -> tuple[Confirmed, ...]:
        with self._store.read() as session:
            return session.scanners.confirmed()


def _take(kept: BatchFolder, run: ScanRun, told: Told, stop: threading.Event) -> None:
    """Take page after page. Raises what the device or the disk says; what came until then is kept."""
    for _ in range(MOST_PAGES):
        if stop.is_set():
            raise ScanInterrupted
        with kept.next_page() as page:
            if not run.next_page(page):
                return
        told(len(kept.pages()))
    raise ScannerBadAnswer(what=f"> {MOST_PAGES}")


def _note_if_possible(kept: BatchFolder, batch: ScanBatch) -> None:
    """A full disk takes no note either; the batch counts as broken off then, which is true as well."""
    try:
        kept.note(batch)
    except ClerkError:
        return


def _beside(target: Path, page: Path, content: bytes) -> Path:
    ending = target.suffix if content.startswith(PDF_BEGINNING) else ".jpg"
    return target.with_name(f"{target.stem} {page.stem}{ending}")


def _looked_at(place: ScannerPlace, scanner: Scanner) -> LookedAt:
    facts = scanner.facts
    paper = facts.feeder is not None and scanner.paper_is_in()
    return LookedAt(place=replace(place, name=facts.name), facts=facts, paper_is_in=paper)


def _origin(batch: ScanBatch, sha256: str) -> ScanOrigin:
    wish = batch.wish
    return ScanOrigin(
        sha256=sha256,
        scanner=batch.scanner.name,
        serial=batch.serial,
        url=batch.scanner.url,
        source=wish.source,
        both_sides=wish.both_sides,
        dpi=wish.dpi,
        mode=wish.mode,
        scanned_at=batch.begun_at,
    )


def trouble_of(batch: ScanBatch) -> ClerkError:
    """Return what ended a batch, to be said."""
    trouble = named(batch.trouble)
    return trouble if isinstance(trouble, (ScannerError, DiskFull)) else ScanInterrupted()
