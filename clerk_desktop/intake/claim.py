"""Takes a scan in: its bytes into the encrypted store, once, and its claim into the ledger, in one transaction.

The original stays where it is. Whether the file has come to rest is decided before (``stability.py``); that it did
not change while it was copied is verified here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from clerk_desktop.intake.completeness import looks_complete
from clerk_desktop.intake.folder import stamp_of
from clerk_desktop.intake.originals import sha256_of
from clerk_desktop.intake.progress import Point, Witness
from clerk_desktop.intake.safety import Opener
from clerk_desktop.intake.stability import Stamp
from clerk_desktop.model.errors import ContentDamaged, FileRefused, NotKnown, RefusalReason
from clerk_desktop.model.ids import FileId
from clerk_desktop.model.jobs import Limits
from clerk_desktop.model.ledger import FileState, ScannedFile
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store

CHUNK = 1024 * 1024
LARGEST = Limits().max_bytes


class Claimer:
    """Claims files that came to rest. ``largest``: bytes of a file; a larger one is not even copied."""

    def __init__(self, store: Store, opener: Opener, witness: Witness, largest: int = LARGEST) -> None:
        self._store = store
        self._largest = largest
        self._opener = opener
        self._witness = witness

    def claim(self, file: ScannedFile, received_on: date, now: datetime, *, must_look_complete: bool) -> ScannedFile:
        """Take a file in and return its row, then ``CLAIMED``, ``DUPLICATE`` or ``QUARANTINED`` as its twin was.

        ``must_look_complete``: refuse a file that lacks its ending, as ``INCOMPLETE``. Raises ``FileNotFoundError``;
        ``FileRefused`` with ``IN_USE``, ``STILL_GROWING``, ``INCOMPLETE``, ``UNREADABLE``, ``NOT_A_FILE``,
        ``TOO_LARGE``; ``DiskFull``. Nothing was changed then.
        """
        sha256 = self.copy(file, must_look_complete=must_look_complete)
        self._witness.passed(Point.COPIED, file.file_id)
        with self._store.write() as session:
            known = session.ledger.get(file.file_id)
            if known is None or known.state is not FileState.SEEN:
                return known or file
            session.ledger.claim_log_add(file.file_id, file.path, sha256, now)
            claimed = self._enter(session, known, sha256, received_on, now)
        self._witness.passed(Point(claimed.state.value), file.file_id)
        return claimed

    def copy(self, file: ScannedFile, *, must_look_complete: bool = False) -> str:
        """Copy the original into the store and return its SHA-256. Raises as ``claim`` does."""
        path = Path(file.path)
        expected = Stamp(size=file.size, modified_ns=file.modified_ns)
        if file.size > self._largest:
            raise FileRefused(RefusalReason.TOO_LARGE)
        with self._opener(path) as source:
            with _readable():
                _must_be(expected, os.fstat(source.fileno()))
                if must_look_complete and not looks_complete(source, file.size):
                    raise FileRefused(RefusalReason.INCOMPLETE)
            info = self._store.blobs.put(_chunks(source))
            with _readable():
                _must_be(expected, os.fstat(source.fileno()))
        # The name may meanwhile belong to another file: the scanner wrote a new one into place.
        with _readable():
            there = stamp_of(path)
        if info.length != file.size or there != expected:
            raise FileRefused(RefusalReason.STILL_GROWING)
        return info.sha256

    def make_whole(self, file: ScannedFile) -> None:
        """Copy a file again whose copy is gone or damaged.

        Raises ``FileRefused``: ``UNREADABLE`` when the original is no more, ``TOO_LARGE`` and whatever else keeps
        ``copy`` from it.
        """
        if self._is_whole(file.source_sha256):
            return
        if file.size > self._largest:
            raise FileRefused(RefusalReason.TOO_LARGE)
        with _readable():
            original = sha256_of(Path(file.path))
        if original != file.source_sha256:
            raise FileRefused(RefusalReason.UNREADABLE)
        self._store.blobs.remove(file.source_sha256)  # only now: parts of a damaged copy may be all there is
        try:
            self.copy(file)
        except FileNotFoundError as error:
            raise FileRefused(RefusalReason.UNREADABLE) from error

    def _is_whole(self, sha256: str) -> bool:
        try:
            for _ in self._store.blobs.chunks(sha256):
                pass
        except (NotKnown, ContentDamaged):
            return False
        return True

    def _enter(self, session: Session, file: ScannedFile, sha256: str, received_on: date, now: datetime) -> ScannedFile:
        in_batch = file.batch_of is not None or bool(session.ledger.batch(file.file_id))
        # two blank pages have the same bytes: batches are compared as a whole, when they are read
        twin = None if in_batch else self._twin(session, file, sha256)
        if twin is None:
            to, duplicate_of, refusal = FileState.CLAIMED, None, None
        elif twin.state is FileState.QUARANTINED:
            to, duplicate_of, refusal = FileState.QUARANTINED, twin.file_id, twin.refusal
        else:
            to, duplicate_of, refusal = FileState.DUPLICATE, twin.file_id, None
        return session.ledger.move(
            file.file_id,
            to,
            source_sha256=sha256,
            received_on=file.received_on or received_on,
            claimed_at=now,
            duplicate_of=duplicate_of,
            refusal=refusal,
        )

    def _twin(self, session: Session, file: ScannedFile, sha256: str) -> ScannedFile | None:
        """Return the first file with the same bytes in the same town. One that was given up does not count."""
        towns = {folder.folder_id: folder.municipality for folder in session.folders.all()}
        town = towns.get(file.folder_id)
        known = [
            other
            for other in session.ledger.by_source_sha256(sha256)
            if other.file_id != file.file_id
            and other.discarded_at is None
            and (other.folder_id == file.folder_id or (town is not None and towns.get(other.folder_id) == town))
        ]
        return next((other for other in known if other.state is not FileState.DUPLICATE), known[0] if known else None)


def first_of(session: Session, file_id: FileId) -> ScannedFile | None:
    """Return the file that a chain of duplicates goes back to."""
    file = session.ledger.get(file_id)
    for _ in range(100):
        if file is None or file.duplicate_of is None:
            return file
        file = session.ledger.get(file.duplicate_of)
    return file


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    while True:
        with _readable():
            chunk = source.read(CHUNK)
        if not chunk:
            return
        yield chunk


@contextmanager
def _readable() -> Iterator[None]:
    """Name what the system says about an original: a share that went away, a bad sector."""
    try:
        yield
    except OSError as error:
        raise FileRefused(RefusalReason.UNREADABLE) from error


def _must_be(expected: Stamp, facts: os.stat_result) -> None:
    if Stamp(size=facts.st_size, modified_ns=facts.st_mtime_ns) != expected:
        raise FileRefused(RefusalReason.STILL_GROWING)
