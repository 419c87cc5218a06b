"""How long reading takes is told from the time when there was something to read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from clerk_desktop.model.ids import DocumentId, FileId
from clerk_desktop.model.ledger import FileState, ScannedFile
from clerk_desktop.store.session import Session
from clerk_desktop.usecases.forecast import forecast
from tests.intake.station import START, Station
from tests.store.test_transfer_notes import NOTE

A_SECOND, IDLE = timedelta(seconds=1), timedelta(minutes=9)


def read(session: Session, name: str, at: datetime) -> None:
    session.notes.append(replace(NOTE, file_id=FileId(name), document_id=DocumentId(name), written_at=at))


def test_hours_without_letters_are_no_reading_time(station: Station) -> None:
    came = START + IDLE
    with station.store.write() as session:
        read(session, "before", START)
        for number in range(100):
            name = f"{number:03}"
            session.ledger.add(
                ScannedFile(
                    file_id=FileId(name), folder_id=station.folder.folder_id, path=str(station.scans / name), size=1,
                    modified_ns=0, state=FileState.CLAIMED, seen_at=came, claimed_at=came,
                )
            )  # fmt: skip
    with station.store.write() as session:
        assert forecast(session, came + A_SECOND).seconds is None, "none of these was read yet"
        for number in range(5):
            read(session, f"new-{number}", came + A_SECOND * 2 * (number + 1))
    with station.store.read() as session:
        found = forecast(session, came + A_SECOND * 10)
    assert (found.files, found.seconds) == (100, 200.0)
