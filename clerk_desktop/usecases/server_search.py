"""The server's part of a search: what it finds, as far as this computer knows it by now."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import (
    AbilityMissing,
    ClerkError,
    NotSignedIn,
    RequestRefused,
    ServerError,
    SignInEnded,
    SignInRefused,
)
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.model.search import CaseHit, DocumentHit, Origin, SearchResult, ServerPart
from clerk_desktop.model.searching import WantedWord
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from clerk_desktop.sync.connection import KeptConnection

if TYPE_CHECKING:
    from clerk_desktop.backend.port import Backend
    from clerk_desktop.model.remote import RemoteFind

FROM_SERVER = (Origin.SERVER,)


class ServerSearch:
    """Asks on its own connection, beside the rounds of synchronising; one search after the other."""

    def __init__(self, store: Store, connect: Callable[[], Backend]) -> None:
        self._store = store
        self._connection = KeptConnection(connect)
        self._one_at_a_time = threading.Lock()

    def find(self, wanted: Sequence[WantedWord], limit: int) -> SearchResult:
        """Return what the server finds; what is not here yet is only counted. Its errors are told, not raised."""
        with self._one_at_a_time:
            try:
                found = self._connection.get().search(tuple(wanted), limit)
            except ServerError as error:
                self._connection.end()
                return SearchResult(server=_part(error))
        with self._store.read() as session:
            return _known(session, found)

    def close(self) -> None:
        """End the connection; the next search makes a new one."""
        with self._one_at_a_time:
            self._connection.end()


def merged(here: SearchResult, there: SearchResult) -> SearchResult:
    """Return one result without anything twice: what is there already keeps its place, the server's comes behind."""
    cases = {hit.case.case_id: hit for hit in here.cases}
    documents = {hit.document.document_id: hit for hit in here.documents}
    for case in there.cases:
        known = cases.get(case.case.case_id)
        cases[case.case.case_id] = case if known is None else replace(known, origins=_both(known.origins))
    for document in there.documents:
        key = document.document.document_id
        before = documents.get(key)
        documents[key] = document if before is None else replace(before, origins=_both(before.origins))
    return replace(
        here,
        cases=tuple(cases.values()),
        documents=tuple(documents.values()),
        server=there.server,
        unknown=there.unknown,
    )


def document_hit(session: Session, document: Document) -> DocumentHit:
    """Return a document as a hit, with the number of its case."""
    case = session.cases.get(document.case_id) if document.case_id is not None else None
    return DocumentHit(document=document, case_number=case.case_number if case is not None else "")


def _both(origins: tuple[Origin, ...]) -> tuple[Origin, ...]:
    return tuple(origin for origin in Origin if origin in (*origins, Origin.SERVER))


def _known(session: Session, found: Sequence[RemoteFind]) -> SearchResult:
    cases, documents, unknown = [], [], 0
    for each in found:
        known = session.baselines.object_at(each.server_ids)
        object_id = known or each.object_key
        case = session.cases.get(CaseId(object_id))
        document = session.documents.get(DocumentId(object_id))
        if case is not None:
            cases.append(CaseHit(case=case, origins=FROM_SERVER))
        elif document is not None:
            documents.append(replace(document_hit(session, document), origins=FROM_SERVER))
        elif not known:  # else something beside them: a note, marks
            unknown += 1
    return SearchResult(cases=tuple(cases), documents=tuple(documents), server=ServerPart.SEARCHED, unknown=unknown)


def _part(error: ClerkError) -> ServerPart:
    match error:
        case NotSignedIn() | SignInRefused() | SignInEnded():
            return ServerPart.NOT_SIGNED_IN
        case AbilityMissing() | RequestRefused():
            return ServerPart.UNABLE
        case _:
            return ServerPart.UNREACHABLE
