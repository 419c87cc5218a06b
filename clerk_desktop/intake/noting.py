"""Writes the transfer note of each document, in the transaction that makes the document: both are there, or neither."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from clerk_desktop.intake.scans import Scan
from clerk_desktop.intake.understand import Understood, UnderstoodPart
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.reading import FileKind, TextSource
from clerk_desktop.model.transfer_note import TransferNote, Treatment
from clerk_desktop.store.session import Session
from clerk_desktop.system.surroundings import Surroundings

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Notary:
    """Who notes: the station, and where it runs."""

    station: str
    surroundings: Surroundings

    def note(
        self,
        session: Session,
        scan: Scan,
        understood: Understood,
        part: UnderstoodPart,
        document_id: DocumentId,
        now: datetime,
    ) -> None:
        """Append the note of one document to the station's chain."""
        account, file = session.account.get(), scan.file
        session.notes.append(
            TransferNote(
                station=self.station,
                number=0,
                previous="",
                document_id=document_id,
                file_id=file.file_id,
                written_at=now,
                written_by=account.user if account is not None else self.surroundings.user,
                machine=self.surroundings.machine,
                program=self.surroundings.program,
                source=file.path,
                scanned_at=EPOCH + timedelta(microseconds=file.modified_ns // 1000),
                taken_in_at=file.claimed_at,
                source_sha256=file.source_sha256,
                source_size=file.size,
                source_pages=len((part.source or understood).facts.pages),
                stored_sha256=part.sha256,
                stored_size=part.length,
                pages=part.part.pages,
                blank=part.part.blank,
                left_out=(part.source or understood).left_out,
                treatments=treatments(scan, understood, part),
                device=session.scanners.origin(file.source_sha256),
                hindrance=part.hindrance,
                batch=tuple((each.source_sha256, each.path) for each in scan.files) if scan.more else (),
            )
        )


def treatments(scan: Scan, understood: Understood, part: UnderstoodPart) -> tuple[Treatment, ...]:
    """Return what was done to the scan, in the order in which it was done."""
    whole = part.source or understood
    source_sha256 = scan.file.source_sha256
    facts, done = whole.facts, [Treatment.JOINED] if len(scan.pages) > 1 else []
    if part.source is not None:
        source_sha256 = part.source.sha256
        done.append(Treatment.TAKEN_OUT_OF_MAIL)
    if facts.repaired:
        done.append(Treatment.REPAIRED)
    if len(part.part.pages) < len(facts.pages) - len(whole.left_out):
        done.append(Treatment.CUT)
    if whole.left_out:
        done.append(Treatment.SHEETS_LEFT_OUT)
    if part.sha256 == source_sha256:
        done.append(Treatment.UNCHANGED)
        return (*done, *_form(part))
    if facts.kind is not FileKind.PDF:
        done.append(Treatment.MADE_PDF)
    if any(page.source is TextSource.RECOGNISED for page in part.readings):
        done.append(Treatment.TEXT_LAYER)
    return (*done, *_form(part))


def _form(part: UnderstoodPart) -> tuple[Treatment, ...]:
    if part.archival:
        return (Treatment.PDF_A,)
    return (Treatment.NOT_PDF_A,) if part.hindrance is not None else ()
