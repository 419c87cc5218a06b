"""Pages of letters in the inbox put into other letters: cut, joined, taken out, turned, moved. The scans stay.

The bytes of the new letters are made in a worker; then one transaction writes letters, history, transfer notes and what
is to be sent. The letters that give way leave the inbox here at once, on the server once the new ones are surely there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from clerk_desktop.intake.identity import letter_key
from clerk_desktop.model.archival import Archived
from clerk_desktop.model.document import PDF_MIME, Document
from clerk_desktop.model.errors import (
    FiledMeanwhile,
    LetterGaveWay,
    PagesFixed,
    SidesDoNotFit,
    TownsDiffer,
    WrongUsage,
)
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.jobs import InspectFile, MakeArchival, PlacedPage, Priority, RearrangePdf
from clerk_desktop.model.rearranging import (
    MadeLetter,
    NewLetter,
    PageAct,
    Rearrangement,
    TakenPage,
    inserted,
    left_over,
    pages_of,
    split,
    turned,
    without,
)
from clerk_desktop.model.sides import Sides
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from clerk_desktop.system.clock import Clock
from clerk_desktop.system.surroundings import here
from clerk_desktop.usecases.contents import DocumentContents, known_document
from clerk_desktop.usecases.office import office_settings
from clerk_desktop.usecases.rearranged import Scribe, take_back

INSPECT_SECONDS = 60.0
COMPOSE_SECONDS = 120.0
Pages = tuple[TakenPage, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """Letters whose bytes are in the store; nothing else is changed yet."""

    done: Rearrangement
    made: Mapping[DocumentId, MadeLetter]


class Rearranging:
    """What can be done with pages of letters that nobody filed yet: prepared by the workers, then committed.

    Preparing takes as long as the workers do: never on the GUI thread.

    Each raises ``NotKnown``, ``WrongUsage`` for pages that are not there, ``FiledMeanwhile``, ``LetterGaveWay``,
    ``PagesFixed``, ``TownsDiffer``, ``FileError``, ``ContentDamaged``, ``DiskFull``, ``ServerError`` where only the
    server has the content. Nothing is changed then.
    """

    def __init__(self, store: Store, clock: Clock, contents: DocumentContents, station: str) -> None:
        self._store = store
        self._clock = clock
        self._contents = contents
        self._scribe = Scribe(station=station, surroundings=here())

    def split(self, document_id: DocumentId, before: int) -> Prepared:
        """Cut a letter in two, before a page."""
        count = self._pages(document_id)
        with _as_usage(f"{before}"):
            letters = split(document_id, count, before)
        return self._prepared(PageAct.SPLIT, (document_id,), letters)

    def join(self, first: DocumentId, second: DocumentId) -> Prepared:
        """Put a letter behind another one; both become one."""
        if first == second:
            raise WrongUsage(what=second)
        pages = (*pages_of(first, self._pages(first)), *pages_of(second, self._pages(second)))
        return self._prepared(PageAct.JOIN, (first, second), (pages,))

    def remove(self, document_id: DocumentId, numbers: Sequence[int]) -> Prepared:
        """Sort pages out of a letter. They stay in the scan and in the letter as it was; the account tells of them."""
        count = self._pages(document_id)
        with _as_usage(_list(numbers)):
            pages = without(document_id, count, numbers)
        return self._prepared(PageAct.REMOVE, (document_id,), (pages,))

    def turn(self, document_id: DocumentId, numbers: Sequence[int], degrees: int) -> Prepared:
        """Turn pages clockwise by 90, 180 or 270 degrees: only the page's entry, never its image."""
        count = self._pages(document_id)
        with _as_usage(f"{_list(numbers)} {degrees}"):
            pages = turned(document_id, count, numbers, degrees)
        return self._prepared(PageAct.TURN, (document_id,), (pages,))

    def move(self, source: DocumentId, numbers: Sequence[int], target: DocumentId, at: int = 0) -> Prepared:
        """Move pages into another letter, before its page ``at``, 0 for behind its last one.

        Within one letter that orders its pages anew. A letter that is left without pages is no more.
        """
        numbers = tuple(dict.fromkeys(numbers))
        count, target_count = self._pages(source), self._pages(target)
        with _as_usage(f"{_list(numbers)} {at}"):
            if not numbers or any(not 1 <= number <= count for number in numbers):
                raise ValueError(numbers)
            pages = inserted(target, target_count, at or target_count + 1, source, numbers)
        if source == target:
            return self._prepared(PageAct.MOVE, (target,), (_once(pages, target, numbers, at or target_count + 1),))
        rest = tuple(page for page in pages_of(source, count) if page.number not in numbers)
        letters = (rest, pages) if rest else (pages,)
        return self._prepared(PageAct.MOVE, (source, target), letters)

    def replace(self, target: DocumentId, number: int, source: DocumentId, other: int) -> Prepared:
        """Put a page of another letter in the place of a page, which is sorted out; as after a second scan of it."""
        count, target_count = self._pages(source), self._pages(target)
        with _as_usage(f"{number} {other}"):
            if source == target or not 1 <= other <= count or not 1 <= number <= target_count:
                raise ValueError(number)
            pages = inserted(target, target_count, number, source, (other,))
        pages = tuple(page for page in pages if (page.document_id, page.number) != (target, number))
        rest = tuple(page for page in pages_of(source, count) if page.number != other)
        letters = (rest, pages) if rest else (pages,)
        return self._prepared(PageAct.REPLACE, (source, target), letters)

    def collate(
        self, fronts: DocumentId, backs: DocumentId, *, turned: bool = True, although_they_do_not_fit: bool = False
    ) -> Prepared:
        """Lay backs that were scanned in a second run between their fronts; every page of both is kept.

        ``turned``: the last back was scanned first. Raises ``SidesDoNotFit`` unless it is wanted all the same.
        """
        if fronts == backs:
            raise WrongUsage(what=backs)
        sides = Sides(fronts=self._pages(fronts), backs=self._pages(backs), turned=turned)
        if not sides.fit and not although_they_do_not_fit:
            raise SidesDoNotFit(fronts=sides.fronts, backs=sides.backs)
        pages = tuple(
            TakenPage(document_id=backs if side.back else fronts, number=side.number) for side in sides.in_order()
        )
        return self._prepared(PageAct.COLLATE, (fronts, backs), (pages,))

    def commit(self, prepared: Prepared) -> Rearrangement:
        """Write what was prepared, in one short transaction: the letters that give way leave the inbox."""
        with self._store.write() as session:
            for document_id in prepared.done.given_way:
                check_free(session, document_id)
            self._scribe.write(session, prepared.done, prepared.made, self._clock.now())
        return prepared.done

    def take_back(self, done: Rearrangement) -> bool:
        """Let the letters be as they were before, as long as nothing of it was sent and nobody worked on the new ones.
        False, and nothing is changed, otherwise.
        """
        with self._store.write() as session:
            return take_back(session, done)

    def _pages(self, document_id: DocumentId) -> int:
        with self._store.read() as session:
            return known_document(session, document_id).page_count

    def _prepared(self, act: PageAct, given_way: tuple[DocumentId, ...], letters: Sequence[Pages]) -> Prepared:
        sources = {document_id: self._source(document_id) for document_id in given_way}
        if len({source.municipality for source in sources.values()}) > 1:
            raise TownsDiffer
        done = Rearrangement(
            act=act,
            given_way=given_way,
            letters=tuple(NewLetter(document_id=letter_key(pages), pages=pages) for pages in letters),
            sorted_out=left_over([(each, sources[each].page_count) for each in given_way], letters),
        )
        made = {letter.document_id: self._made(letter, sources) for letter in done.letters}
        return Prepared(done=done, made=made)

    def _source(self, document_id: DocumentId) -> Document:
        """Return a letter whose pages may go elsewhere; its content is here then."""
        with self._store.read() as session:
            check_free(session, document_id)
        document = self._contents.here(document_id)
        host = self._contents.host()
        with self._contents.loaded(document) as content:
            facts = host.run(InspectFile(), content, priority=Priority.SCREEN, timeout=INSPECT_SECONDS)
        if facts.signed or len(facts.pages) != document.page_count:
            raise PagesFixed
        return document

    def _made(self, letter: NewLetter, sources: dict[DocumentId, Document]) -> MadeLetter:
        """Have a letter's bytes made and kept, as PDF/A-2b where the office wants that and it can be."""
        ids = tuple(dict.fromkeys(page.document_id for page in letter.pages))
        blobs, host = self._store.blobs, self._contents.host()
        lengths = tuple(blobs.length(sources[each].sha256) for each in ids)
        job = RearrangePdf(
            lengths=lengths,
            pages=tuple(
                PlacedPage(source=ids.index(page.document_id), number=page.number, turned=page.turned)
                for page in letter.pages
            ),
        )
        chunks = (chunk for each in ids for chunk in blobs.chunks(sources[each].sha256))
        with host.load(chunks, sum(lengths)) as content:
            whole = host.run(job, content, priority=Priority.SCREEN, timeout=COMPOSE_SECONDS)
        archived = Archived()
        if office_settings(self._store).store_pdfa:
            with host.load((whole,), len(whole)) as content:
                archived = host.run(MakeArchival(), content, priority=Priority.SCREEN, timeout=COMPOSE_SECONDS)
        info = blobs.put_bytes(archived.content or whole)
        return MadeLetter(
            sha256=info.sha256, length=info.length, archival=bool(archived.content), hindrance=archived.hindrance
        )


def check_free(session: Session, document_id: DocumentId) -> None:
    """Raise unless the pages of a letter may go elsewhere."""
    document = known_document(session, document_id)
    if document.case_id is not None:
        case = session.cases.get(document.case_id)
        raise FiledMeanwhile(number=case.case_number if case is not None else document.case_id)
    if session.rearrangements.get(document_id) is not None:
        raise LetterGaveWay
    if document.mime_type != PDF_MIME or session.annotations.of_document(document_id):
        raise PagesFixed


@contextmanager
def _as_usage(what: str) -> Iterator[None]:
    try:
        yield
    except ValueError as wrong:
        raise WrongUsage(what=what) from wrong


def _once(pages: Pages, document_id: DocumentId, numbers: Sequence[int], at: int) -> Pages:
    """Return the pages of a letter in their new order: each that moves only where it goes."""
    moved = tuple(TakenPage(document_id=document_id, number=number) for number in numbers)
    count = len(pages) - len(moved)
    before = tuple(page for page in pages_of(document_id, count) if page.number < at and page.number not in numbers)
    after = tuple(page for page in pages_of(document_id, count) if page.number >= at and page.number not in numbers)
    return (*before, *moved, *after)


def _list(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
