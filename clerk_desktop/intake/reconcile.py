"""The account of a day, computed from ledger, claim log, scan folders and what the server was seen to have.

``seen = confirmed + waiting + quarantined + duplicates``. What is lost is never assumed from these: it is looked for
(``architecture.md``, "Life of a scanned letter"). Each file gets a verdict, so that a difference can be explained.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, tzinfo
from pathlib import Path

from clerk_desktop.intake.folder import rescan
from clerk_desktop.intake.originals import Whereabouts, find_original
from clerk_desktop.intake.stability import Stamp
from clerk_desktop.model.errors import RefusalReason
from clerk_desktop.model.ids import DocumentId, FileId, FolderId
from clerk_desktop.model.ledger import LOST, FileAccount, FilePart, FileState, Reconciliation, ScannedFile, Verdict
from clerk_desktop.model.outbox import DepositDocument
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store

WAITING = frozenset({FileState.SEEN, FileState.CLAIMED, FileState.UNDERSTOOD, FileState.QUEUED, FileState.DEPOSITED})
VERDICTS = {
    FileState.SEEN: Verdict.STILL_COMING,
    FileState.CLAIMED: Verdict.NOT_READ_YET,
    FileState.UNDERSTOOD: Verdict.NOT_SENT_YET,
    FileState.QUEUED: Verdict.NOT_SENT_YET,
    FileState.DEPOSITED: Verdict.NOT_CONFIRMED_YET,
    FileState.CONFIRMED: Verdict.ARRIVED,
    FileState.QUARANTINED: Verdict.HELD,
    FileState.DUPLICATE: Verdict.TWIN,
}
ORDER = (*LOST, Verdict.HELD, Verdict.TWIN, Verdict.ALIKE, Verdict.SENDING_FAILED)
GIVEN_UP = {
    Verdict.HELD: Verdict.GIVEN_UP,
    Verdict.TWIN: Verdict.TWIN_GIVEN_UP,
    Verdict.ALIKE: Verdict.ALIKE_GIVEN_UP,
}


def reconcile(store: Store, day: date | None, zone: tzinfo) -> Reconciliation:
    """Return the account of the files received on a day, or of all. ``zone``: where the office's days begin and end."""
    with store.read() as session:
        files = [file for file in session.ledger.day(day, zone) if counts(file)]
        folders = {folder.folder_id: Path(folder.path) for folder in session.folders.all()}
        judged = _judged(session, files, zone)
        overtaken = _overtaken(session, files)
        missing = [
            FileAccount(
                path=entry.path,
                verdict=Verdict.ROW_MISSING,
                file_id=entry.file_id,
                sha256=entry.sha256,
                received_on=entry.at.astimezone(zone).date(),
            )
            for entry in session.ledger.claims_without_state()
            if day in (None, entry.at.astimezone(zone).date())
        ]
    gone = _originals_gone(files, folders, overtaken)
    judged = [
        replace(each, verdict=gone[each.file_id]) if each.file_id is not None and each.file_id in gone else each
        for each in judged
    ]
    accounts = [*missing, *judged]
    accounts.sort(key=_weight)  # stable: within one verdict as they were seen
    lost = [each.path for each in accounts if each.verdict in LOST]
    return replace(account(day, files, lost), files=tuple(accounts))


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


def letters_of(session: Session, parts: Iterable[FilePart]) -> tuple[DocumentId, ...]:
    """Return the letters that hold the pages of these parts now, each once: as they were cut, or what came of them."""
    found = (each for part in parts for each in session.rearrangements.outcome(part.document_id))
    return tuple(dict.fromkeys(found))


def _weight(each: FileAccount) -> int:
    """Lost first, then what needs somebody, then what waits, then what arrived."""
    if each.verdict in LOST:
        return 0
    if each.verdict in ORDER:
        return 1
    return 3 if each.verdict is Verdict.ARRIVED else 2


def _judged(session: Session, files: Iterable[ScannedFile], zone: tzinfo) -> list[FileAccount]:
    failures = {
        entry.operation.document_id: entry.error
        for entry in session.outbox.all()
        if isinstance(entry.operation, DepositDocument) and entry.error
    }
    return [_judge(session, file, failures, zone) for file in files]


def _judge(session: Session, file: ScannedFile, failures: Mapping[DocumentId, str], zone: tzinfo) -> FileAccount:
    parts = session.ledger.parts(file.batch_of or file.file_id)
    verdict = VERDICTS[file.state]
    failure = ""
    if verdict is Verdict.TWIN and file.refusal is RefusalReason.LOOKS_ALIKE:
        verdict = Verdict.ALIKE
    if file.discarded_at is not None:
        verdict = GIVEN_UP.get(verdict, verdict)
    if verdict is Verdict.NOT_SENT_YET:
        failure = next((failures[part.document_id] for part in parts if part.document_id in failures), "")
        verdict = Verdict.SENDING_FAILED if failure else verdict
    if verdict is Verdict.ARRIVED:
        if not parts:
            verdict = Verdict.NO_DOCUMENT
        elif any(not _arrived(session, part.document_id) for part in parts):
            verdict = Verdict.NOT_ON_SERVER
    letters = letters_of(session, parts)
    out = tuple(page for part in parts for page in session.rearrangements.sorted_out(part.document_id, part.pages))
    twin = session.ledger.get(file.duplicate_of) if file.duplicate_of is not None else None
    return FileAccount(
        path=file.path,
        verdict=verdict,
        file_id=file.file_id,
        state=file.state,
        sha256=file.source_sha256,
        documents=len(letters),
        sorted_out=out,
        received_on=file.received_on or file.seen_at.astimezone(zone).date(),
        confirmed_at=file.confirmed_at,
        refusal=file.refusal,
        failure=failure,
        twin=twin.path if twin is not None else "",
    )


def _arrived(session: Session, document_id: DocumentId) -> bool:
    """Tell whether the server has a letter, or all those that hold its pages now."""
    if session.baselines.get(document_id) is not None:
        return True
    done = session.rearrangements.outcome(document_id)
    return done != (document_id,) and all(session.baselines.get(each) is not None for each in done)


def _overtaken(session: Session, files: Iterable[ScannedFile]) -> frozenset[FileId]:
    """Return files that were only seen, and whose name another file has since then."""
    seen = (file for file in files if file.state is FileState.SEEN)
    newest = ((file.file_id, session.ledger.open_at(file.folder_id, file.path)) for file in seen)
    return frozenset(file_id for file_id, rows in newest if rows and rows[0].file_id != file_id)


def _originals_gone(
    files: Iterable[ScannedFile], folders: Mapping[FolderId, Path], overtaken: frozenset[FileId]
) -> dict[FileId, Verdict]:
    """Return files whose original is gone, or replaced, before they were confirmed."""
    listings: dict[FolderId, Mapping[str, Stamp]] = {}
    gone = {}
    for file in files:
        folder = folders.get(file.folder_id)
        if folder is None or file.state not in WAITING:
            continue
        if file.folder_id not in listings:
            listings[file.folder_id] = rescan(folder).files
        whereabouts = find_original(folder, file, listings[file.folder_id]).whereabouts
        if whereabouts is Whereabouts.GONE:
            gone[file.file_id] = Verdict.ORIGINAL_GONE
        # one that was only seen is still being written when it looks different: it will be taken in as it is then
        elif whereabouts is Whereabouts.REPLACED and (file.state is not FileState.SEEN or file.file_id in overtaken):
            gone[file.file_id] = Verdict.ORIGINAL_REPLACED
    return gone
