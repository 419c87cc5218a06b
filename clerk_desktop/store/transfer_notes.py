"""Transfer notes: appended, each with the hash of the one before, never changed; the check finds any change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

import msgspec

from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.transfer_note import (
    ChainEnd,
    ChainFault,
    ChainReport,
    FaultKind,
    SealedNote,
    TransferNote,
)
from clerk_desktop.store.statements import Row, Statements
from clerk_desktop.system.decoding import decoder

COLUMNS = "station, number, document_id, text, sha256"


class TransferNoteRows:
    """The transfer notes of a session."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements

    def append(self, note: TransferNote) -> SealedNote:
        """Write a note at the end of its station's chain; it gets its ``number`` and ``previous`` here."""
        end = self._db.one("SELECT number, sha256 FROM transfer_note_ends WHERE station = ?", (note.station,))
        number, previous = (end[0] + 1, end[1]) if end is not None else (1, "")
        sealed = seal(replace(note, number=number, previous=previous))
        self._db.run(
            f"INSERT INTO transfer_notes ({COLUMNS}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608
            (note.station, number, note.document_id, sealed.text, sealed.sha256),
        )
        self._db.run(
            "INSERT INTO transfer_note_ends (station, number, sha256) VALUES (?, ?, ?)"
            " ON CONFLICT (station) DO UPDATE SET number = excluded.number, sha256 = excluded.sha256",
            (note.station, number, sealed.sha256),
        )
        return sealed

    def of_document(self, document_id: DocumentId) -> tuple[SealedNote, ...]:
        """Return the notes of a document, oldest first; none where it was not scanned here."""
        rows = self._db.all(
            "SELECT text, sha256 FROM transfer_notes WHERE document_id = ? ORDER BY seq", (document_id,)
        )
        return tuple(
            SealedNote(note=decoder(TransferNote).decode(text), text=text, sha256=sha256) for text, sha256 in rows
        )

    def latest(self, limit: int) -> tuple[TransferNote, ...]:
        """Return the notes that were written last, newest first."""
        rows = self._db.all("SELECT text FROM transfer_notes ORDER BY seq DESC LIMIT ?", (limit,))
        return tuple(decoder(TransferNote).decode(text) for (text,) in rows)

    def ends(self) -> tuple[ChainEnd, ...]:
        """Return the last note of each station, as it was noted when it was written."""
        rows = self._db.all("SELECT station, number, sha256 FROM transfer_note_ends ORDER BY station")
        return tuple(ChainEnd(station=station, number=number, sha256=sha256) for station, number, sha256 in rows)

    def check(self) -> ChainReport:
        """Check every note and every link. Reads only."""
        rows = self._db.all(f"SELECT {COLUMNS} FROM transfer_notes ORDER BY seq")  # noqa: S608
        chains: dict[str, list[Row]] = {}
        for row in rows:
            chains.setdefault(row[0], []).append(row)
        ends = {end.station: end for end in self.ends()}
        faults: list[ChainFault] = []
        for station in sorted({*chains, *ends}):
            faults += _faults(station, chains.get(station, []), ends.get(station))
        missing = self._db.all(
            "SELECT document_id FROM file_parts WHERE document_id NOT IN (SELECT document_id FROM transfer_notes)"
            " AND document_id NOT IN (SELECT document_id FROM documents_before_notes) ORDER BY document_id"
        )
        faults += [
            ChainFault(kind=FaultKind.NOTE_OF_DOCUMENT_MISSING, document_id=DocumentId(row[0])) for row in missing
        ]
        return ChainReport(notes=len(rows), ends=tuple(ends.values()), faults=tuple(faults))


def seal(note: TransferNote) -> SealedNote:
    """Return a note with its canonical text (JSON, sorted names) and the hash of that."""
    text = msgspec.json.encode(note, order="sorted").decode()
    return SealedNote(note=note, text=text, sha256=_hash(text))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _faults(station: str, rows: Sequence[Row], end: ChainEnd | None) -> Iterator[ChainFault]:
    """Follow the chain in the order of writing, and say at which number it is not as it was written."""
    expected, previous = 1, ""
    for _, number, document_id, text, sha256 in rows:
        if number < expected:
            yield ChainFault(kind=FaultKind.MISPLACED, station=station, number=number)
            continue
        for gap in range(expected, number):
            yield ChainFault(kind=FaultKind.MISSING, station=station, number=gap)
        note = _read(text) if _hash(text) == sha256 else None
        if note is None:
            yield ChainFault(kind=FaultKind.CHANGED, station=station, number=number)
        elif (note.station, note.number, note.document_id) != (station, number, document_id):
            yield ChainFault(kind=FaultKind.MISPLACED, station=station, number=number)
        elif note.previous != previous:
            yield ChainFault(kind=FaultKind.LINK_BROKEN, station=station, number=number)
        expected, previous = number + 1, sha256
    if end is None:
        yield ChainFault(kind=FaultKind.END_UNKNOWN, station=station, number=expected - 1)
    elif end.number >= expected:
        for gap in range(expected, end.number + 1):
            yield ChainFault(kind=FaultKind.END_CUT_OFF, station=station, number=gap)
    elif (end.number, end.sha256) != (expected - 1, previous):
        yield ChainFault(kind=FaultKind.END_UNKNOWN, station=station, number=expected - 1)


def _read(text: str) -> TransferNote | None:
    try:
        return decoder(TransferNote).decode(text)
    except msgspec.MsgspecError:
        return None
