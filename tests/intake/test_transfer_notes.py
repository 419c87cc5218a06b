"""Each document gets its transfer note in the transaction that makes it, whatever happens in between."""

from __future__ import annotations

import hashlib

import pytest

from clerk_desktop.intake.progress import Point
from clerk_desktop.model.transfer_note import SealedNote, Treatment
from tests.intake.papers import letter_pdf, picture
from tests.intake.station import Notes, PowerCut, Station


def notes(station: Station) -> list[SealedNote]:
    with station.store.read() as session:
        return [
            note for document in session.documents.inbox() for note in session.notes.of_document(document.document_id)
        ]


def test_a_letter_with_text_is_noted_as_unchanged(station: Station) -> None:
    station.drop("brief.pdf", letter_pdf())
    station.run()
    (sealed,) = notes(station)
    note = sealed.note
    assert note.treatments == (Treatment.UNCHANGED,)
    assert note.source_sha256 == note.stored_sha256 == hashlib.sha256(letter_pdf()).hexdigest()
    assert (note.pages, note.source_pages, note.left_out) == ((1,), 1, ())
    assert note.station == station.name
    assert note.program.startswith("clerk-desktop ")
    assert note.taken_in_at is not None and note.taken_in_at <= note.written_at
    assert hashlib.sha256(sealed.text.encode()).hexdigest() == sealed.sha256


def test_a_picture_is_noted_as_made_pdf_with_recognised_text(station: Station) -> None:
    station.drop("foto.png", picture(text="Antrag auf Wohngeld"))
    station.run()
    (sealed,) = notes(station)
    assert sealed.note.treatments == (Treatment.MADE_PDF, Treatment.TEXT_LAYER)
    assert sealed.note.source_sha256 != sealed.note.stored_sha256


@pytest.mark.parametrize("point", [Point.READ, Point.COMPOSED, Point.UNDERSTOOD, Point.QUEUED])
def test_after_a_power_cut_the_chain_is_whole_and_each_document_has_one_note(station: Station, point: Point) -> None:
    station.drop("eins.pdf", letter_pdf(("eins",)))
    station.run()
    station.drop("zwei.pdf", letter_pdf(("zwei",)))
    station.started(witness=Notes(cut_at=point))
    with pytest.raises(PowerCut):
        station.run()
    station.restart()
    with station.store.read() as session:
        assert session.notes.check().faults == ()
    station.run()
    with station.store.read() as session:
        report = session.notes.check()
    assert (report.notes, report.faults) == (2, ())
    assert sorted(sealed.note.number for sealed in notes(station)) == [1, 2]
