"""Disaster 12: the mail was deleted before the import succeeded. Here it stays until its last file has arrived."""

from __future__ import annotations

from clerk_desktop.model.ledger import DocumentProgress, FileState
from tests.intake.office_files import docx, mail
from tests.intake.papers import letter_pdf
from tests.intake.station import Station


def test_a_mail_lies_in_its_folder_until_it_and_each_of_its_files_are_confirmed(station: Station) -> None:
    content = mail(("Brief.pdf", letter_pdf()), ("Plan.docx", docx()))
    path = station.drop("nachricht.eml", content)
    station.run()
    file_id = station.files()["nachricht.eml"].file_id
    with station.store.read() as session:
        parts = session.ledger.parts(file_id)
    assert len(parts) == 3
    for part in parts[:-1]:
        with station.store.write() as session:
            session.ledger.set_progress(part.document_id, DocumentProgress.CONFIRMED)
        station.restart()
        station.settle()
        assert path.read_bytes() == content
    station.confirm("nachricht.eml")
    station.settle()
    (settled,) = (station.scans / "erledigt").rglob("*.eml")
    assert settled.read_bytes() == content
    assert station.states() == {"nachricht.eml": FileState.CONFIRMED}
