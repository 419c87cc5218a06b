"""Finding cases and documents: on this computer at once, and what only the server has when it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clerk_desktop.model.document import Document
from clerk_desktop.model.search import CaseHit, DocumentHit, SearchResult
from clerk_desktop.model.searching import WantedWord, wanted_words, words_of
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store

MOST = 50
SLICE = 100
EXCERPT_SIGNS = 140


class Search:
    """Searches the store; nothing in ``here`` waits for a server."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def here(self, text: str, limit: int = MOST) -> SearchResult:
        """Return what this computer has: up to ``limit`` cases and as many documents, those with the words first."""
        wanted = wanted_words(text)
        if not wanted:
            return SearchResult()
        with self._store.read() as session:
            cases = session.search.cases(wanted, limit)
            documents = [_hit(session, document) for document in session.search.documents(wanted, limit)]
            pages = _pages(session, wanted, limit)
            known = {hit.document.document_id: hit for hit in documents}
            for hit in pages:
                known.setdefault(hit.document.document_id, hit)
                if not known[hit.document.document_id].page:
                    known[hit.document.document_id] = hit
            waiting = session.search.waiting()
        return SearchResult(
            cases=tuple(CaseHit(case=case) for case in cases), documents=tuple(known.values())[:limit], waiting=waiting
        )

    def catch_up(self) -> bool:
        """Index some of what an older program kept without an index; return whether there is more. Some 10 ms."""
        with self._store.read() as session:
            if not session.search.waiting():
                return False
        with self._store.write() as session:
            return session.search.catch_up(SLICE)


def _pages(session: Session, wanted: Sequence[WantedWord], limit: int) -> list[DocumentHit]:
    """Return the first page that has the words of each document whose text is here."""
    first: dict[str, tuple[int, str]] = {}
    for found in session.texts.find(wanted, limit * 4):
        page, _ = first.get(found.sha256, (found.page, ""))
        if found.page <= page:
            first[found.sha256] = (found.page, found.text)
    return [
        replace(_hit(session, document), page=page, excerpt=_excerpt(text, wanted))
        for sha256, (page, text) in first.items()
        for document in session.documents.by_sha256(sha256)
    ]


def _hit(session: Session, document: Document) -> DocumentHit:
    case = session.cases.get(document.case_id) if document.case_id is not None else None
    return DocumentHit(document=document, case_number=case.case_number if case is not None else "")


def _excerpt(text: str, wanted: Sequence[WantedWord]) -> str:
    """Return the line that has most of the words, cut to a length that fits in a list."""

    def has(line: str) -> int:
        told = f" {' '.join(words_of(line))} "
        return sum(f" {' '.join(word.parts)}{'' if word.open_end else ' '}" in told for word in wanted)

    line = max(text.splitlines(), key=has, default="").strip()
    return line if len(line) <= EXCERPT_SIGNS else line[: EXCERPT_SIGNS - 1] + "…"
