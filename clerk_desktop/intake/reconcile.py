"""The account of a day, computed from ledger, claim log, scan folders and what the server was seen to have.

``seen = confirmed + waiting + quarantined + duplicates``. What is lost is never assumed from these: it is looked for
(``architecture.md``, "Life of a scanned letter").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, tzinfo
from pathlib import Path

from clerk_desktop.intake.folder import rescan
from clerk_desktop.intake.originals import Whereabouts, find_original
from clerk_desktop.intake.stability import Stamp
from clerk_desktop.model.ids import FolderId
from clerk_desktop.model.ledger import FileState, Reconciliation, ScannedFile
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store

WAITING = frozenset({FileState.SEEN, FileState.CLAIMED, FileState.UNDERSTOOD, FileState.QUEUED, FileState.DEPOSITED})


def reconcile(store: Store, day: date | None, zone: tzinfo) -> Reconciliation:
    """Return the account of the files received on a day, or of all. ``zone``: of a file not yet received, its day."""
    with store.read() as session:
        files = [file for file in session.ledger.day(day) if counts(file)]
        folders = {folder.folder_id: Path(folder.path) for folder in session.folders.all()}
        lost = [
            entry.path
            for entry in session.ledger.claims_without_state()
            if day in (None, entry.at.astimezone(zone).date())
        ]
        lost += _not_on_server(session, files)
    lost += _originals_gone(files, folders)
    return account(day, files, lost)


def counts(file: ScannedFile) -> bool:
    """Tell whether a row is a file of its own: one that was renamed, or taken by another station, before it was
    claimed here, is not.
    """
    return not (file.state is FileState.SEEN and file.discarded_at is not None)


def account(day: date | None, files: Iterable[ScannedFile], lost: Iterable[str]) -> Reconciliation:
    """Count. Pure."""
    states = [file.state for file in files]
    return Reconciliation(
        day=day,
        seen=len(states),
        confirmed=states.count(FileState.CONFIRMED),
        waiting=sum(state in WAITING for state in states),
        quarantined=states.count(FileState.QUARANTINED),
        duplicates=states.count(FileState.DUPLICATE),
        lost=tuple(dict.fromkeys(lost)),
    )


def _not_on_server(session: Session, files: Iterable[ScannedFile]) -> list[str]:
    """Return confirmed files of which the server's listing lacks a document, or which never had one."""
    missing = []
    for file in files:
        if file.state is FileState.CONFIRMED:
            parts = session.ledger.parts(file.file_id)
            if not parts or any(session.baselines.get(part.document_id) is None for part in parts):
                missing.append(file.path)
    return missing


def _originals_gone(files: Iterable[ScannedFile], folders: Mapping[FolderId, Path]) -> list[str]:
    """Return files whose original is gone before they were confirmed."""
    listings: dict[FolderId, Mapping[str, Stamp]] = {}
    gone = []
    for file in files:
        folder = folders.get(file.folder_id)
        if folder is None or file.state not in WAITING:
            continue
        if file.folder_id not in listings:
            listings[file.folder_id] = rescan(folder).files
        whereabouts = find_original(folder, file, listings[file.folder_id]).whereabouts
        # one that was only seen is still being written when it looks different: it will be taken in as it is then
        replaced = whereabouts is Whereabouts.REPLACED and file.state is not FileState.SEEN
        if whereabouts is Whereabouts.GONE or replaced:
            gone.append(file.path)
    return gone
