"""The comparison of scans with their paper: recorded in the history, shared with the office, counted by protection."""

from __future__ import annotations

from collections.abc import Iterable

from clerk_desktop.intake.reconcile import counts, letters_of
from clerk_desktop.model.case import Confidentiality
from clerk_desktop.model.document import Document
from clerk_desktop.model.event import Event, EventKind
from clerk_desktop.model.field_names import PROTECTIONS
from clerk_desktop.model.ids import DocumentId, EventId, new_key
from clerk_desktop.model.ledger import ScannedFile
from clerk_desktop.model.office_settings import OfficeSettings
from clerk_desktop.model.texts import N_
from clerk_desktop.model.visual_check import Defect, Sample, SampledLetter, VisualCheck, check_of
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from clerk_desktop.system.clock import Clock
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.contents import known_document
from clerk_desktop.usecases.people import actor
from clerk_desktop.usecases.sampling import is_sampled, quota
from clerk_desktop.usecases.worklist import note_event

DEFECTS = {
    Defect.PAGE_MISSING: N_("a page is missing"),
    Defect.CUT_OFF: N_("something is cut off or covered"),
    Defect.ILLEGIBLE: N_("something cannot be read"),
    Defect.WRONG_ORDER: N_("the pages are in another order"),
    Defect.COLOUR_LOST: N_("a colour that matters is lost"),
    Defect.OTHER: N_("something else"),
}


class VisualChecks:
    """What people found when they laid the paper beside its scan."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def record(self, document_id: DocumentId, defect: Defect | None = None, remark: str = "") -> VisualCheck:
        """Write down that a scan agrees with its paper, or in what it does not. Raises ``NotKnown``."""
        now = self._clock.now()
        with self._store.write() as session:
            document = known_document(session, document_id)
            check = VisualCheck(
                document_id=document_id, defect=defect, remark=remark.strip(), by=actor(session), at=now
            )
            event = Event(
                event_id=EventId(new_key()),
                kind=EventKind.VISUAL_CHECK,
                actor=check.by,
                at=now,
                text=check.text,
                case_id=document.case_id,
                document_id=document_id,
            )
            note_event(session, event, document_id, now)
        return check


def newest_check(session: Session, document_id: DocumentId) -> VisualCheck | None:
    """Return what was found last about a document, None when nobody compared it."""
    checks = [check_of(event) for event in session.events.of_document(document_id)]
    return next((check for check in reversed(checks) if check is not None), None)


def is_to_compare(session: Session, document: Document, office: OfficeSettings) -> bool:
    """Tell whether a letter belongs to the sample and nobody has compared it yet."""
    return is_sampled(document, office) and newest_check(session, document.document_id) is None


def samples(session: Session, files: Iterable[ScannedFile], office: OfficeSettings) -> tuple[Sample, ...]:
    """Return the samples among the letters of these files, by protection; one without letters and quota is left out."""
    letters = dict.fromkeys(Confidentiality, 0)
    chosen: dict[Confidentiality, list[SampledLetter]] = {protection: [] for protection in Confidentiality}
    seen = set[DocumentId]()  # a letter of pages of two files belongs to both
    for file in files:
        for document_id in letters_of(session, session.ledger.parts(file.file_id)) if counts(file) else ():
            document = session.documents.get(document_id)
            if document is None or document_id in seen:
                continue
            seen.add(document_id)
            letters[document.confidentiality] += 1
            check = newest_check(session, document_id)
            if check is not None or is_sampled(document, office):
                letter = SampledLetter(document_id=document_id, path=file.path, check=check)
                chosen[document.confidentiality].append(letter)
    return tuple(
        Sample(
            protection=protection,
            quota=quota(protection, office),
            letters=letters[protection],
            chosen=tuple(chosen[protection]),
        )
        for protection in Confidentiality
        if letters[protection] or quota(protection, office)
    )


def check_text(check: VisualCheck | None, texts: Texts) -> str:
    """Say what was found."""
    if check is None:
        return texts.gettext("not compared yet")
    if check.defect is None:
        return texts.gettext("agrees with the paper")
    found = texts.gettext("does not agree: {defect}").format(defect=texts.gettext(DEFECTS[check.defect]))
    return f"{found} ({check.remark})" if check.remark else found


def sample_text(sample: Sample, texts: Texts) -> str:
    """Say how far the sample of one protection is."""
    text = texts.gettext(
        "Compared with the paper ({protection}, {quota} of 100): {compared} of {chosen} chosen among {letters} letters"
    ).format(
        protection=texts.gettext(PROTECTIONS[sample.protection]),
        quota=sample.quota,
        compared=sample.compared,
        chosen=len(sample.chosen),
        letters=sample.letters,
    )
    if sample.defects:
        text += texts.gettext("; {count} do not agree").format(count=len(sample.defects))
    return text
