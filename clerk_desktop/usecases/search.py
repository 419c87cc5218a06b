"""Finding cases and documents: on this computer at once, and what only the server has when it answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from clerk_desktop.backend.port import Backend
from clerk_desktop.model.case import Confidentiality
from clerk_desktop.model.document import Document
from clerk_desktop.model.search import CaseHit, DocumentHit, SearchResult
from clerk_desktop.model.searching import WantedWord, wanted_words, words_of
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from clerk_desktop.usecases.contents import DocumentContents
from clerk_desktop.usecases.indexing import Indexing
from clerk_desktop.usecases.reading_texts import TextReader
from clerk_desktop.usecases.server_search import ServerSearch, document_hit

MOST = 50
EXCERPT_SIGNS = 140


class Search:
    """Searches the store and, on a connection of its own, the server. Nothing in ``here`` waits for a server.

    ``indexing`` and ``texts`` read what is not searchable yet. ``connect`` may raise what signing in raises.
    """

    def __init__(self, store: Store, contents: DocumentContents, connect: Callable[[], Backend]) -> None:
        self._store = store
        self.texts = TextReader(store, contents)
        self.indexing = Indexing(store)
        self._server = ServerSearch(store, connect)

    def here(self, text: str, limit: int = MOST) -> SearchResult:
        """Return what this computer has: up to ``limit`` cases and as many documents, those with the words first."""
        wanted = wanted_words(text)
        if not wanted:
            return SearchResult()
        with self._store.read() as session:
            cases = session.search.cases(wanted, limit)
            documents = [document_hit(session, document) for document in session.search.documents(wanted, limit)]
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

    def on_server(self, text: str, limit: int = MOST) -> SearchResult:
        """Return what the server finds, of that what this computer knows; waits for the server, so never on the GUI
        thread. Where it cannot be asked, ``server`` tells why.
        """
        wanted = wanted_words(text)
        return self._server.find(wanted, limit) if wanted else SearchResult()

    def close(self) -> None:
        """End the connection to the server."""
        self._server.close()


def _pages(session: Session, wanted: Sequence[WantedWord], limit: int) -> list[DocumentHit]:
    """Return the first page that has the words of each document whose text is here."""
    first: dict[str, tuple[int, str]] = {}
    for found in session.texts.find(wanted, limit * 4):
        page, _ = first.get(found.sha256, (found.page, ""))
        if found.page <= page:
            first[found.sha256] = (found.page, found.text)
    return [
        replace(document_hit(session, document), page=page, excerpt=_excerpt(document, text, wanted))
        for sha256, (page, text) in first.items()
        for document in session.documents.by_sha256(sha256)
    ]


def _excerpt(document: Document, text: str, wanted: Sequence[WantedWord]) -> str:
    """Return the line that has most of the words, cut to a length that fits in a list; nothing of a protected one."""
    if document.confidentiality is not Confidentiality.NORMAL:
        return ""

    def has(line: str) -> int:
        told = f" {' '.join(words_of(line))} "
        return sum(f" {' '.join(word.parts)}{'' if word.open_end else ' '}" in told for word in wanted)

    line = max(text.splitlines(), key=has, default="").strip()
    return line if len(line) <= EXCERPT_SIGNS else line[: EXCERPT_SIGNS - 1] + "…"
