"""The services of one CMIS repository (CMIS 1.1, 2.2; Browser Binding 5.3, 5.4) as calls.

Responsible for addresses, selectors, controls and for turning refusals into errors. What the properties mean, and what
to do about a refusal, is left to the callers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import msgspec

from clerk_desktop.backend.cmis import failures, wire
from clerk_desktop.backend.cmis.moments import Moments
from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.naming import encoded_path
from clerk_desktop.backend.cmis.shape import Shape
from clerk_desktop.backend.cmis.wire import FormValue, Properties, RepositoryInfo
from clerk_desktop.backend.http import Answer, Http, Upload
from clerk_desktop.model.errors import BadAnswer, ContentDiffers, Missing

JSON_LIMIT = 16 * 1024 * 1024
"""Bytes of one answer: a page of a thousand objects has two or three million."""
TREE_LIMIT = 64 * 1024 * 1024
PAGE = 1000
WHOLE_TREE = -1


class VersioningState(Enum):
    """State of a new document (2.1.13.5); anything but none on a type without versions is a constraint violation."""

    NONE = "none"
    MAJOR = "major"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """An object by id or, where that is "", by path."""

    object_id: str = ""
    path: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tree:
    """What lies below a folder, ``size`` bytes of it. ``told_at``: the server's clock then, None where not told."""

    entries: Iterable[wire.TreeEntry] = ()
    size: int = 0
    told_at: datetime | None = None


class Repository:
    """One repository through one HTTP connection. All answers are asked for in succinct form.

    ``shape`` makes of its objects what the rest of the adapter knows.
    """

    def __init__(self, http: Http, info: RepositoryInfo, shape: Shape) -> None:
        self._http = http
        self._info = info
        self._shape = shape
        self._types: dict[str, wire.TypeDefinition] = {}
        self.certain = Moments().certain

    def close(self) -> None:
        """Close connections."""
        self._http.close()

    @property
    def repository_id(self) -> str:
        """The repository's id on its server."""
        return self._info.repository_id

    @property
    def product(self) -> str:
        """Vendor, name and version of the server."""
        return self._info.product

    @property
    def capabilities(self) -> wire.WireCapabilities:
        """What the repository said it can do when the connection was made."""
        return self._info.capabilities or wire.WireCapabilities()

    # reading

    def info(self) -> RepositoryInfo:
        """Ask for the repository's current description (2.2.2.2)."""
        answer = self._get(self._info.repository_url, {"cmisselector": "repositoryInfo"})
        for info in wire.read_repositories(answer.body):
            if info.repository_id == self._info.repository_id:
                return info
        raise BadAnswer(what="repositoryInfo")

    def object(self, place: Place, properties: str = "") -> Properties:
        """Return the properties of an object. Raises ``Missing``."""
        return self._shown(self._object(place, self._shape.columns(properties)))

    def object_if_there(self, place: Place, properties: str = "") -> Properties | None:
        """Return the properties of an object, None when it is not there or not visible."""
        try:
            return self.object(place, properties)
        except Missing:
            return None

    def parents(self, object_id: str, properties: str = "") -> tuple[Properties, ...]:
        """Return the folders a document lies in (2.2.3.5)."""
        parameters = {"cmisselector": "parents", "filter": self._shape.columns(properties)}
        found = wire.read_parents(self._get_object(Place(object_id=object_id), parameters).body)
        return tuple(self._shape.shown(folder) for folder in found)

    def children(self, place: Place, properties: str = "") -> Iterator[tuple[Properties, ...]]:
        """Yield what lies directly in a folder, page by page (2.2.3.1), each object once: between two pages the folder
        may change and show one again (2.2.1.1). A page without anything new is the last, whatever the server says.
        """
        seen: set[str] = set()
        skip = 0
        while True:
            parameters = {
                "cmisselector": "children",
                "filter": self._shape.columns(properties),
                "maxItems": str(PAGE),
                "skipCount": str(skip),
            }
            answer = self._get_object(place, parameters)
            page = wire.read_children(answer.body)
            shown = (self._shape.shown(self.certain(found, answer.told_at)) for found in page.objects)
            fresh = {wire.text(found, Property.OBJECT_ID): found for found in shown}
            new = tuple(found for object_id, found in fresh.items() if object_id not in seen)
            if new:
                yield new
            seen.update(fresh)
            skip += len(page.objects)
            if page.more is False or not new:
                return

    def descendants(self, folder_id: str, properties: str) -> Tree | None:
        """Return what lies below a folder (2.2.3.2), for ``entry``; None when that is too much for one answer."""
        parameters = {
            "cmisselector": "descendants",
            "depth": str(WHOLE_TREE),
            "filter": self._shape.columns(properties),
            "includePathSegment": "false",
        }
        answer = self._http.get(
            self._info.root_folder_url, {**_succinct(parameters), "objectId": folder_id}, TREE_LIMIT
        )
        _check(answer)
        tree = Tree(entries=wire.read_tree(answer.body), size=len(answer.body), told_at=answer.told_at)
        return tree if answer.complete else None

    def entry(self, entry: wire.TreeEntry, tree: Tree) -> Properties:
        """Return the properties of an object from ``descendants``."""
        return self._shape.shown(self.certain(entry.properties, tree.told_at))

    def query(self, statement: str, limit: int) -> tuple[Properties, ...]:
        """Return at most ``limit`` rows of a query (2.2.6.1), keyed by query name."""
        return self._rows(statement, limit, 0).objects

    def objects_found(self, statement: str, limit: int, skip: int) -> wire.Page:
        """Return a page of the objects that a query finds, whose columns have no other names than the properties.

        With the times that the server tells, certain or not: its pages are in their order.
        """
        page = self._rows(statement, limit, skip)
        return msgspec.structs.replace(page, objects=tuple(map(self._shape.shown, page.objects)))

    def _rows(self, statement: str, limit: int, skip: int) -> wire.Page:
        fields = [
            ("cmisaction", "query"),
            ("statement", statement),
            ("searchAllVersions", wire.form_text(self._shape.search_all_versions)),
            ("maxItems", str(limit)),
            ("succinct", "true"),
            *([("skipCount", str(skip))] if skip else []),
        ]
        answer = self._post(self._info.repository_url, fields, None)
        return msgspec.structs.replace(wire.read_rows(answer.body), told_at=answer.told_at)

    def changes(self, token: str, limit: int) -> wire.LogPage:
        """Return a page of the change log, the entry of ``token`` first (2.2.6.2)."""
        parameters = {
            "cmisselector": "contentChanges",
            "changeLogToken": token,
            "maxItems": str(limit),
            "includeProperties": "false",
        }
        page = wire.read_changes(self._get(self._info.repository_url, parameters).body)
        entries = tuple(
            msgspec.structs.replace(entry, object_id=self._shape.logged_id(entry.object_id)) for entry in page.entries
        )
        return msgspec.structs.replace(page, entries=entries)

    def type_definition(self, type_id: str) -> wire.TypeDefinition:
        """Return a type's definition, asked for once per connection (2.2.2.5). Raises ``Missing``."""
        if type_id not in self._types:
            parameters = {"cmisselector": "typeDefinition", "typeId": self._shape.type_id(type_id)}
            self._types[type_id] = wire.read_type(self._get(self._info.repository_url, parameters).body)
        return self._types[type_id]

    @contextmanager
    def content(self, place: Place, offset: int = 0) -> Iterator[Iterator[bytes]]:
        """Open a document's content from byte ``offset`` on (5.3.4.4), also where the server ignores ranges."""
        parameters = {"cmisselector": "content"}
        if place.object_id:
            parameters["objectId"] = place.object_id
        with self._http.stream(self._at(place), parameters, offset) as stream:
            if not stream.named or not stream.answer.success:
                _check(stream.answer)
            if stream.start > offset:
                raise ContentDiffers
            yield _skipped(stream.pieces, offset - stream.start)

    # writing

    def create_document(
        self, folder_id: str, properties: Mapping[str, FormValue], state: VersioningState, upload: Upload | None
    ) -> Properties:
        """Create a document in a folder (2.2.4.1). Raises ``NameTaken``."""
        fields = [("cmisaction", "createDocument"), ("versioningState", state.value)]
        return self._act(folder_id, fields, self._shape.created(properties), upload)

    def create_folder(self, folder_id: str, properties: Mapping[str, FormValue]) -> Properties:
        """Create a folder in a folder (2.2.4.3). Raises ``NameTaken``."""
        return self._act(folder_id, [("cmisaction", "createFolder")], self._shape.created(properties), None)

    def update(self, object_id: str, token: str, properties: Mapping[str, FormValue]) -> Properties:
        """Change properties (2.2.4.12). Raises ``ChangedMeanwhile`` when ``token`` is not the newest."""
        if self._shape.changes_need_the_state:
            current = wire.read_object(self._object(Place(object_id=object_id), "").body)
            properties = self._shape.changed(current, properties)
        return self._act(object_id, [("cmisaction", "update"), *_token(token)], properties, None)

    def move(self, object_id: str, source_id: str, target_id: str) -> Properties:
        """Move an object from one folder to another (2.2.4.13)."""
        fields = [("cmisaction", "move"), ("sourceFolderId", source_id), ("targetFolderId", target_id)]
        return self._act(object_id, fields, {}, None)

    def set_content(self, object_id: str, token: str, upload: Upload) -> Properties:
        """Replace a document's content (2.2.4.16). The answer may name another version."""
        fields = [("cmisaction", "setContent"), ("overwriteFlag", "true"), *_token(token)]
        return self._act(object_id, fields, {}, upload)

    def check_out(self, object_id: str) -> Properties:
        """Check a document out (2.2.7.1) and return its private working copy."""
        return self._act(object_id, [("cmisaction", "checkOut")], {}, None)

    def cancel_check_out(self, copy_id: str) -> None:
        """Give a private working copy up (2.2.7.2)."""
        fields = [("cmisaction", "cancelCheckOut"), ("objectId", copy_id)]
        self._post(self._info.root_folder_url, fields, None)

    def check_in(self, copy_id: str, upload: Upload) -> Properties:
        """Make a private working copy with new content the latest version (2.2.7.3) and return that."""
        return self._act(copy_id, [("cmisaction", "checkIn"), ("major", "true")], {}, upload)

    def create_type(self, definition: Mapping[str, Any]) -> None:
        """Create a type (2.2.2.6) from its JSON (5.2.8)."""
        fields = [("cmisaction", "createType"), ("type", msgspec.json.encode(definition).decode())]
        wire.read_type(self._post(self._info.repository_url, fields, None).body)

    def _act(
        self,
        object_id: str,
        fields: list[tuple[str, str]],
        properties: Mapping[str, FormValue],
        upload: Upload | None,
    ) -> Properties:
        everything = [*fields, ("succinct", "true"), ("objectId", object_id), *wire.form_properties(properties)]
        return self._shown(self._post(self._info.root_folder_url, everything, upload))

    def _object(self, place: Place, columns: str) -> Answer:
        return self._get_object(place, {"cmisselector": "object", "filter": columns})

    def _shown(self, answer: Answer) -> Properties:
        return self._shape.shown(self.certain(wire.read_object(answer.body), answer.told_at))

    def _get_object(self, place: Place, parameters: dict[str, str]) -> Answer:
        if place.object_id:
            parameters["objectId"] = place.object_id
        return self._get(self._at(place), parameters)

    def _get(self, url: str, parameters: dict[str, str]) -> Answer:
        answer = self._http.get(url, _succinct(parameters), JSON_LIMIT)
        _check(answer)
        if not answer.complete:
            raise BadAnswer(what="length")
        return answer

    def _post(self, url: str, fields: list[tuple[str, str]], upload: Upload | None) -> Answer:
        answer = self._http.post(url, fields, upload, JSON_LIMIT)
        _check(answer)
        if not answer.complete:
            raise BadAnswer(what="length")
        return answer

    def _at(self, place: Place) -> str:
        root = self._info.root_folder_url
        if place.object_id:
            return root
        parts = urlsplit(root)
        return urlunsplit(parts._replace(path=parts.path.rstrip("/") + encoded_path(place.path)))


def _check(answer: Answer) -> None:
    if not answer.success:
        raise failures.refusal(answer.status, answer.body, answer.retry_after)
    error = failures.not_json(answer.content_type, answer.body)
    if error is not None:
        raise error


def _succinct(parameters: dict[str, str]) -> dict[str, str]:
    """Succinct form, and no empty parameters: an empty filter means "nothing" to some servers."""
    return {**{key: value for key, value in parameters.items() if value}, "succinct": "true"}


def _token(token: str) -> list[tuple[str, str]]:
    return [("changeToken", token)] if token else []


def _skipped(pieces: Iterator[bytes], count: int) -> Iterator[bytes]:
    for piece in pieces:
        if count < len(piece):
            yield piece[count:]
            count = 0
        else:
            count -= len(piece)
