"""Which box the paper of a day lies in, and from when on its paper may be destroyed: box by box, never by guess.

A scan that did not arrive has no letter that could name a box. Its paper lies in one of its day, so it keeps them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from clerk_desktop.intake.reconcile import letters_of
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.editing import DocumentChange, changed_document
from clerk_desktop.model.errors import WrongUsage
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.ledger import LOST, FileAccount, Reconciliation, Verdict
from clerk_desktop.model.outbox import UpdateDocument
from clerk_desktop.model.paper import Heading, Paper, Paragraph, Printer, Table
from clerk_desktop.model.paper_box import BoxHindrance, PaperBox
from clerk_desktop.model.texts import N_
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from clerk_desktop.system.clock import Clock
from clerk_desktop.system.files import write_whole
from clerk_desktop.system.texts import Language, Texts
from clerk_desktop.usecases.office import office_settings

FINE = frozenset({Verdict.ARRIVED, Verdict.TWIN_GIVEN_UP, Verdict.ALIKE_GIVEN_UP})
HINDRANCES = {
    BoxHindrance.LOST: N_("a scan of these days is lost"),
    BoxHindrance.NOT_ARRIVED: N_("not every scan of these days has arrived"),
    BoxHindrance.DIFFERS: N_("a scan does not agree with its paper"),
    BoxHindrance.UNCOMPARED: N_("the sample is not compared yet"),
    BoxHindrance.NO_NUMBER: N_("nobody said in which box it lies"),
}


@dataclass(kw_only=True)
class _Filling:
    days: set[date] = field(default_factory=set)
    letters: list[DocumentId] = field(default_factory=list)


class PaperBoxes:
    """The boxes of what was scanned here."""

    def __init__(self, store: Store, clock: Clock, printer: Printer) -> None:
        self._store = store
        self._clock = clock
        self._printer = printer

    def put(self, number: str, day: date) -> int:
        """Say that the paper of a day's letters lies in a box; letters that have one stay. Returns how many were put.

        Raises ``WrongUsage`` for no number.
        """
        if not number.strip():
            raise WrongUsage(what=number)
        change = (DocumentChange(field=DocumentField.PAPER_BOX, text=number.strip()),)
        now, put = self._clock.now(), 0
        with self._store.write() as session:
            for file in session.ledger.day(None):
                for document_id in letters_of(session, session.ledger.parts(file.file_id)):
                    document = session.documents.get(document_id)
                    if document is None or document.received_on != day or document.paper_box:
                        continue
                    session.documents.put(changed_document(document, change))
                    session.outbox.add(UpdateDocument(document_id=document_id, changes=change), now)
                    put += 1
        return put

    def of(self, account: Reconciliation) -> tuple[PaperBox, ...]:
        """Return the boxes by number, as the account of all days stands."""
        keep = timedelta(days=office_settings(self._store).keep_paper_days)
        with self._store.read() as session:
            boxes = _filled(session, account.files)
        lost, late = _days(account.files, LOST), _days(account.files, frozenset(Verdict) - FINE - LOST)
        differing = {letter.document_id for sample in account.samples for letter in sample.defects}
        uncompared = {letter.document_id for sample in account.samples for letter in sample.open}
        found = []
        for number, box in sorted(boxes.items()):
            reasons = (
                (BoxHindrance.LOST, not lost.isdisjoint(box.days)),
                (BoxHindrance.NOT_ARRIVED, not late.isdisjoint(box.days)),
                (BoxHindrance.DIFFERS, not differing.isdisjoint(box.letters)),
                (BoxHindrance.UNCOMPARED, not uncompared.isdisjoint(box.letters)),
                (BoxHindrance.NO_NUMBER, not number),
            )
            hindrances = tuple(reason for reason, holds in reasons if holds)
            last = max(box.days, default=None)
            found.append(
                PaperBox(
                    number=number,
                    letters=len(box.letters),
                    first=min(box.days, default=None),
                    last=last,
                    destroy_on=None if hindrances or last is None else last + keep,
                    hindrances=hindrances,
                )
            )
        return tuple(found)

    def write_pdf(self, boxes: Sequence[PaperBox], target: Path, texts: Texts) -> None:
        """Write the list to be printed and signed. Raises ``DiskFull``."""
        write_whole(target, self._printer.pdf(self.paper(boxes, texts)))

    def paper(self, boxes: Sequence[PaperBox], texts: Texts) -> Paper:
        """Return the list as it is printed."""
        _ = texts.gettext
        title = _("Paper that may be destroyed, by box")
        rows = tuple(
            (box.number or "–", str(box.letters), _days_text(box, texts), destroy_text(box, texts)) for box in boxes
        )
        head = (_("Box"), _("Letters"), _("Received"), _("May be destroyed"))
        return Paper(
            title=title,
            language=texts.language.value,
            blocks=(
                Heading(text=title, size=18),
                Table(head=head, rows=rows, shares=(1, 1, 2, 4), size=9),
                Paragraph(text="_" * 34 + "          " + "_" * 34),
                Paragraph(text=_("Destroyed on, signed by"), size=8),
            ),
            footer=_("Page {page} of {pages}"),
        )


def day_text(day: date, texts: Texts) -> str:
    """Return a day as it is written in the language."""
    return f"{day:%d.%m.%Y}" if texts.language is Language.GERMAN else day.isoformat()


def destroy_text(box: PaperBox, texts: Texts) -> str:
    """Say from when on, or why not."""
    if box.destroy_on is not None:
        return texts.gettext("from {day} on").format(day=day_text(box.destroy_on, texts))
    return texts.gettext("not yet: {why}").format(why="; ".join(texts.gettext(HINDRANCES[h]) for h in box.hindrances))


def _days_text(box: PaperBox, texts: Texts) -> str:
    return " – ".join(dict.fromkeys(day_text(day, texts) for day in (box.first, box.last) if day is not None))


def _filled(session: Session, files: Iterable[FileAccount]) -> dict[str, _Filling]:
    boxes: dict[str, _Filling] = {}
    parts = [part for file in files if file.file_id is not None for part in session.ledger.parts(file.file_id)]
    for document_id in letters_of(session, parts):
        document = session.documents.get(document_id)
        if document is not None:
            box = boxes.setdefault(document.paper_box, _Filling())
            box.letters.append(document_id)
            if document.received_on is not None:
                box.days.add(document.received_on)
    return boxes


def _days(files: Iterable[FileAccount], verdicts: frozenset[Verdict]) -> set[date]:
    return {file.received_on for file in files if file.verdict in verdicts and file.received_on is not None}
