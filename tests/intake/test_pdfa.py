"""PDF/A-2b as the stored form where the office wants it: said in the note either way, and the original is kept."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pikepdf
from PIL import Image

from clerk_desktop.documents.printed_paper import PaperPrinter
from clerk_desktop.model.archival import Hindrance
from clerk_desktop.model.office_settings import OfficeSettings
from clerk_desktop.model.transfer_note import SealedNote, Treatment
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.office import read_office_settings
from clerk_desktop.usecases.transfer_notes import HINDRANCES, TREATMENTS, TransferNotes
from clerk_desktop.usecases.transfers import Transfers
from tests.intake.papers import letter_pdf
from tests.intake.station import BERLIN, Station


def fax() -> bytes:
    out = io.BytesIO()
    Image.new("1", (400, 600), 1).save(out, "TIFF", compression="group4", dpi=(72, 72))
    return out.getvalue()


def only_note(station: Station) -> SealedNote:
    with station.store.read() as session:
        (document,) = session.documents.inbox()
        (sealed,) = session.notes.of_document(document.document_id)
        assert sealed.note.stored_sha256 == document.sha256
        assert session.notes.check().faults == ()
    return sealed


def test_a_scan_is_stored_as_pdf_a_and_its_original_is_never_deleted(station: Station) -> None:
    station.office = OfficeSettings(store_pdfa=True)
    station.folder = replace(station.folder, keep_originals_days=0)
    with station.store.write() as session:
        session.folders.add(station.folder)
    station.drop("fax.tif", fax())
    station.run()
    sealed = only_note(station)
    assert sealed.note.treatments[-1] is Treatment.PDF_A
    stored = io.BytesIO(station.store.blobs.read(sealed.note.stored_sha256))
    with pikepdf.open(stored) as pdf, pdf.open_metadata() as told:
        assert told["pdfaid:part"] == "2"
    station.confirm("fax.tif")
    (kept,) = station.settle().settled
    station.clock.pause(timedelta(days=400).total_seconds())
    assert station.settle().purged == ()
    settled = station.scans / "erledigt" / "2026-11-23" / "fax.tif"
    assert settled.read_bytes() == fax() and Path(kept).name == "fax.tif"


def test_a_letter_of_before_keeps_its_content_when_the_same_scan_becomes_pdf_a(station: Station) -> None:
    station.drop("a/fax.tif", fax())
    station.run()
    before = only_note(station).note.stored_sha256
    station.office = OfficeSettings(store_pdfa=True)
    station.drop("b/fax.tif", fax())
    station.run()
    Transfers(station.store, station.clock, BERLIN).retry_file(station.files()["b/fax.tif"].file_id)
    station.run()
    with station.store.read() as session:
        stored = [document.sha256 for document in session.documents.inbox()]
    assert before in stored and len(set(stored)) == 2
    for sha256 in stored:
        assert station.store.blobs.read(sha256).startswith(b"%PDF-")


def test_what_cannot_be_made_pdf_a_stays_byte_for_byte_and_the_note_says_why(station: Station) -> None:
    station.office = OfficeSettings(store_pdfa=True)
    station.drop("brief.pdf", letter_pdf())
    station.run()
    sealed = only_note(station)
    assert sealed.note.treatments == (Treatment.UNCHANGED, Treatment.NOT_PDF_A)
    assert (sealed.note.hindrance, sealed.note.stored_sha256) == (Hindrance.OWN_TEXT, sealed.note.source_sha256)
    paper = TransferNotes(station.store, BERLIN, PaperPrinter()).paper(sealed, Texts.for_language("de"))
    assert "eigenen Text und eigene Schriften" in str(paper.blocks)
    assert set(HINDRANCES) == set(Hindrance) and set(TREATMENTS) == set(Treatment)


def test_without_the_office_s_wish_nothing_is_converted_and_nothing_is_said(station: Station) -> None:
    station.drop("fax.tif", fax())
    station.run()
    note = only_note(station).note
    assert not {Treatment.PDF_A, Treatment.NOT_PDF_A} & set(note.treatments)
    assert read_office_settings(b"store_pdfa = true\n").store_pdfa
