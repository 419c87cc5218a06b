"""A document management system in memory, behind the same port as the real ones.

As strict as the strictest server we know (change tokens, unique names, rights per town, a change log that tells of
folders only) and, where a variant says so, as odd as the oddest (ids that change per version, no change tokens, times
in whole seconds, a log that forgets, or none: then a move counts as no change of what is moved). Tests of sync run
against this and against the CMIS adapter.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from clerk_desktop.backend.port import Backend
from clerk_desktop.model.account import Template
from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document
from clerk_desktop.model.editing import (
    CaseChange,
    DocumentChange,
    case_text,
    changed_case,
    changed_document,
    document_text,
)
from clerk_desktop.model.errors import (
    AbilityMissing,
    ChangedMeanwhile,
    Missing,
    NameTaken,
    PermissionDenied,
    RequestRefused,
)
from clerk_desktop.model.event import Event
from clerk_desktop.model.exchange import AnnotationFile
from clerk_desktop.model.remote import (
    Capabilities,
    ChangePage,
    RemoteAnnotations,
    RemoteCase,
    RemoteChange,
    RemoteChangeKind,
    RemoteDocument,
    RemoteEvent,
    RemoteFind,
    RemoteObject,
    RemoteRef,
    Strategy,
)
from clerk_desktop.model.searching import WantedWord, spelled_alike
from tests.office.network import Line, Network
from tests.office.serverside import Truth, in_their_cases

MOMENT, PART_OF_A_SECOND = timedelta(milliseconds=1), timedelta(milliseconds=300)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
Value = Case | Document | Event | AnnotationFile


@dataclass(kw_only=True)
class Record:
    """One object of the server."""

    series: str
    value: Value
    parent: str
    version: int = 1
    token: int = 0
    modified: datetime = LONG_AGO
    content: bytes = b""


@dataclass(frozen=True, kw_only=True, slots=True)
class Overwrite:
    """Somebody's request changed one field of an object from one text to another."""

    user: str
    key: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Oddities:
    """In which way this server is odd."""

    ids_change: bool = False
    tokens: bool = True
    server_hash: bool = True
    writes_tell_parent: bool = True
    log_tells_children: bool = True
    log: bool = True
    queries: bool = True
    whole_seconds: bool = False

    @property
    def tracking(self) -> Strategy:
        if self.log:
            return Strategy.CHANGE_LOG
        return Strategy.MODIFIED_SINCE if self.queries else Strategy.RELISTING


@dataclass(kw_only=True)
class MemoryServer:
    """The shared state of all connections."""

    odd: Oddities = field(default_factory=Oddities)
    page: int = 7
    records: dict[str, Record] = field(default_factory=dict)
    log: list[RemoteChange] = field(default_factory=list)
    forgotten: int = 0
    counters: Counter[tuple[str, int]] = field(default_factory=Counter)
    templates: dict[Template, bytes] = field(default_factory=dict)
    overwrites: list[Overwrite] = field(default_factory=list)
    damage_next_upload: bool = False
    ids: int = 0
    time: datetime = datetime(2026, 3, 2, 7, tzinfo=UTC)

    towns: dict[str, str] = field(default_factory=dict)

    def add_user(self, user: str, town: str) -> None:
        self.towns[user] = town

    def connect(self, user: str, network: Network) -> Backend:
        with network.request("sign_in"), network.wire():
            return Line(MemoryBackend(self, self.towns[user], user), network, on_wire=True)

    def close(self) -> None:
        """Nothing to close."""

    def truth(self, town: str) -> Truth:
        backend = MemoryBackend(self, town)
        objects = [remote for page in backend.everything() for remote in page]
        cases = {remote.case.case_id: remote for remote in objects if isinstance(remote, RemoteCase)}
        return in_their_cases(cases, (remote for remote in objects if isinstance(remote, RemoteDocument)))

    def series(self, key: str) -> str:
        return self.record(key).series

    # what a test does at the server itself

    def record(self, key: str) -> Record:
        """The object with our key. Raises ``KeyError``."""
        return next(record for record in self.records.values() if key_of(record.value) == key)

    def keys(self) -> list[str]:
        """Our keys of all objects, with repetitions if there were any."""
        return [key_of(record.value) for record in self.records.values()]

    def edit_case(self, key: str, *changes: CaseChange) -> None:
        """Somebody changes a case with another program."""
        record = self.record(key)
        assert isinstance(record.value, Case)
        self.touch(record, changed_case(record.value, changes))

    def edit_document(self, key: str, *changes: DocumentChange) -> None:
        """Somebody changes a document with another program."""
        record = self.record(key)
        assert isinstance(record.value, Document)
        self.touch(record, changed_document(record.value, changes))

    def put_into(self, document_key: str, case_key: str) -> None:
        """Somebody moves a document into a case with another program."""
        self.moved(self.record(document_key), self.record(case_key).series)

    def delete(self, key: str) -> None:
        """Somebody deletes an object with another program, with all that lies in it."""
        record = self.record(key)
        for child in [each for each in self.records.values() if each.parent == record.series]:
            if self.odd.log_tells_children:
                self.delete(key_of(child.value))
            else:
                del self.records[child.series]
        del self.records[record.series]
        self.note(record, RemoteChangeKind.DELETED)

    def forget_log(self) -> None:
        """The log is cut: older tokens are refused."""
        self.forgotten = len(self.log)

    # what connections do

    def add(self, value: Value, parent: str, content: bytes = b"") -> Record:
        self.ids += 1
        record = Record(series=f"s{self.ids}", value=value, parent=parent, content=content)
        self.records[record.series] = record
        self.touch(record, value)
        return record

    def touch(self, record: Record, value: Value) -> None:
        record.value = value
        record.token += 1
        record.version += 1
        self.note(record, RemoteChangeKind.CHANGED)
        record.modified = self.time

    def moved(self, record: Record, parent: str) -> None:
        record.parent = parent
        if self.odd.log:
            self.touch(record, record.value)

    def time_passes(self) -> None:
        self.time += PART_OF_A_SECOND if self.odd.whole_seconds else MOMENT

    def note(self, record: Record, kind: RemoteChangeKind) -> None:
        self.time_passes()
        self.log.append(RemoteChange(server_id=record.series, kind=kind, at=self.time))

    def server_id(self, record: Record) -> str:
        return f"{record.series};{record.version}" if self.odd.ids_change else record.series

    def of_key(self, key: str) -> Record | None:
        return next((record for record in self.records.values() if key_of(record.value) == key), None)


def key_of(value: Value) -> str:
    match value:
        case Case():
            return value.case_id
        case Document():
            return value.document_id
        case Event():
            return value.event_id
        case AnnotationFile():
            return value.annotation_set_id


def inbox_of(town: str) -> str:
    return f"inbox-{town}"


def aside_of(town: str) -> str:
    return f"aside-{town}"


class MemoryBackend:
    """One station's connection; ``town`` is what its user may see, "" for all."""

    def __init__(self, server: MemoryServer, town: str = "", user: str = "") -> None:
        self._server = server
        self._town = town
        self._user = user

    def close(self) -> None:
        pass

    def capabilities(self) -> Capabilities:
        odd = self._server.odd
        return Capabilities(
            product="memory",
            tracking=odd.tracking,
            verification=Strategy.SERVER_HASH if odd.server_hash else Strategy.READ_BACK,
            precondition=Strategy.CHANGE_TOKEN if odd.tokens else Strategy.COMPARE_MODIFIED,
            listing=Strategy.DESCENDANTS,
        )

    # reading

    def change_token(self) -> str:
        match self._server.odd.tracking:
            case Strategy.CHANGE_LOG:
                return str(len(self._server.log))
            case Strategy.MODIFIED_SINCE:
                return max((each.modified for each in self._server.records.values()), default=LONG_AGO).isoformat()
            case _:
                raise AbilityMissing

    def changes(self, token: str, limit: int) -> ChangePage:
        self._server.time_passes()
        match self._server.odd.tracking:
            case Strategy.CHANGE_LOG:
                return self._log(token, limit)
            case Strategy.MODIFIED_SINCE:
                return self._window(token, limit)
            case _:
                raise AbilityMissing

    def lying_in(self, folder_id: str) -> tuple[RemoteRef, ...]:
        folder = self._find(folder_id)
        there = [record for record in self._server.records.values() if record.parent == folder.series]
        return tuple(self._ref(record) for record in there)

    def _window(self, token: str, limit: int) -> ChangePage:
        """What was modified since two minutes before the newest change seen; each page begins with the last again."""
        newest, _, begin = token.partition(" ")
        since = datetime.fromisoformat(begin) if begin else datetime.fromisoformat(newest) - timedelta(minutes=2)
        late = [record for record in self._server.records.values() if record.modified >= since]
        late = sorted((each for each in late if self._visible(each)), key=lambda record: record.modified)
        page, more = late[:limit], len(late) > limit
        last = page[-1].modified.isoformat() if page else newest
        return ChangePage(
            changes=tuple(self._modified(record) for record in page),
            token=f"{max(newest, last)} {last}" if more else max(newest, last),
            more=more,
        )

    def _modified(self, record: Record) -> RemoteChange:
        ref = self._ref(record, tell_parent=False)
        return RemoteChange(server_id=ref.server_id, kind=RemoteChangeKind.CHANGED, at=record.modified, ref=ref)

    def _log(self, token: str, limit: int) -> ChangePage:
        start = int(token)
        if start < self._server.forgotten:
            raise RequestRefused
        page = tuple(self._server.log[start : start + limit])
        end = start + len(page)
        return ChangePage(changes=page, token=str(end), more=end < len(self._server.log))

    def everything(self) -> Iterator[tuple[RemoteObject, ...]]:
        order = (Case, Document, Event, AnnotationFile)
        visible = [record for record in self._server.records.values() if self._visible(record)]
        visible.sort(key=lambda record: order.index(type(record.value)))
        for start in range(0, len(visible), self._server.page):
            page = tuple(self._remote(record) for record in visible[start : start + self._server.page])
            yield page

    def fetch(self, server_id: str) -> RemoteObject | None:
        if server_id.startswith("inbox-"):
            return None
        return self._remote(self._find(server_id))

    @contextmanager
    def content(self, ref: RemoteRef, offset: int = 0) -> Iterator[Iterator[bytes]]:
        content = self._find(ref.server_id).content
        yield self._pieces(content[offset:])

    def template(self, template: Template) -> bytes | None:
        return self._server.templates.get(template)

    def search(self, wanted: tuple[WantedWord, ...], limit: int) -> tuple[RemoteFind, ...]:
        found = [
            RemoteFind(server_ids=(self._server.server_id(record),), object_key=key_of(record.value))
            for record in self._server.records.values()
            if isinstance(record.value, Case | Document) and self._visible(record) and _has(record, wanted)
        ]
        return tuple(found[:limit])

    # writing

    def deposit(self, document: Document, content: Callable[[], BinaryIO]) -> RemoteDocument:
        with content() as stream:
            record = self._server.of_key(document.document_id)
            if record is None:
                self._allowed(document.municipality)
                kept = replace(document, case_id=None, version="1.0")
                record = self._server.add(kept, inbox_of(document.municipality), self._stored(stream))
            elif not record.content:
                record.content = self._stored(stream)
            return self._document(record)

    def create_case(self, case: Case) -> RemoteCase:
        record = self._server.of_key(case.case_id)
        if record is None:
            self._allowed(case.municipality)
            others = (each.value for each in self._server.records.values())
            if any(isinstance(other, Case) and other.case_number == case.case_number for other in others):
                raise NameTaken
            record = self._server.add(replace(case, pinned=False, number_final=True), "plan")
        return self._case(record)

    def next_number(self, counter: str, year: int) -> int:
        self._server.counters[counter, year] += 1
        return self._server.counters[counter, year]

    def update_case(self, known: RemoteCase, changes: tuple[CaseChange, ...]) -> RemoteCase:
        record = self._newest(known.ref)
        assert isinstance(record.value, Case)
        for change in changes:
            if case_text(record.value, change.field) != case_text(known.case, change.field):
                raise ChangedMeanwhile
            self._note(record, change.field.value, case_text(record.value, change.field), change.text)
        self._server.touch(record, changed_case(record.value, changes))
        return self._case(record)

    def update_document(self, known: RemoteDocument, changes: tuple[DocumentChange, ...]) -> RemoteDocument:
        record = self._newest(known.ref)
        assert isinstance(record.value, Document)
        for change in changes:
            if document_text(record.value, change.field) != document_text(known.document, change.field):
                raise ChangedMeanwhile
            self._note(record, change.field.value, document_text(record.value, change.field), change.text)
        self._server.touch(record, changed_document(record.value, changes))
        return self._written(record)

    def move(self, ref: RemoteRef, target: RemoteRef) -> RemoteDocument:
        record, folder = self._find(ref.server_id), self._find(target.server_id)
        if record.parent != folder.series:
            if ref.parent_id and record.parent != ref.parent_id:
                raise ChangedMeanwhile
            self._note(record, "case", self._case_at(record.parent), key_of(folder.value))
            self._server.moved(record, folder.series)
            for follower in list(self._server.records.values()):
                if isinstance(follower.value, AnnotationFile) and follower.value.document_id == key_of(record.value):
                    self._server.moved(follower, folder.series)
        return self._written(record)

    def set_aside(self, ref: RemoteRef, municipality: str) -> None:
        self._allowed(municipality)
        record = self._server.records.get(ref.server_id.split(";")[0])
        aside = aside_of(municipality)
        if record is None or record.parent == aside:
            return
        if record.parent != inbox_of(municipality):
            raise ChangedMeanwhile
        record.parent = aside
        self._server.touch(record, record.value)
        for follower in list(self._server.records.values()):
            about = follower.value.document_id if isinstance(follower.value, Event | AnnotationFile) else None
            if about == key_of(record.value) and follower.parent == inbox_of(municipality):
                follower.parent = aside
                self._server.touch(follower, follower.value)

    def add_event(self, event: Event, folder_id: str) -> RemoteEvent:
        record = self._server.of_key(event.event_id)
        if record is None:
            parent = folder_id if folder_id.startswith("inbox-") else self._find(folder_id).series
            record = self._server.add(replace(event, case_id=None), parent)
        remote = self._remote(record)
        assert isinstance(remote, RemoteEvent)
        return remote

    # inside

    def _pieces(self, content: bytes) -> Iterator[bytes]:
        for start in range(0, len(content), 1000):
            yield content[start : start + 1000]

    def _stored(self, stream: BinaryIO) -> bytes:
        content = stream.read()
        if self._server.damage_next_upload:
            self._server.damage_next_upload = False
            return content[:-1] + b"?"
        return content

    def _find(self, server_id: str) -> Record:
        record = self._server.records.get(server_id.split(";")[0])
        if record is None or not self._visible(record):
            raise Missing
        return record

    def _newest(self, ref: RemoteRef) -> Record:
        record = self._find(ref.server_id)
        newest = self._ref(record)
        if ref.tells_state and (ref.change_token, ref.modified_at) != (newest.change_token, newest.modified_at):
            raise ChangedMeanwhile
        return record

    def _note(self, record: Record, field: str, before: str, after: str) -> None:
        if before != after:
            self._server.overwrites.append(
                Overwrite(user=self._user, key=key_of(record.value), field=field, before=before, after=after)
            )

    def _case_at(self, folder: str) -> str:
        found = self._server.records.get(folder)
        return key_of(found.value) if found else ""

    def _allowed(self, town: str) -> None:
        if self._town and self._town != town:
            raise PermissionDenied

    def _visible(self, record: Record) -> bool:
        if not self._town:
            return True
        if isinstance(record.value, Case):
            return record.value.municipality == self._town
        parent = self._server.records.get(record.parent)
        return self._visible(parent) if parent else record.parent == inbox_of(self._town)

    def _written(self, record: Record) -> RemoteDocument:
        remote = self._document(record)
        return replace(remote, ref=self._ref(record, tell_parent=self._server.odd.writes_tell_parent))

    def _ref(self, record: Record, *, tell_parent: bool = True) -> RemoteRef:
        return RemoteRef(
            server_id=self._server.server_id(record),
            series_id=record.series,
            parent_id=record.parent if tell_parent else "",
            change_token=str(record.token) if self._server.odd.tokens else "",
            modified_at=self._told(record.modified),
        )

    def _told(self, modified: datetime) -> datetime | None:
        """When something was modified, None while it may be modified again at the same time."""
        if not self._server.odd.whole_seconds:
            return modified
        second = modified.replace(microsecond=0)
        return second if self._server.time >= second + timedelta(seconds=1) else None

    def _remote(self, record: Record) -> RemoteObject:
        match record.value:
            case Case():
                return self._case(record)
            case Document():
                return self._document(record)
            case Event():
                return RemoteEvent(ref=self._ref(record), event=record.value)
            case AnnotationFile():
                return self._annotations(record)

    def put_annotations(self, file: AnnotationFile, folder_id: str, ref: RemoteRef | None) -> RemoteAnnotations:
        record = self._server.of_key(file.annotation_set_id)
        if record is None:
            if ref is not None:
                raise Missing
            if not folder_id.startswith("inbox-"):
                self._find(folder_id)
            return self._annotations(self._server.add(file, folder_id.split(";")[0]))
        assert isinstance(record.value, AnnotationFile)
        if record.value.content != file.content:
            if ref is None or not ref.tells_state:
                raise ChangedMeanwhile
            self._newest(ref)
            self._server.touch(record, file)
        return self._annotations(record)

    def _annotations(self, record: Record) -> RemoteAnnotations:
        assert isinstance(record.value, AnnotationFile)
        return RemoteAnnotations(ref=self._ref(record), annotations=record.value)

    def _case(self, record: Record) -> RemoteCase:
        assert isinstance(record.value, Case)
        return RemoteCase(ref=self._ref(record), case=record.value)

    def _document(self, record: Record) -> RemoteDocument:
        assert isinstance(record.value, Document)
        digest = hashlib.sha256(record.content).hexdigest()
        return RemoteDocument(
            ref=self._ref(record),
            document=record.value,
            content_length=len(record.content),
            content_sha256=digest if self._server.odd.server_hash else "",
        )


def _has(record: Record, wanted: tuple[WantedWord, ...]) -> bool:
    """Whether all words stand in the fields or the content, as in a server's full text."""
    told = spelled_alike(f"{record.value} {record.content.decode(errors='replace')}")
    return all(spelled_alike(word.typed) in told for word in wanted)
