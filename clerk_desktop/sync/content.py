"""Fetches a document's content because somebody wants to see it; never by itself (data minimisation)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

from clerk_desktop.backend.port import Backend
from clerk_desktop.model.errors import ContentDiffers, Missing, NotKnown, ServerError, ServerUnreachable
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.remote import RemoteRef
from clerk_desktop.store.store import Store
from clerk_desktop.sync.connection import KeptConnection

TRIES = 3


class Contents:
    """Fetches on its own connection, beside the rounds of synchronising; for any number of threads."""

    def __init__(self, store: Store, connect: Callable[[], Backend]) -> None:
        self._store = store
        self._connection = KeptConnection(connect)
        self._one_at_a_time = threading.Lock()

    def fetch(self, document_id: DocumentId) -> str:
        """Fetch one document's content; see ``fetch_content``. Raises also what ``connect`` raises."""
        with self._one_at_a_time:
            backend = self._connection.get()
            try:
                return fetch_content(self._store, backend, document_id)
            except ServerError:
                self._connection.end()
                raise

    def close(self) -> None:
        """End the connection; the next fetch makes a new one."""
        with self._one_at_a_time:
            self._connection.end()


def nothing() -> None:
    """Do nothing between two pieces."""


def fetch_content(
    store: Store, backend: Backend, document_id: DocumentId, between: Callable[[], None] = nothing
) -> str:
    """Put a document's content into the blobs, where it is not there yet, and return its SHA-256 (hexadecimal).

    ``between`` is called after each piece: what is more urgent is done there, on the same connection.

    A broken transfer goes on where it broke. Raises ``NotKnown``, ``Missing``, ``ContentDiffers`` when it is not what
    the document promises (nothing is kept then), other ``ServerError``, ``DiskFull``.
    """
    with store.read() as session:
        document = session.documents.get(document_id)
        baseline = session.baselines.get(document_id)
    if document is None:
        raise NotKnown(what=document_id)
    if document.sha256 and store.blobs.has(document.sha256):
        return document.sha256
    if baseline is None or not baseline.ref.server_id:
        raise Missing
    promised = document.length if document.sha256 else 0
    found = store.blobs.put(_bounded(_pieces(backend, baseline.ref, between), promised))
    if document.sha256 and found.sha256 != document.sha256:
        with store.write() as session:
            session.contents.let_go(found.sha256)  # unless it is another letter's, which may be nowhere else
        raise ContentDiffers
    if not document.sha256:
        with store.write() as session:
            newest = session.documents.get(document_id)
            if newest is not None:
                session.documents.put(replace(newest, sha256=found.sha256, length=found.length))
    return found.sha256


def _bounded(pieces: Iterator[bytes], length: int) -> Iterator[bytes]:
    """Give up a content that goes on beyond its ``length`` (0: not known), before it fills the disk."""
    came = 0
    for piece in pieces:
        came += len(piece)
        if length and came > length:
            raise ContentDiffers
        yield piece


def _pieces(backend: Backend, ref: RemoteRef, between: Callable[[], None]) -> Iterator[bytes]:
    offset, tries = 0, 0
    while True:
        before = offset
        try:
            with backend.content(ref, offset) as pieces:
                for piece in pieces:
                    offset += len(piece)
                    yield piece
                    between()
                return
        except ServerUnreachable:
            tries = 1 if offset > before else tries + 1
            if tries >= TRIES:
                raise
