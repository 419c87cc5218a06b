"""The chain of transfer notes: every change, gap and reordering is found, and the place is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest

from clerk_desktop.model.ids import DocumentId, FileId
from clerk_desktop.model.ledger import FilePart
from clerk_desktop.model.transfer_note import ChainFault, FaultKind, TransferNote, Treatment
from clerk_desktop.store.database import DatabaseFile
from clerk_desktop.store.keys import derive
from clerk_desktop.store.store import Store
from clerk_desktop.store.transfer_notes import seal
from tests.store.samples_of import KEY, PARTS

NOTE = TransferNote(
    station="post",
    number=0,
    previous="",
    document_id=DocumentId("d0"),
    file_id=FileId("f0"),
    written_at=datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
    written_by="post.luegde",
    machine="rathaus-7",
    program="clerk-desktop 0.1.0",
    source="/scans/Müller.pdf",
    scanned_at=datetime(2026, 11, 23, 7, 59, tzinfo=UTC),
    taken_in_at=None,
    source_sha256="a" * 64,
    source_size=100,
    source_pages=3,
    stored_sha256="b" * 64,
    stored_size=200,
    pages=(1, 2),
    blank=(),
    left_out=(3,),
    treatments=(Treatment.CUT, Treatment.TEXT_LAYER),
)
Tamper = Callable[[apsw.Connection], object]
LAST = 5


def fault(kind: FaultKind, number: int) -> ChainFault:
    return ChainFault(kind=kind, station="post", number=number)


def run(sql: str) -> Tamper:
    return lambda connection: connection.execute(sql)


def swap(connection: apsw.Connection) -> None:
    """Two notes change places, whole."""
    connection.execute("UPDATE transfer_notes SET number = -1 WHERE number = 2")
    connection.execute("UPDATE transfer_notes SET number = 2 WHERE number = 3")
    connection.execute("UPDATE transfer_notes SET number = 3 WHERE number = -1")


def rewrite(connection: apsw.Connection) -> None:
    """A note is written anew, with a hash that fits its own text."""
    ((text,),) = connection.execute("SELECT text FROM transfer_notes WHERE number = 3").fetchall()
    forged = seal(
        replace(NOTE, number=3, document_id=DocumentId("d2"), previous=previous_of(str(text)), source_pages=2)
    )
    connection.execute("UPDATE transfer_notes SET text = ?, sha256 = ? WHERE number = 3", (forged.text, forged.sha256))


def previous_of(text: str) -> str:
    return text.split('"previous":"')[1].split('"')[0]


def put_in(connection: apsw.Connection) -> None:
    """A note is pushed in after the last one, without the end being told."""
    extra = seal(replace(NOTE, number=LAST + 1))
    connection.execute(
        "INSERT INTO transfer_notes (station, number, document_id, text, sha256) VALUES ('post', ?, 'd0', ?, ?)",
        (LAST + 1, extra.text, extra.sha256),
    )


TAMPERED: dict[str, tuple[Tamper, list[ChainFault]]] = {
    "a word is changed": (
        run("UPDATE transfer_notes SET text = replace(text, 'rathaus-7', 'rathaus-8') WHERE number = 3"),
        [fault(FaultKind.CHANGED, 3)],
    ),
    "a hash is changed": (
        run("UPDATE transfer_notes SET sha256 = 'x' WHERE number = 3"),
        [fault(FaultKind.CHANGED, 3), fault(FaultKind.LINK_BROKEN, 4)],
    ),
    "a note is written anew with its own hash": (rewrite, [fault(FaultKind.LINK_BROKEN, 4)]),
    "a note is not JSON any more": (
        run("UPDATE transfer_notes SET text = '{' WHERE number = 1"),
        [fault(FaultKind.CHANGED, 1)],
    ),
    "one in the middle is taken out": (
        run("DELETE FROM transfer_notes WHERE number = 3"),
        [fault(FaultKind.MISSING, 3), fault(FaultKind.LINK_BROKEN, 4)],
    ),
    "the first is taken out": (
        run("DELETE FROM transfer_notes WHERE number = 1"),
        [fault(FaultKind.MISSING, 1), fault(FaultKind.LINK_BROKEN, 2)],
    ),
    "the end is cut off": (
        run("DELETE FROM transfer_notes WHERE number >= 4"),
        [fault(FaultKind.END_CUT_OFF, 4), fault(FaultKind.END_CUT_OFF, 5)],
    ),
    "all are taken out": (
        run("DELETE FROM transfer_notes"),
        [fault(FaultKind.END_CUT_OFF, number) for number in range(1, LAST + 1)],
    ),
    "the end is forgotten": (run("DELETE FROM transfer_note_ends"), [fault(FaultKind.END_UNKNOWN, LAST)]),
    "the last is written anew": (
        run("UPDATE transfer_note_ends SET sha256 = 'x'"),
        [fault(FaultKind.END_UNKNOWN, LAST)],
    ),
    "one is put in at the end": (put_in, [fault(FaultKind.LINK_BROKEN, 6), fault(FaultKind.END_UNKNOWN, 6)]),
    "two change places": (
        swap,
        [
            fault(FaultKind.MISSING, 2),
            fault(FaultKind.MISPLACED, 3),
            fault(FaultKind.MISPLACED, 2),
            fault(FaultKind.LINK_BROKEN, 4),
        ],
    ),
    "one is given to another document": (
        run("UPDATE transfer_notes SET document_id = 'other' WHERE number = 2"),
        [fault(FaultKind.MISPLACED, 2)],
    ),
    "one is given to another station": (
        run("UPDATE transfer_notes SET station = 'zweite', number = 1 WHERE number = 5"),
        [
            fault(FaultKind.END_CUT_OFF, 5),
            ChainFault(kind=FaultKind.MISPLACED, station="zweite", number=1),
            ChainFault(kind=FaultKind.END_UNKNOWN, station="zweite", number=1),
        ],
    ),
}


def fill(home: Path) -> None:
    with closing(Store.open(home, KEY)) as store:
        for number in range(LAST):
            with store.write() as session:
                session.notes.append(replace(NOTE, document_id=DocumentId(f"d{number}")))


def open_by_force(home: Path) -> apsw.Connection:
    """As somebody would who has the key and takes the locks off."""
    connection = DatabaseFile(home / "store", derive(KEY)).connect()
    connection.execute("DROP TRIGGER transfer_notes_stay; DROP TRIGGER transfer_notes_are_kept")
    return connection


@pytest.mark.parametrize("name", TAMPERED)
def test_tampering_is_found_and_its_place_is_told(tmp_path: Path, name: str) -> None:
    tamper, expected = TAMPERED[name]
    fill(tmp_path)
    with closing(open_by_force(tmp_path)) as connection:
        tamper(connection)
    with closing(Store.open(tmp_path, KEY)) as store, store.read() as session:
        assert list(session.notes.check().faults) == expected


def test_a_chain_that_nobody_touched_is_whole_after_a_restart(tmp_path: Path) -> None:
    fill(tmp_path)
    fill(tmp_path)
    with closing(Store.open(tmp_path, KEY)) as store, store.read() as session:
        report = session.notes.check()
        assert (report.notes, report.faults) == (2 * LAST, ())
        (end,) = report.ends
        assert end.number == 2 * LAST
        assert [note.note.number for note in session.notes.of_document(DocumentId("d1"))] == [2, 2 + LAST]


def test_each_station_has_a_chain_of_its_own(store: Store) -> None:
    with store.write() as session:
        for station in ("a", "b", "a"):
            session.notes.append(replace(NOTE, station=station))
        report = session.notes.check()
        assert [(end.station, end.number) for end in report.ends] == [("a", 2), ("b", 1)]
        assert report.faults == ()


def test_a_transaction_that_is_given_up_leaves_no_note_and_no_gap(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write() as session:
        session.notes.append(NOTE)
        raise ZeroDivisionError
    with store.write() as session:
        assert session.notes.append(NOTE).note.number == 1
        assert session.notes.check().faults == ()


@pytest.mark.parametrize("sql", ["UPDATE transfer_notes SET text = ''", "DELETE FROM transfer_notes"])
def test_the_database_itself_refuses_to_change_a_note(tmp_path: Path, sql: str) -> None:
    fill(tmp_path)
    connecting = closing(DatabaseFile(tmp_path / "store", derive(KEY)).connect())
    with connecting as connection, pytest.raises(apsw.ConstraintError):
        connection.execute(sql)


def test_a_scanned_document_without_its_note_is_told_but_not_one_from_before_there_were_notes(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    shutil.copyfile(Path(__file__).parent / "samples" / "0004.db", tmp_path / "store" / "clerk.db")
    with closing(Store.open(tmp_path, KEY)) as store, store.write() as session:
        assert session.notes.check().faults == ()
        new = FilePart(file_id=FileId("new"), document_id=DocumentId("new"), pages=(1,))
        session.ledger.add_parts((new,))
        assert session.notes.check().faults == (
            ChainFault(kind=FaultKind.NOTE_OF_DOCUMENT_MISSING, document_id=new.document_id),
        )
        assert len(PARTS) == 2
