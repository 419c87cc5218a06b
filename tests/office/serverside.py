"""What the office needs of a server, whichever it is: lines to it, the truth, and somebody with another program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from clerk_desktop.backend.port import Backend
from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document
from clerk_desktop.model.editing import CaseChange, DocumentChange
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.model.remote import RemoteCase, RemoteDocument
from tests.office.network import Network


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What a town has on the server, each document with its case."""

    cases: Mapping[CaseId, Case]
    documents: Mapping[DocumentId, Document]


class ServerSide(Protocol):
    """A server. Objects are named by our keys."""

    def add_user(self, user: str, town: str) -> None: ...

    def connect(self, user: str, network: Network) -> Backend: ...

    def close(self) -> None: ...

    def keys(self) -> list[str]:
        """Return the keys of all objects, with repetitions if there are any."""
        ...

    def truth(self, town: str) -> Truth: ...

    def series(self, key: str) -> str:
        """Return the server's lasting id of an object."""
        ...

    def edit_case(self, key: str, *changes: CaseChange) -> None: ...

    def edit_document(self, key: str, *changes: DocumentChange) -> None: ...

    def put_into(self, document_key: str, case_key: str) -> None: ...

    def delete(self, key: str) -> None:
        """Delete an object with all that lies in it."""
        ...


def in_their_cases(cases: Mapping[CaseId, RemoteCase], documents: Iterable[RemoteDocument]) -> Truth:
    """Put documents where their folders tell they lie."""
    folders = {remote.ref.series_id: case_id for case_id, remote in cases.items()}
    return Truth(
        cases={case_id: remote.case for case_id, remote in cases.items()},
        documents={
            remote.document.document_id: replace(
                remote.document,
                case_id=folders.get(remote.ref.parent_id),
                length=remote.document.length or remote.content_length,
            )
            for remote in documents
        },
    )
