"""What is written when pages were put into other letters: letters, proposals, texts, history, notes, outbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from clerk_desktop.intake.identity import event_key
from clerk_desktop.intake.noting import EPOCH
from clerk_desktop.model.case import Confidentiality
from clerk_desktop.model.document import Document
from clerk_desktop.model.event import Event, EventKind
from clerk_desktop.model.ids import RULE, DocumentId, FileId
from clerk_desktop.model.ledger import Origin
from clerk_desktop.model.outbox import AddEvent, DepositDocument, OutboxEntry, OutboxState, SetAsideDocument
from clerk_desktop.model.reading import PageFlaw
from clerk_desktop.model.rearranging import MadeLetter, NewLetter, PageAct, Rearrangement
from clerk_desktop.model.suggestion import CaseSuggestion, Evidence, FieldSuggestion, Suggestions
from clerk_desktop.model.transfer_note import TransferNote, Treatment
from clerk_desktop.store.session import Session
from clerk_desktop.system.surroundings import Surroundings
from clerk_desktop.usecases.contents import known_document
from clerk_desktop.usecases.people import actor
from clerk_desktop.usecases.worklist import note_event

PROTECTIONS = tuple(Confidentiality)
INTO = (PageAct.MOVE, PageAct.REPLACE)
"""Pages are put into a letter, which stays that letter."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scribe:
    """Who writes: the station, and where it runs."""

    station: str
    surroundings: Surroundings

    def write(
        self, session: Session, done: Rearrangement, made: Mapping[DocumentId, MadeLetter], now: datetime
    ) -> None:
        """Write everything, in the caller's transaction. ``made``: the content of each new letter."""
        sources = {each: known_document(session, each) for each in done.given_way}
        who = actor(session)
        for letter in done.letters:
            document = _document(done, letter, sources, made[letter.document_id])
            session.documents.put(document)
            if not _is_second_half(done, letter):
                session.typed_index.hand_on(_goes_on(done, letter), document.document_id)
            session.outbox.add(DepositDocument(document_id=document.document_id), now)
            _keep_texts(session, letter, sources, document.sha256)
            _propose(session, letter, now)
            _note(session, document.document_id, EventKind.PAGES, who, done, now)
            note = self._note(session, done, letter, document, who, now)
            session.notes.append(_with_form(note, made[letter.document_id]))
        session.rearrangements.put(done)
        for document_id in done.given_way:
            session.outbox.add(SetAsideDocument(document_id=document_id, letters=done.new_ids), now)

    def _note(
        self, session: Session, done: Rearrangement, letter: NewLetter, document: Document, who: str, now: datetime
    ) -> TransferNote:
        first = letter.pages[0].document_id
        origin = origin_of(session, first)
        before = session.notes.of_document(first)
        earlier = before[-1].note if before else None
        one = {page.document_id for page in letter.pages} == {first} and earlier is not None and earlier.pages
        treatments = [Treatment.REARRANGED]
        if any(page.turned for page in letter.pages):
            treatments.append(Treatment.TURNED)
        return TransferNote(
            station=self.station,
            number=0,
            previous="",
            document_id=document.document_id,
            file_id=origin.file.file_id if origin is not None else FileId(""),
            written_at=now,
            written_by=who or self.surroundings.user,
            machine=self.surroundings.machine,
            program=self.surroundings.program,
            source=origin.file.path if origin is not None else document.title,
            scanned_at=earlier.scanned_at if earlier is not None else EPOCH,
            taken_in_at=origin.file.claimed_at if origin is not None else None,
            source_sha256=document.source_sha256,
            source_size=origin.file.size if origin is not None else 0,
            source_pages=earlier.source_pages if earlier is not None else 0,
            stored_sha256=document.sha256,
            stored_size=document.length,
            pages=tuple(earlier.pages[page.number - 1] for page in letter.pages) if one and earlier else (),
            blank=(),
            left_out=(),
            treatments=tuple(treatments),
            made_of=letter.pages,
            sorted_out=done.sorted_out,
        )


def _with_form(note: TransferNote, made: MadeLetter) -> TransferNote:
    if made.archival:
        return replace(note, treatments=(*note.treatments, Treatment.PDF_A))
    if made.hindrance is not None:
        return replace(note, treatments=(*note.treatments, Treatment.NOT_PDF_A), hindrance=made.hindrance)
    return note


def origin_of(session: Session, document_id: DocumentId) -> Origin | None:
    """Return the scanned file that the first page of a letter came in, None where it was not scanned here."""
    root = session.rearrangements.root(document_id)
    return session.ledger.origins([root]).get(root)


def take_back(session: Session, done: Rearrangement) -> bool:
    """Undo what ``Scribe.write`` did, notes aside, which are a chain. False when anything of it was sent, or when
    somebody worked on the new letters: marks, checks against the paper and index data would be gone with them.
    """
    own = {entry.operation_id: entry for each in (*done.new_ids, *done.given_way) for entry in _of(session, each, done)}
    asides = [entry for entry in own.values() if isinstance(entry.operation, SetAsideDocument)]
    deposits = [entry for entry in own.values() if isinstance(entry.operation, DepositDocument)]
    untouched = (
        len(asides) == len(done.given_way)
        and len(deposits) == len(done.letters)
        and all(entry.attempts == 0 and entry.state is OutboxState.WAITING for entry in own.values())
        and _is_only_the_act(session, done, own.values())
        and all(session.baselines.get(each) is None for each in done.new_ids)
        and all(session.rearrangements.get(each) is None for each in done.new_ids)
        and all(known_document(session, each).case_id is None for each in done.new_ids)
    )
    if not untouched:
        return False
    for entry in own.values():
        session.outbox.discard(entry.operation_id)
        if isinstance(entry.operation, AddEvent):
            session.events.remove(entry.operation.event_id)
    for each in done.given_way:
        session.rearrangements.remove(each)
    for each in done.new_ids:
        made = known_document(session, each)
        session.suggestions.remove(each)
        session.documents.remove(each)
        session.contents.let_go(made.sha256)
    return True


def _is_only_the_act(session: Session, done: Rearrangement, entries: Iterable[OutboxEntry]) -> bool:
    own = {event_key(each, kind.value) for each in done.new_ids for kind in (EventKind.PAGES, EventKind.SUGGESTIONS)}
    others = (each.operation for each in entries if not isinstance(each.operation, SetAsideDocument | DepositDocument))
    return all(isinstance(each, AddEvent) and each.event_id in own for each in others) and not any(
        session.annotations.of_document(each) for each in done.new_ids
    )


def _of(session: Session, document_id: DocumentId, done: Rearrangement) -> tuple[OutboxEntry, ...]:
    """Return what is to be sent of new letters, and that letters give way; not what else waits for the old ones."""
    entries = session.outbox.touching(document_id)
    if document_id in done.new_ids:
        return entries
    return tuple(entry for entry in entries if isinstance(entry.operation, SetAsideDocument))


def _document(
    done: Rearrangement, letter: NewLetter, sources: Mapping[DocumentId, Document], made: MadeLetter
) -> Document:
    """Return the new letter: what the clerk entered stays, but for the second half of a cut; protection stays too.

    A letter that pages are put into stays that letter, with its day of receipt; several that become one keep the first.
    """
    first, into = letter.pages[0], done.act in INTO
    base = sources[_goes_on(done, letter)]
    of = [sources[each] for each in dict.fromkeys(page.document_id for page in letter.pages)]
    days = [document.received_on for document in of if document.received_on is not None]
    letter_as_it_is = replace(
        base,
        document_id=letter.document_id,
        received_on=base.received_on if into and len(done.letters) > 1 else min(days, default=None),
        page_count=len(letter.pages),
        sha256=made.sha256,
        length=made.length,
        confidentiality=max((document.confidentiality for document in of), key=PROTECTIONS.index),
        duplicate_of="",
        version="",
    )
    if not _is_second_half(done, letter):
        return letter_as_it_is
    return replace(
        letter_as_it_is,
        title=f"{base.title} ({first.number})",
        document_type="",
        sender="",
        sender_reference="",
        our_reference="",
        subject="",
        letter_date=None,
    )


def _goes_on(done: Rearrangement, letter: NewLetter) -> DocumentId:
    """Return the letter that goes on as the new one."""
    if done.act in INTO and letter is done.letters[-1]:
        return done.given_way[-1]
    return letter.pages[0].document_id


def _is_second_half(done: Rearrangement, letter: NewLetter) -> bool:
    return done.act is PageAct.SPLIT and letter.pages[0].number != 1


def _keep_texts(session: Session, letter: NewLetter, sources: Mapping[DocumentId, Document], sha256: str) -> None:
    known = {each: session.texts.of_content(document.sha256) for each, document in sources.items()}
    found = [(number, known[page.document_id].get(page.number)) for number, page in enumerate(letter.pages, start=1)]
    texts = [(number, text) for number, text in found if text is not None]
    session.texts.put(sha256, texts, complete=len(texts) == len(found))


def _propose(session: Session, letter: NewLetter, now: datetime) -> None:
    """Let what was proposed go with the page that it was found on, and tell other stations of it."""
    cases, fields = list[CaseSuggestion](), list[FieldSuggestion]()
    blank, flaws = list[int](), list[tuple[int, PageFlaw]]()
    whole = Suggestions()
    for document_id in dict.fromkeys(page.document_id for page in letter.pages):
        at = {
            page.number: number for number, page in enumerate(letter.pages, start=1) if page.document_id == document_id
        }
        found = session.suggestions.get(document_id) or Suggestions()
        if 1 in at and at[1] == 1:
            whole, at = found, {**at, 0: 0}  # what lies on no page was on the sheet before it
        cases += [replace(each, evidence=_put(each.evidence, at)) for each in found.cases if each.evidence.page in at]
        known = {each.field for each in fields}
        fields += [
            replace(each, evidence=_put(each.evidence, at))
            for each in found.fields
            if each.evidence.page in at and each.field not in known
        ]
        blank += [at[page] for page in found.blank_pages if page in at]
        flaws += [(at[page], flaw) for page, flaw in found.flaws if page in at]
    once = {each.case_id: each for each in sorted(cases, key=lambda each: each.confidence)}
    proposed = replace(
        whole,
        cases=tuple(sorted(once.values(), key=lambda each: -each.confidence)),
        fields=tuple(fields),
        blank_pages=tuple(sorted(blank)),
        flaws=tuple(sorted(flaws, key=lambda each: each[0])),
    )
    session.suggestions.put(letter.document_id, proposed)
    _note(session, letter.document_id, EventKind.SUGGESTIONS, RULE, proposed, now)


def _note(
    session: Session,
    document_id: DocumentId,
    kind: EventKind,
    who: str,
    what: Rearrangement | Suggestions,
    now: datetime,
) -> None:
    """Tell the other stations something about a new letter: under an id of its own, so that it is told once."""
    event = Event(
        event_id=event_key(document_id, kind.value),
        kind=kind,
        actor=who,
        at=now,
        text=msgspec.json.encode(what).decode(),
        document_id=document_id,
    )
    note_event(session, event, document_id, now)


def _put(evidence: Evidence, at: Mapping[int, int]) -> Evidence:
    return replace(evidence, page=at[evidence.page])
