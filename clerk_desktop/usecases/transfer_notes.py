"""Transfer notes for whoever has to prove something: the check of all of them, and a note beside its document."""

from __future__ import annotations

from datetime import datetime, tzinfo
from pathlib import Path

import msgspec

from clerk_desktop.model.archival import Hindrance
from clerk_desktop.model.errors import NotKnown
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.paper import Heading, Paper, Paragraph, Printer, Table
from clerk_desktop.model.scanning import ScanOrigin
from clerk_desktop.model.scanning_texts import COLOUR_MODES, SCAN_SOURCES
from clerk_desktop.model.texts import N_
from clerk_desktop.model.transfer_note import ChainReport, FaultKind, SealedNote, TransferNote, Treatment
from clerk_desktop.store.store import Store
from clerk_desktop.system.files import write_whole
from clerk_desktop.system.texts import Texts

TREATMENTS = {
    Treatment.UNCHANGED: N_("stored byte for byte as scanned"),
    Treatment.CUT: N_("cut out of a scanned stack"),
    Treatment.SHEETS_LEFT_OUT: N_("separator sheets left out"),
    Treatment.TEXT_LAYER: N_("recognised text put under the untouched images"),
    Treatment.MADE_PDF: N_("untouched images put into a PDF"),
    Treatment.TAKEN_OUT_OF_MAIL: N_("taken out of an e-mail, which is kept whole beside it"),
    Treatment.JOINED: N_("the files of a batch put together, page by page"),
    Treatment.PDF_A: N_("stored as PDF/A-2b, images and words unchanged; the original is kept"),
    Treatment.NOT_PDF_A: N_("not made PDF/A"),
    Treatment.REARRANGED: N_("made by a clerk of pages of other letters, which are kept as they were"),
    Treatment.TURNED: N_("pages turned by their entry for rotation, images untouched"),
    Treatment.REPAIRED: N_("the damaged file was mended to be read"),
}
HINDRANCES = {
    Hindrance.SIGNED: N_("it is signed"),
    Hindrance.OWN_TEXT: N_("it has text and fonts of its own"),
    Hindrance.ACTIVE: N_("it has forms, annotations, attachments or scripts"),
    Hindrance.TRANSPARENT: N_("it has transparent parts"),
    Hindrance.COLOURS: N_("its colours have no profile that fits"),
    Hindrance.COMPRESSION: N_("its images are compressed in a way that PDF/A forbids"),
    Hindrance.DRAWING: N_("it has more than scanned images"),
    Hindrance.DAMAGED: N_("it is not built as PDF/A needs"),
}
FAULTS = {
    FaultKind.CHANGED: N_("Note {number} of station {station} was changed."),
    FaultKind.MISSING: N_("Note {number} of station {station} is missing."),
    FaultKind.MISPLACED: N_("Note {number} of station {station} is not where it was written."),
    FaultKind.LINK_BROKEN: N_("Note {number} of station {station} does not follow the note before it."),
    FaultKind.END_CUT_OFF: N_("Note {number} at the end of station {station} is missing."),
    FaultKind.END_UNKNOWN: N_("The last note of station {station} is not the one that was noted as the last."),
    FaultKind.NOTE_OF_DOCUMENT_MISSING: N_("The scanned document {document} has no note."),
}


class TransferNotes:
    """``zone``: of the times that people read."""

    def __init__(self, store: Store, zone: tzinfo, printer: Printer) -> None:
        self._store = store
        self._zone = zone
        self._printer = printer

    def check(self) -> ChainReport:
        """Check every note and every link between them."""
        with self._store.read() as session:
            return session.notes.check()

    def of_document(self, document_id: DocumentId) -> SealedNote:
        """Return the newest note of a document. Raises ``NotKnown`` where it was not scanned here."""
        with self._store.read() as session:
            notes = session.notes.of_document(document_id)
        if not notes:
            raise NotKnown(what=document_id)
        return notes[-1]

    def write(self, document_id: DocumentId, target: Path, texts: Texts) -> None:
        """Write a document's note: to be read by people where the name ends in ``.pdf``, else as JSON.

        In the JSON ``text`` is what ``sha256`` is the hash of, so that anybody can check it.
        Raises ``NotKnown``, ``DiskFull``.
        """
        sealed = self.of_document(document_id)
        if target.suffix.lower() == ".pdf":
            write_whole(target, self._printer.pdf(self.paper(sealed, texts)))
        else:
            content = {"sha256": sealed.sha256, "text": sealed.text, "note": sealed.note}
            write_whole(target, msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n")

    def paper(self, sealed: SealedNote, texts: Texts) -> Paper:
        """Return a note as it is printed."""
        _, note = texts.gettext, sealed.note
        pages = ", ".join(map(str, note.pages))
        rows = (
            (_("Document"), note.document_id),
            (_("Scan"), note.source),
            (_("Scanner"), _device(note.device, texts)),
            (_("Scanned at"), self._moment(note.scanned_at)),
            (_("Taken in at"), self._moment(note.taken_in_at)),
            (_("Note written at"), self._moment(note.written_at)),
            (_("Written by"), f"{note.written_by} ({note.machine}, {note.program})"),
            (_("SHA-256 of the scan"), note.source_sha256),
            *((path, sha256) for sha256, path in note.batch),
            (_("SHA-256 of the stored form"), note.stored_sha256),
            (_("Pages"), _("{pages} of {all} of the scan").format(pages=pages, all=note.source_pages)),
            (_("Blank pages, kept"), ", ".join(map(str, note.blank)) or "–"),
            (_("Pages left out"), ", ".join(map(str, note.left_out)) or "–"),
            *_made_of(note, texts),
            (_("What was done"), "; ".join(_(TREATMENTS[each]) for each in note.treatments)),
            *([(_("Why not PDF/A"), _(HINDRANCES[note.hindrance]))] if note.hindrance is not None else []),
            (_("Station and number"), f"{note.station}, {note.number}"),
            (_("SHA-256 of the note before"), note.previous or "–"),
            (_("SHA-256 of this note"), sealed.sha256),
        )
        title = _("Transfer note")
        return Paper(
            title=title,
            language=texts.language.value,
            blocks=(
                Heading(text=title, size=18),
                Table(head=(_("Item"), _("Content")), rows=rows, shares=(1, 2.4), size=9),
                Paragraph(
                    text=_("Written by the program when the scan was taken in. It holds no result of a visual check.")
                ),
            ),
            footer=_("Page {page} of {pages}"),
        )

    def _moment(self, at: datetime | None) -> str:
        return at.astimezone(self._zone).isoformat(sep=" ", timespec="seconds") if at is not None else "–"


def _device(device: ScanOrigin | None, texts: Texts) -> str:
    """Return the device and its settings as one line; files that somebody else put there have none."""
    if device is None:
        return "–"
    _ = texts.gettext
    settings = [_(SCAN_SOURCES[device.source]), f"{device.dpi} dpi", _(COLOUR_MODES[device.mode])]
    if device.both_sides:
        settings.insert(1, _("Both sides"))
    serial = f" ({device.serial})" if device.serial else ""
    return f"{device.scanner}{serial}, {', '.join(settings)}"


def _made_of(note: TransferNote, texts: Texts) -> tuple[tuple[str, str], ...]:
    if not note.made_of:
        return ()
    _ = texts.gettext
    made, out = (
        ", ".join(f"{page.document_id}/{page.number}" for page in pages) or "–"
        for pages in (note.made_of, note.sorted_out)
    )
    return ((_("Made of (letter/page)"), made), (_("Sorted out (letter/page)"), out))
