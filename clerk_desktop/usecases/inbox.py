"""The inbox: documents not filed yet, stack by stack as they were scanned, with what was proposed for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from clerk_desktop.model.document import Document
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.ledger import Origin
from clerk_desktop.model.office_settings import OfficeSettings
from clerk_desktop.model.suggestion import Suggestions
from clerk_desktop.model.typed_index import TypedIndex
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from clerk_desktop.usecases.office import office_settings
from clerk_desktop.usecases.visual_checks import is_to_compare

NO_MOMENT = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stack:
    """The scanned file that a letter came in: when it was seen, how many letters and pages it held, sheets aside.

    ``place``: which of its letters this one is, from 1.
    """

    key: str
    scanned_at: datetime
    letters: int
    pages: int
    place: int


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxItem:
    """A document in the inbox and its proposals; ``stack`` is None for one that was not scanned here.

    ``typed``: what was typed for it before and not filed. It makes no other item of it: who goes on typing knows.
    """

    document: Document
    suggestions: Suggestions
    stack: Stack | None = None
    typed: TypedIndex = field(default=TypedIndex(), compare=False)


class Inbox:
    """What waits for a clerk's decision."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def items(self, municipality: str = "") -> tuple[InboxItem, ...]:
        """Return the inbox, oldest receipt first, the letters of a stack one after the other as they lay in it.

        ``municipality`` is a key, "" for all visible.
        """
        office = office_settings(self._store)
        with self._store.read() as session:
            documents = session.documents.inbox(municipality)
            roots = _roots(session, [document.document_id for document in documents])
            origins = session.ledger.origins(list(roots.values()))
            typed = session.typed_index.all()
            items = [
                InboxItem(
                    document=document,
                    suggestions=_found(session, document, office),
                    stack=_stack(session, document.document_id, origins.get(roots[document.document_id])),
                    typed=typed.get(document.document_id, TypedIndex()),
                )
                for document in documents
            ]
        return _as_scanned(items)

    def keep_typed(self, document_id: DocumentId, typed: TypedIndex) -> None:
        """Keep what was typed for a letter until it is filed; nothing typed lets go of it. ``DiskFull``."""
        with self._store.write() as session:
            session.typed_index.put(document_id, typed)

    def count_typed(self) -> int:
        """Return for how many letters of the inbox something is kept that was typed."""
        with self._store.read() as session:
            return session.typed_index.count()

    def item(self, document_id: DocumentId) -> InboxItem | None:
        """Return one document of the inbox, None when it is not (or no longer) there."""
        office = office_settings(self._store)
        with self._store.read() as session:
            document = session.documents.get(document_id)
            if document is None or document.case_id is not None:
                return None
            return InboxItem(document=document, suggestions=_found(session, document, office))


def _found(session: Session, document: Document, office: OfficeSettings) -> Suggestions:
    found = session.suggestions.get(document.document_id) or Suggestions()
    return replace(found, sampled=True) if is_to_compare(session, document, office) else found


def _roots(session: Session, ids: Sequence[DocumentId]) -> dict[DocumentId, DocumentId]:
    """Return the letter that intake cut each of these from; itself unless somebody rearranged pages."""
    if not session.rearrangements.any():
        return {each: each for each in ids}
    return {each: session.rearrangements.root(each) for each in ids}


def _stack(session: Session, document_id: DocumentId, origin: Origin | None) -> Stack | None:
    if origin is None:
        return None
    ids = [part.document_id for part in origin.parts]
    if document_id not in ids or session.rearrangements.any():
        came = (session.rearrangements.outcome(each) for each in ids)
        ids = list(dict.fromkeys(letter for letters in came for letter in letters))
    if document_id not in ids:  # its first page came from elsewhere in between
        return None
    return Stack(
        key=origin.file.file_id,
        scanned_at=origin.file.seen_at,
        letters=len(ids),
        pages=sum(len(part.pages) for part in origin.parts),
        place=ids.index(document_id) + 1,
    )


def _as_scanned(items: Sequence[InboxItem]) -> tuple[InboxItem, ...]:
    """Sort by day and moment; a stack stays together even where its letters were received on several days."""
    days: dict[str, date] = {}
    for item in items:
        key, day = _key(item), item.document.received_on or date.max
        days[key] = min(days.get(key, day), day)

    def place(item: InboxItem) -> tuple[date, datetime, str, int]:
        stack = item.stack
        if stack is None:
            return days[_key(item)], NO_MOMENT, "", 0
        return days[_key(item)], stack.scanned_at, stack.key, stack.place

    return tuple(sorted(items, key=place))


def _key(item: InboxItem) -> str:
    return item.stack.key if item.stack is not None else item.document.document_id
