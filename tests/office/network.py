"""The line between a station and a server, which a test can break in every way that a real one breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

import httpx

from clerk_desktop.backend.port import Backend
from clerk_desktop.model.account import Template
from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document
from clerk_desktop.model.editing import CaseChange, DocumentChange
from clerk_desktop.model.errors import ServerBusy, ServerError, ServerUnreachable, SignInRefused
from clerk_desktop.model.event import Event
from clerk_desktop.model.exchange import AnnotationFile
from clerk_desktop.model.remote import (
    Capabilities,
    ChangePage,
    RemoteAnnotations,
    RemoteCase,
    RemoteDocument,
    RemoteEvent,
    RemoteFind,
    RemoteObject,
    RemoteRef,
)
from clerk_desktop.model.searching import WantedWord

WRITES = (
    "deposit",
    "create_case",
    "next_number",
    "update_case",
    "update_document",
    "move",
    "add_event",
    "put_annotations",
)


@dataclass(kw_only=True)
class Network:
    """``calls`` counts what was asked, ``exchanges`` what went over the wire.

    ``lose`` names requests whose next reply gets lost after the server did them; ``fail`` answers the next request of
    that name with an error, before the server does anything; ``broken`` does so for every request about an object,
    named by the server's lasting id; ``cut_after`` lets that many requests through, then the line is down, with the
    reply of the last one lost. ``doubts`` counts how often a station did not get to know whether something was done.
    """

    down: bool = False
    busy: int | None = None
    signed_in: bool = True
    lose: list[str] = field(default_factory=list)
    fail: dict[str, list[ServerError]] = field(default_factory=dict)
    broken: dict[str, ServerError] = field(default_factory=dict)
    cut_after: int | None = None
    calls: Counter[str] = field(default_factory=Counter)
    exchanges: int = 0
    doubts: int = 0

    def heal(self) -> None:
        """Make everything work again."""
        self.down, self.busy, self.signed_in, self.cut_after = False, None, True, None
        self.lose.clear()
        self.fail.clear()
        self.broken.clear()

    @contextmanager
    def request(self, name: str, about: str = "") -> Iterator[None]:
        """One thing is asked of the server."""
        if not self.signed_in:
            raise SignInRefused
        if self.busy is not None:
            raise ServerBusy(self.busy)
        if about in self.broken:
            raise self.broken[about]
        if self.fail.get(name):
            raise self.fail[name].pop(0)
        self.calls[name] += 1
        yield
        if name in self.lose:
            self.lose.remove(name)
            self.doubts += 1
            raise ServerUnreachable

    @contextmanager
    def wire(self, error: Callable[[], Exception] = ServerUnreachable) -> Iterator[None]:
        """One exchange on the wire."""
        if self.down or self.cut_after == 0:
            raise error()
        self.exchanges += 1
        yield
        if self.cut_after is not None:
            self.cut_after -= 1
            if self.cut_after == 0:
                self.doubts += 1
                raise error()


class Wire(httpx.BaseTransport):
    """HTTP over a network that may break; what was sent before it broke has happened."""

    def __init__(self, inner: httpx.BaseTransport, network: Network) -> None:
        self._inner = inner
        self._network = network

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        with self._network.wire(lambda: httpx.ReadError("", request=request)):
            response = self._inner.handle_request(request)
            response.read()
        return response

    def close(self) -> None:
        self._inner.close()


class Line:
    """A backend at the other end of a network. ``on_wire``: a request is one exchange, for a backend without HTTP."""

    def __init__(self, inner: Backend, network: Network, *, on_wire: bool) -> None:
        self._inner = inner
        self._network = network
        self._on_wire = on_wire

    @contextmanager
    def _request(self, name: str, about: str = "") -> Iterator[None]:
        with self._network.request(name, about):
            if not self._on_wire:
                yield
                return
            with self._network.wire():
                yield

    def close(self) -> None:
        self._inner.close()

    def capabilities(self) -> Capabilities:
        return self._inner.capabilities()

    def change_token(self) -> str:
        with self._request("change_token"):
            return self._inner.change_token()

    def changes(self, token: str, limit: int) -> ChangePage:
        with self._request("changes"):
            return self._inner.changes(token, limit)

    def lying_in(self, folder_id: str) -> tuple[RemoteRef, ...]:
        with self._request("lying_in", folder_id.split(";")[0]):
            return self._inner.lying_in(folder_id)

    def everything(self) -> Iterator[tuple[RemoteObject, ...]]:
        pages = self._inner.everything()
        while True:
            with self._request("everything"):
                page = next(pages, None)
            if page is None:
                return
            yield page

    def fetch(self, server_id: str) -> RemoteObject | None:
        with self._request("fetch", server_id.split(";")[0]):
            return self._inner.fetch(server_id)

    @contextmanager
    def content(self, ref: RemoteRef, offset: int = 0) -> Iterator[Iterator[bytes]]:
        with self._request("content"), self._inner.content(ref, offset) as pieces:
            yield self._pieces(pieces)

    def _pieces(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            with self._network.request("piece"):
                yield piece

    def template(self, template: Template) -> bytes | None:
        with self._request("template"):
            return self._inner.template(template)

    def search(self, wanted: tuple[WantedWord, ...], limit: int) -> tuple[RemoteFind, ...]:
        with self._request("search"):
            return self._inner.search(wanted, limit)

    def deposit(self, document: Document, content: Callable[[], BinaryIO]) -> RemoteDocument:
        with self._request("deposit"):
            return self._inner.deposit(document, content)

    def create_case(self, case: Case) -> RemoteCase:
        with self._request("create_case"):
            return self._inner.create_case(case)

    def next_number(self, counter: str, year: int) -> int:
        with self._request("next_number"):
            return self._inner.next_number(counter, year)

    def update_case(self, known: RemoteCase, changes: tuple[CaseChange, ...]) -> RemoteCase:
        with self._request("update_case", known.ref.series_id):
            return self._inner.update_case(known, changes)

    def update_document(self, known: RemoteDocument, changes: tuple[DocumentChange, ...]) -> RemoteDocument:
        with self._request("update_document", known.ref.series_id):
            return self._inner.update_document(known, changes)

    def move(self, ref: RemoteRef, target: RemoteRef) -> RemoteDocument:
        with self._request("move", ref.series_id):
            return self._inner.move(ref, target)

    def set_aside(self, ref: RemoteRef, municipality: str) -> None:
        with self._request("set_aside"):
            self._inner.set_aside(ref, municipality)

    def add_event(self, event: Event, folder_id: str) -> RemoteEvent:
        with self._request("add_event"):
            return self._inner.add_event(event, folder_id)

    def put_annotations(self, file: AnnotationFile, folder_id: str, ref: RemoteRef | None) -> RemoteAnnotations:
        with self._request("put_annotations"):
            return self._inner.put_annotations(file, folder_id, ref)
