"""Reading single objects, contents and the office's shared files."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import AbstractContextManager

from clerk_desktop.backend.cmis import translation, wire
from clerk_desktop.backend.cmis.annotations import Annotations
from clerk_desktop.backend.cmis.folders import Folders, Whereabouts
from clerk_desktop.backend.cmis.mapping import Mapping
from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.repository import Place, Repository
from clerk_desktop.backend.cmis.translation import Kind
from clerk_desktop.model.account import Template
from clerk_desktop.model.errors import BadAnswer, Missing
from clerk_desktop.model.remote import RemoteObject, RemoteRef

TEMPLATE_LIMIT = 16 * 1024 * 1024


class Reading:
    """Reads one thing at a time."""

    def __init__(self, repository: Repository, mapping: Mapping, folders: Folders, annotations: Annotations) -> None:
        self._repository = repository
        self._mapping = mapping
        self._folders = folders
        self._annotations = annotations
        self._filter = translation.property_filter(mapping)

    def fetch(self, server_id: str) -> RemoteObject | None:
        """Return one object; None when it is none of ours. Raises ``Missing``, also for what was set aside."""
        properties = self._repository.object(_place(server_id), self._filter)
        match translation.kind_of(properties, self._mapping):
            case Kind.CASE:
                return translation.to_case(properties, self._mapping)
            case Kind.DOCUMENT:
                place = self._where(server_id)
                return translation.to_document(properties, self._mapping, place.parent_id, place.municipality)
            case Kind.EVENT:
                return translation.to_event(properties, self._mapping, self._where(server_id).parent_id)
            case Kind.ANNOTATIONS:
                return self._annotations.read(properties, self._where(server_id).parent_id)
            case Kind.FOREIGN:
                return None

    def _where(self, server_id: str) -> Whereabouts:
        place = self._folders.whereabouts(server_id)
        if place.set_aside:
            raise Missing
        return place

    def content(self, ref: RemoteRef, offset: int) -> AbstractContextManager[Iterator[bytes]]:
        """Open a document's content from byte ``offset`` on."""
        return self._repository.content(_place(ref.server_id), offset)

    def template(self, template: Template) -> bytes | None:
        """Return one of the office's shared files, None when there is none."""
        path = posixpath.join(self._mapping.paths.templates, template.value)
        # by id: a 404 to the path alone would not tell a missing file from one without content
        found = self._repository.object_if_there(Place(path=path))
        if found is None or not wire.number(found, Property.CONTENT_STREAM_LENGTH):
            return None
        body = bytearray()
        try:
            with self._repository.content(Place(object_id=translation.object_id(found))) as pieces:
                for piece in pieces:
                    body += piece
                    if len(body) > TEMPLATE_LIMIT:
                        raise BadAnswer(what=template.value)
        except Missing:
            return None
        return bytes(body)


def _place(server_id: str) -> Place:
    if not server_id:
        raise Missing
    return Place(object_id=server_id)
