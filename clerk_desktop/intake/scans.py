"""A scan as it is understood: one file, or a batch of files that came together, with its index file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from clerk_desktop.intake.batches import is_index, numbers_missing
from clerk_desktop.intake.originals import relative
from clerk_desktop.intake.scan_folder import FolderWatch
from clerk_desktop.intake.understand import Rules, Understander, Understood
from clerk_desktop.model.batch import BatchMode, BatchNotice, BatchProblem, IndexData
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.ids import FolderId
from clerk_desktop.model.known_number import KnownNumber
from clerk_desktop.model.ledger import FileState, ScannedFile
from clerk_desktop.model.office_settings import OfficeSettings
from clerk_desktop.model.suggestion import CaseSuggestion, Evidence, FieldSuggestion, Reason, Suggestions
from clerk_desktop.store.session import Session

SAID = 0.95
"""How sure index data is: a person typed it at the scanner; nobody else has looked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scan:
    """``file``: what it is known by, the first page; ``more``: the other files of a batch in their order."""

    file: ScannedFile
    mode: BatchMode
    more: tuple[ScannedFile, ...] = ()

    @property
    def files(self) -> tuple[ScannedFile, ...]:
        """All files of it."""
        return (self.file, *self.more)

    @property
    def pages(self) -> tuple[ScannedFile, ...]:
        """The files with pages."""
        return tuple(file for file in self.files if not is_index(file.path))

    @property
    def index(self) -> ScannedFile | None:
        """The index file."""
        return next((file for file in self.more if is_index(file.path)), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class WholeScans:
    """``ready``: every file of it was taken in; ``broken``: a file of it is gone or was refused."""

    ready: tuple[Scan, ...]
    broken: tuple[Scan, ...]


def whole_scans(session: Session, watches: Mapping[FolderId, FolderWatch]) -> WholeScans:
    """Return what can be understood, in the order it was seen, and what never will be as it is."""
    ready, broken = [], []
    for file in session.ledger.in_state(FileState.CLAIMED):
        watch = watches.get(file.folder_id)
        if watch is None or file.discarded_at is not None or file.batch_of is not None:
            continue
        scan = Scan(file=file, mode=watch.folder.batch, more=session.ledger.batch(file.file_id))
        if all(each.state is FileState.CLAIMED for each in scan.more):
            ready.append(scan)
        elif any(_is_lost(each, watch) for each in scan.more):
            broken.append(scan)
    return WholeScans(ready=tuple(ready), broken=tuple(broken))


def _is_lost(file: ScannedFile, watch: FolderWatch) -> bool:
    """Tell whether a file of a batch cannot be expected any more."""
    if file.state is not FileState.SEEN or file.discarded_at is not None:
        return file.state is not FileState.CLAIMED
    inside = relative(Path(watch.folder.path), file).as_posix()
    return watch.listing.present and inside not in watch.listing.files


def understand_scan(understander: Understander, scan: Scan, office: OfficeSettings) -> Understood:
    """Understand a scan. Raises as ``Understander.understand`` does."""
    title = Path(scan.file.path).stem
    if scan.mode is not BatchMode.SINGLE and not scan.pages:
        raise FileRefused(RefusalReason.INDEX_ALONE)
    hashes = [file.source_sha256 for file in scan.pages]
    content = hashes[0] if len(hashes) == 1 else understander.join(hashes)
    rules = Rules(separator_texts=office.separator_texts, archival=office.store_pdfa)
    understood = understander.understand(scan.file.file_id, content, rules, title)
    index, notices = IndexData(), list[BatchNotice]()
    if scan.index is not None:
        try:
            index = understander.index(scan.index.source_sha256)
        except FileRefused:
            about = (PurePath(scan.index.path).name,)
            notices.append(BatchNotice(problem=BatchProblem.INDEX_UNREADABLE, about=about))
    elif scan.mode in (BatchMode.INDEX, BatchMode.PAGES_INDEX):
        notices.append(BatchNotice(problem=BatchProblem.INDEX_MISSING))
    return replace(understood, index=index, notices=(*notices, *_noticed(scan, index)))


def _noticed(scan: Scan, index: IndexData) -> list[BatchNotice]:
    found = []
    if index.unusable:
        found.append(BatchNotice(problem=BatchProblem.VALUE_UNUSABLE, about=index.unusable))
    there = {PurePath(file.path).name.casefold() for file in scan.files}
    missing = tuple(name for name in index.files if name.casefold() not in there)
    if missing:
        found.append(BatchNotice(problem=BatchProblem.FILES_MISSING, about=missing))
    gaps = numbers_missing([file.path for file in scan.pages]) if scan.more else ()
    if gaps:
        found.append(BatchNotice(problem=BatchProblem.NUMBERS_MISSING, about=gaps))
    return found


def with_index(
    understood: Understood, proposals: Sequence[Suggestions], known: Sequence[KnownNumber]
) -> Sequence[Suggestions]:
    """Put what the index file says before what was read from the pages, and what is to be known of the batch."""
    index = understood.index
    said = tuple(
        FieldSuggestion(field=field, value=value, confidence=SAID, evidence=_proof(value))
        for field, value in index.fields
    )
    cases = tuple(
        CaseSuggestion(
            case_id=number.case_id, case_number=number.case_number, confidence=SAID, evidence=_proof(number.case_number)
        )
        for number in known
        if index.case_number and number.case_number == index.case_number
    )
    names = {field for field, _ in index.fields}
    ids = {case.case_id for case in cases}
    return [
        replace(
            each,
            fields=(*said, *(field for field in each.fields if field.field not in names)),
            cases=(*cases, *(case for case in each.cases if case.case_id not in ids)),
            batch=understood.notices,
        )
        for each in proposals
    ]


def _proof(text: str) -> Evidence:
    return Evidence(reason=Reason.INDEX_FILE, page=0, line=0, text=text)
