"""The ledger: the life of every scanned file, its parts, and the log of what was taken in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from typing import TypedDict, Unpack

from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.errors import NotKnown, RefusalReason
from clerk_desktop.model.ids import DocumentId, FileId, FolderId
from clerk_desktop.model.ledger import (
    HELD,
    TRANSITIONS,
    ClaimEntry,
    DocumentProgress,
    FilePart,
    FileState,
    Origin,
    ScannedFile,
)
from clerk_desktop.store.rows import Cell, micros, shape
from clerk_desktop.store.statements import Statements

EXTRA = ("day",)


class FileChanges(TypedDict, total=False):
    """Fields of ``ScannedFile`` that change during its life; the state changes by ``move`` only."""

    received_on: date | None
    source_sha256: str
    size: int
    modified_ns: int
    claimed_at: datetime | None
    confirmed_at: datetime | None
    settled_at: datetime | None
    settled_path: str
    discarded_at: datetime | None
    refusal: RefusalReason | None
    duplicate_of: FileId | None
    batch_of: FileId | None


class LedgerRows:
    """The ledger of a session."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements
        self._files = shape(ScannedFile)
        self._parts = shape(FilePart)
        self._claims = shape(ClaimEntry)

    def add(self, file: ScannedFile) -> None:
        """Open a file's life; its id must be new."""
        if self.get(file.file_id) is not None:
            raise ValueError("this file is in the ledger already")
        self._put(file)

    def get(self, file_id: FileId) -> ScannedFile | None:
        """Return a file by our id."""
        found = self._where("file_id = ?", file_id)
        return found[0] if found else None

    def open_file(self, folder_id: FolderId, path: str, size: int, modified_ns: int) -> ScannedFile | None:
        """Return the row of this very file as it lies in the folder now: not settled, not discarded. Newest first."""
        found = self._where(
            "folder_id = ? AND path = ? AND settled_at IS NULL AND discarded_at IS NULL"
            " AND size = ? AND modified_ns = ? ORDER BY seen_at DESC, rowid DESC LIMIT 1",
            folder_id,
            path,
            size,
            modified_ns,
        )
        return found[0] if found else None

    def lying_at(self, folder_id: FolderId, path: str, size: int, modified_ns: int) -> ScannedFile | None:
        """Return the newest row of this very file as it lies in the folder now, given up or not, but not settled."""
        found = self._where(
            "folder_id = ? AND path = ? AND settled_at IS NULL AND size = ? AND modified_ns = ?"
            " ORDER BY discarded_at IS NOT NULL, seen_at DESC, rowid DESC LIMIT 1",
            folder_id,
            path,
            size,
            modified_ns,
        )
        return found[0] if found else None

    def open_at(self, folder_id: FolderId, path: str) -> tuple[ScannedFile, ...]:
        """Return the rows for a path that are neither settled nor discarded, whatever the file's size, newest first."""
        return self._where(
            "folder_id = ? AND path = ? AND settled_at IS NULL AND discarded_at IS NULL"
            " ORDER BY seen_at DESC, rowid DESC",
            folder_id,
            path,
        )

    def in_state(self, *states: FileState) -> tuple[ScannedFile, ...]:
        """Return the files in any of these states, in the order they were seen; discarded ones too."""
        places = ", ".join("?" * len(states))
        return self._where(f"state IN ({places}) ORDER BY seen_at, path, file_id", *(state.value for state in states))

    def held(self) -> tuple[ScannedFile, ...]:
        """Return the files that wait for somebody and were not given up, in the order they were seen.

        A batch waits as one, under its first page.
        """
        return tuple(file for file in self.in_state(*HELD) if file.discarded_at is None and file.batch_of is None)

    def batch(self, file_id: FileId) -> tuple[ScannedFile, ...]:
        """Return the other files of the batch that a file leads, in the order they were written down."""
        return self._where("batch_of = ? ORDER BY rowid", file_id)

    def newest(self, limit: int) -> tuple[ScannedFile, ...]:
        """Return the files that were seen last, newest first; discarded ones too."""
        return self._where("1 ORDER BY seen_at DESC, path, file_id LIMIT ?", limit)

    def by_source_sha256(self, sha256: str) -> tuple[ScannedFile, ...]:
        """Return the files with this hash, in the order they were seen; none for an empty hash."""
        return self._where("source_sha256 = ? AND source_sha256 <> '' ORDER BY seen_at, path, file_id", sha256)

    def move(self, file_id: FileId, to: FileState, **changes: Unpack[FileChanges]) -> ScannedFile:
        """Bring a file into its next state, together with changes of other fields, and return it.

        The other files of a batch go along, once they were taken in themselves (``CLAIMED``).
        Raises ``NotKnown``, and ``ValueError`` for a step that ``TRANSITIONS`` does not have.
        """
        file = self._known(file_id)
        if to not in TRANSITIONS[file.state]:
            raise ValueError(f"a file does not go from {file.state.value} to {to.value}")
        moved = self._put(replace(file, state=to, **changes))
        if file.state is not FileState.SEEN:
            self._take_along(moved, changes)
        return moved

    def _take_along(self, leader: ScannedFile, changes: FileChanges) -> None:
        """Bring the rest of a batch to where its first page is."""
        shared: FileChanges = {}
        if "confirmed_at" in changes:
            shared["confirmed_at"] = changes["confirmed_at"]
        if "refusal" in changes:
            shared["refusal"] = changes["refusal"]
        if "discarded_at" in changes:
            shared["discarded_at"] = changes["discarded_at"]
        for file in self.batch(leader.file_id):
            to = leader.state
            if to is FileState.CLAIMED and not file.source_sha256:
                to = FileState.SEEN  # it could not be taken in before: it is to be tried from the start
            if to in TRANSITIONS[file.state] and file.state is not FileState.SEEN:
                self._put(replace(file, state=to, **shared))

    def update(self, file_id: FileId, **changes: Unpack[FileChanges]) -> ScannedFile:
        """Change fields, not the state, and return the file. Raises ``NotKnown``."""
        return self._put(replace(self._known(file_id), **changes))

    def unsettled_confirmed(self) -> tuple[ScannedFile, ...]:
        """Return the confirmed files whose original still lies in its folder, in the order they were seen."""
        return self._where("state = 'confirmed' AND settled_at IS NULL ORDER BY seen_at, path, file_id")

    def settled_as(self, path: str) -> tuple[ScannedFile, ...]:
        """Return the files whose original was moved to this path, in the order they were seen."""
        return self._where("settled_path = ? AND settled_path <> '' ORDER BY seen_at, path, file_id", path)

    def day(self, day: date | None, zone: tzinfo | None = None) -> tuple[ScannedFile, ...]:
        """Return the files of one day, or of all: of receipt, before that is known the day they were seen.

        ``zone``: where that day begins and ends, the machine's own zone unless given.
        """
        if day is None:
            return self._where("1 ORDER BY seen_at, path, file_id")
        # the column knows the machine's days; those of another zone lie at most one beside them
        near = [(day + timedelta(days=offset)).isoformat() for offset in (-1, 0, 1)]
        files = self._where("day IN (?, ?, ?) ORDER BY seen_at, path, file_id", *near)
        return tuple(file for file in files if (file.received_on or file.seen_at.astimezone(zone).date()) == day)

    def add_parts(self, parts: tuple[FilePart, ...]) -> None:
        """Keep the documents made from files, in their order; again for a file replaces all of its parts."""
        for file_id in dict.fromkeys(part.file_id for part in parts):
            self._db.run("DELETE FROM file_parts WHERE file_id = ?", (file_id,))
            self._db.note(ChangeKind.FILE, file_id)
        self._db.run_many(
            self._parts.upsert("file_parts", ("position",), key="document_id"),
            ((*self._parts.cells(part), position) for position, part in enumerate(parts)),
        )

    def parts(self, file_id: FileId) -> tuple[FilePart, ...]:
        """Return the documents made from a file, in page order."""
        return self._parts_where("file_id = ? ORDER BY position", file_id)

    def part_of(self, document_id: DocumentId) -> FilePart | None:
        """Return which part of which file a document is; None when it was not scanned here."""
        found = self._parts_where("document_id = ?", document_id)
        return found[0] if found else None

    def origins(self, document_ids: Sequence[DocumentId]) -> dict[DocumentId, Origin]:
        """Return which file each of these documents was cut from; those that were not scanned here are missing."""
        wanted = json.dumps(list(document_ids))
        mine = self._parts_where("document_id IN (SELECT value FROM json_each(?))", wanted)
        file_ids = json.dumps(sorted({part.file_id for part in mine}))
        files = {file.file_id: file for file in self._where("file_id IN (SELECT value FROM json_each(?))", file_ids)}
        siblings: dict[FileId, list[FilePart]] = {}
        for part in self._parts_where("file_id IN (SELECT value FROM json_each(?)) ORDER BY position", file_ids):
            siblings.setdefault(part.file_id, []).append(part)
        return {
            part.document_id: Origin(file=files[part.file_id], parts=tuple(siblings[part.file_id]))
            for part in mine
            if part.file_id in files
        }

    def set_progress(self, document_id: DocumentId, progress: DocumentProgress) -> None:
        """Say how far a document has come. Raises ``NotKnown``."""
        part = self.part_of(document_id)
        if part is None:
            raise NotKnown(what=document_id)
        self._db.run("UPDATE file_parts SET progress = ? WHERE document_id = ?", (progress.value, document_id))
        self._db.note(ChangeKind.FILE, part.file_id)

    def claim_log_add(self, file_id: FileId, path: str, sha256: str, at: datetime) -> None:
        """Log that a file is being taken in; in the transaction that claims it. Nothing removes it again."""
        self._db.run(
            "INSERT INTO claim_log (file_id, path, sha256, at) VALUES (?, ?, ?, ?)",
            (file_id, path, sha256, micros(at)),
        )

    def claims(self) -> tuple[ClaimEntry, ...]:
        """Return the whole claim log, oldest first."""
        return self._claims_where("1")

    def claims_without_state(self) -> tuple[ClaimEntry, ...]:
        """Return what was taken in and is not in the ledger: lost, if it ever happens."""
        return self._claims_where("NOT EXISTS (SELECT 1 FROM files WHERE files.file_id = claim_log.file_id)")

    def _known(self, file_id: FileId) -> ScannedFile:
        file = self.get(file_id)
        if file is None:
            raise NotKnown(what=file_id)
        return file

    def _put(self, file: ScannedFile) -> ScannedFile:
        day = file.received_on or file.seen_at.astimezone().date()
        self._db.run(self._files.upsert("files", EXTRA), (*self._files.cells(file), day.isoformat()))
        self._db.note(ChangeKind.FILE, file.file_id)
        return file

    def _where(self, condition: str, *cells: Cell) -> tuple[ScannedFile, ...]:
        rows = self._db.all(f"SELECT {self._files.names} FROM files WHERE {condition}", cells)  # noqa: S608
        return tuple(map(self._files.value, rows))

    def _parts_where(self, condition: str, cell: str) -> tuple[FilePart, ...]:
        rows = self._db.all(f"SELECT {self._parts.names} FROM file_parts WHERE {condition}", (cell,))  # noqa: S608
        return tuple(map(self._parts.value, rows))

    def _claims_where(self, condition: str) -> tuple[ClaimEntry, ...]:
        rows = self._db.all(f"SELECT {self._claims.names} FROM claim_log WHERE {condition} ORDER BY seq")  # noqa: S608
        return tuple(map(self._claims.value, rows))
