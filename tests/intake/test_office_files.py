"""Office documents and e-mails are taken in unchanged, the files of an e-mail as documents beside it; photos as PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import RefusalReason
from clerk_desktop.model.ledger import FileState
from clerk_desktop.model.reading import FileKind
from clerk_desktop.model.suggestion import Suggestions
from clerk_desktop.model.transfer_note import Treatment
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.notices import notices
from tests.intake.office_files import DOCX_TYPE, compound, docx, mail, odt, packed
from tests.intake.papers import letter_pdf
from tests.intake.station import CASE, Station

PHOTO = Path(__file__).parents[1] / "documents" / "photo.heic"


def inbox(station: Station) -> dict[str, tuple[Document, Suggestions]]:
    """What lies in the inbox, by title."""
    with station.store.read() as session:
        found = session.documents.inbox()
        return {each.title: (each, session.suggestions.get(each.document_id) or Suggestions()) for each in found}


@pytest.mark.parametrize(
    ("name", "content", "mime_type"),
    [
        ("antrag.docx", docx(), DOCX_TYPE),
        ("antrag.odt", odt(), "application/vnd.oasis.opendocument.text"),
        ("antrag.doc", compound("WordDocument"), "application/msword"),
        ("antrag.msg", compound("__nameid_version1.0"), "application/vnd.ms-outlook"),
        ("antrag.rtf", b"{\\rtf1 Guten Tag}", "application/rtf"),
    ],
)
def test_an_office_document_is_taken_in_unchanged(station: Station, name: str, content: bytes, mime_type: str) -> None:
    station.drop(name, content)
    station.run()
    assert station.states() == {name: FileState.QUEUED}
    document, _ = inbox(station)["antrag"]
    assert (document.mime_type, document.page_count, document.length) == (mime_type, 0, len(content))
    assert document.sha256 == document.source_sha256
    assert station.store.blobs.read(document.sha256) == content
    with station.store.read() as session:
        (note,) = session.notes.of_document(document.document_id)
    assert note.note.treatments == (Treatment.UNCHANGED,)


def test_the_files_of_an_e_mail_become_documents_beside_it(station: Station) -> None:
    station.knows(CASE)
    letter = letter_pdf()
    content = mail(("Brief.pdf", letter), ("Plan.docx", docx()), ("daten.zip", packed({"a.txt": "a"})))
    station.drop("nachricht.eml", content)
    station.run()
    found = inbox(station)
    assert set(found) == {"Antrag", "Erneuerung der Beleuchtung", "Plan"}
    whole, told = found["Antrag"]
    assert (whole.mime_type, whole.sha256) == ("message/rfc822", whole.source_sha256)
    assert station.store.blobs.read(whole.sha256) == content
    assert told.left_inside == ("daten.zip",)
    assert notices(told, Texts.for_language("de")) == (
        "Diese Dateien bleiben in der E-Mail und sind keine eigenen Dokumente: daten.zip.",
    )
    for title, inside in (("Erneuerung der Beleuchtung", letter), ("Plan", docx())):
        document, proposed = found[title]
        assert proposed.attached_to == whole.document_id
        assert document.source_key == whole.source_key
        assert station.store.blobs.read(document.sha256) == inside
        with station.store.read() as session:
            (note,) = session.notes.of_document(document.document_id)
        assert note.note.treatments == (Treatment.TAKEN_OUT_OF_MAIL, Treatment.UNCHANGED)
    assert found["Erneuerung der Beleuchtung"][1].cases[0].case_number == CASE.case_number


def test_the_head_of_an_e_mail_is_proposed_and_its_case_is_never_certain(station: Station) -> None:
    station.knows(CASE)
    station.drop("nachricht.eml", mail(subject=f"Ihr Zeichen: {CASE.case_number}", text="Danke"))
    station.run()
    ((_, told),) = inbox(station).values()
    said = {each.field.value: each.value for each in told.fields}
    assert said == {
        "sender": "Erika Müller",
        "subject": f"Ihr Zeichen: {CASE.case_number}",
        "letter_date": date(2026, 11, 12).isoformat(),
    }
    (case,) = told.cases
    assert (case.case_number, case.certain, case.evidence.page) == (CASE.case_number, False, 0)


def test_an_e_mail_in_an_e_mail_gives_its_files_too_and_none_gets_the_key_of_another(station: Station) -> None:
    inner = mail(("Brief.pdf", letter_pdf(("innen",))), subject="Weitergeleitet")
    station.drop("nachricht.eml", mail(("inner.eml", inner), ("Brief.pdf", letter_pdf(("aussen",)))))
    station.run()
    with station.store.read() as session:
        documents = session.documents.inbox()
    assert len(documents) == len({document.document_id for document in documents}) == 4


def test_the_same_e_mail_on_two_stations_gets_the_same_keys(station: Station) -> None:
    station.drop("nachricht.eml", mail(("Brief.pdf", letter_pdf())))
    station.run()
    first = {document.document_id for document, _ in inbox(station).values()}
    with station.store.write() as session:
        (file,) = session.ledger.in_state(FileState.QUEUED)
        parts = session.ledger.parts(file.file_id)
    assert {part.document_id for part in parts} == first
    assert len(first) == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (compound("EncryptedPackage"), RefusalReason.ENCRYPTED),
        (compound("Contents"), RefusalReason.UNKNOWN_KIND),
        (docx()[:-40], RefusalReason.DAMAGED),
        (packed({"word/document.xml": "<w:t/>"}), RefusalReason.UNKNOWN_KIND),
        (b"Liebe Tante,\n\nTo: be continued\nFrom: here\n", RefusalReason.UNKNOWN_KIND),
    ],
)
def test_what_only_looks_like_one_is_refused(station: Station, content: bytes, reason: RefusalReason) -> None:
    station.drop("seltsam", content)
    station.run()
    assert station.files()["seltsam"].refusal is reason


def test_a_photo_of_a_telephone_becomes_a_pdf_with_its_text(station: Station) -> None:
    station.knows(CASE)
    station.drop("foto.heic", PHOTO.read_bytes())
    station.run()
    ((document, told),) = inbox(station).values()
    assert (document.mime_type, document.page_count) == ("application/pdf", 1)
    assert station.store.blobs.read(document.sha256).startswith(b"%PDF-")
    assert [case.case_number for case in told.cases] == [CASE.case_number]


def test_every_kind_has_its_type_and_an_ending_that_no_other_has() -> None:
    from clerk_desktop.model.reading import ENDINGS, MIME_TYPES, kind_by_mime

    assert set(MIME_TYPES) == set(FileKind)
    assert len(set(ENDINGS.values())) == len(FileKind)
    assert all(kind_by_mime(mime) is kind for kind, mime in MIME_TYPES.items())
