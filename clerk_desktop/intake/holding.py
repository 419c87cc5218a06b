"""Holds a scan that was taken in before, until a clerk says what it is: the same bytes, or the same pages."""

from __future__ import annotations

from collections.abc import Sequence

from clerk_desktop.intake.scans import Scan
from clerk_desktop.model.errors import RefusalReason
from clerk_desktop.model.ledger import FileState, ScannedFile
from clerk_desktop.model.suggestion import Suggestions
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store


def hold_a_copy(store: Store, scan: Scan) -> bool:
    """Hold a batch whose files all have the bytes of a batch that was taken in before."""
    if scan.file.duplicate_of is not None or not scan.more:
        return False
    with store.write() as session:
        first = _copied_from(session, scan)
        known = session.ledger.get(scan.file.file_id)
        if first is None or known is None or known.state is not FileState.CLAIMED:
            return False
        session.ledger.move(known.file_id, FileState.DUPLICATE, duplicate_of=first.file_id, refusal=None)
    return True


def hold_a_twin(store: Store, file: ScannedFile, proposals: Sequence[Suggestions]) -> bool:
    """Hold a file whose pages were all scanned before, unless a clerk took it in all the same."""
    twin = proposals[0].looks_like
    if file.duplicate_of is not None or twin is None or any(each.looks_like is None for each in proposals):
        return False
    with store.write() as session:
        known, part = session.ledger.get(file.file_id), session.ledger.part_of(twin)
        if known is None or known.state is not FileState.CLAIMED or part is None:
            return False
        session.ledger.move(
            file.file_id, FileState.DUPLICATE, duplicate_of=part.file_id, refusal=RefusalReason.LOOKS_ALIKE
        )
    return True


def _copied_from(session: Session, scan: Scan) -> ScannedFile | None:
    """Return the first page of a batch with the same bytes, file by file, in the same folder or town."""
    hashes = [file.source_sha256 for file in scan.files]
    towns = {folder.folder_id: folder.municipality for folder in session.folders.all()}
    for other in session.ledger.by_source_sha256(scan.file.source_sha256):
        same_town = towns.get(other.folder_id) == towns.get(scan.file.folder_id)
        if other.file_id == scan.file.file_id or other.discarded_at is not None or not same_town:
            continue
        if other.batch_of is not None or other.state in (FileState.SEEN, FileState.QUARANTINED, FileState.DUPLICATE):
            continue
        if [other.source_sha256, *(each.source_sha256 for each in session.ledger.batch(other.file_id))] == hashes:
            return other
    return None
