"""Depositing a document in the inbox: uploaded once, and proven to be there byte by byte."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from clerk_desktop.backend.cmis import naming, translation, wire
from clerk_desktop.backend.cmis.contents import ContentWriter
from clerk_desktop.backend.cmis.creating import Creator, Wanted
from clerk_desktop.backend.cmis.folders import Folder, Folders, Whereabouts
from clerk_desktop.backend.cmis.mapping import Mapping
from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.repository import Place, Repository
from clerk_desktop.backend.cmis.wire import Properties
from clerk_desktop.backend.http import PIECE, Upload
from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import ContentDiffers, Missing, RuleViolated
from clerk_desktop.model.remote import RemoteDocument, Strategy

Opener = Callable[[], BinaryIO]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Original:
    """What was uploaded; ``length`` in bytes."""

    sha256: str
    length: int


class Deposits:
    """Uploads to the inbox of a municipality.

    An earlier attempt may have left the document whole, half, or not at all, and another workstation may have filed
    it since (see ``creating``). What is found with other content than ours is a half upload as long as it lies in the
    inbox, and gets its content again; in a case it is somebody's work and is not touched: ``ContentDiffers``.
    """

    def __init__(
        self,
        repository: Repository,
        mapping: Mapping,
        folders: Folders,
        creator: Creator,
        contents: ContentWriter,
        verification: Strategy,
    ) -> None:
        self._repository = repository
        self._contents = contents
        self._mapping = mapping
        self._folders = folders
        self._creator = creator
        self._verification = verification

    def deposit(self, document: Document, content: Opener) -> RemoteDocument:
        """Return the document as the server has it, its content verified. Raises ``ContentDiffers``."""
        try:
            return self._deposit(document, content)
        except Missing:
            # an inbox deleted and made anew since its id was remembered
            self._folders.forget()
            return self._deposit(document, content)

    def _deposit(self, document: Document, content: Opener) -> RemoteDocument:
        inbox = self._folders.inbox(document.municipality)
        wanted = Wanted(
            type_id=self._mapping.types.document,
            key_property=self._mapping.document.object_key,
            key=document.document_id,
            names=naming.document_names(document, self._mapping.names),
        )
        outcome = self._creator.once(wanted, inbox, lambda name: self._create(document, inbox, name, content))
        place = Whereabouts(parent_id=inbox.folder_id, municipality=document.municipality)
        if not outcome.new:
            place = self._folders.whereabouts(translation.object_id(outcome.properties))
        expected = _original(document, content)
        found, actual = outcome.properties, self._content_sha256(outcome.properties, expected)
        if actual != expected.sha256 and place.parent_id == inbox.folder_id:
            found = self._content_again(found, document, content)
            actual = self._content_sha256(found, expected)
        if actual != expected.sha256:
            raise ContentDiffers
        remote = translation.to_document(found, self._mapping, place.parent_id, place.municipality)
        return replace(remote, content_sha256=actual)

    def _create(self, document: Document, inbox: Folder, name: str, content: Opener) -> Properties:
        type_id = self._mapping.types.document
        properties = {
            Property.OBJECT_TYPE_ID.value: type_id,
            Property.NAME.value: name,
            **translation.document_properties(document, self._mapping),
        }
        state = self._creator.state_of(type_id)
        with content() as stream:
            upload = _upload(name, document, stream)
            return self._repository.create_document(inbox.folder_id, properties, state, upload)

    def _content_again(self, found: Properties, document: Document, content: Opener) -> Properties:
        ref = translation.reference(found, "")
        with content() as stream:
            upload = _upload(wire.text(found, Property.NAME), document, stream)
            return self._contents.replace(ref, upload)

    def _content_sha256(self, found: Properties, expected: _Original) -> str:
        if self._verification is Strategy.SERVER_HASH:
            told = translation.content_hash(found)
            if told:
                return told
        place = Place(object_id=translation.object_id(found))
        try:
            with self._repository.content(place) as pieces:
                return _sha256(pieces, expected.length)
        except (Missing, RuleViolated):
            # no content (a constraint in CMIS, 2.2.4.11); but is the document still there?
            self._repository.object(place, Property.OBJECT_ID)
            return ""


def _upload(name: str, document: Document, stream: BinaryIO) -> Upload:
    return Upload(file_name=name, mime_type=document.mime_type, stream=stream)


def _original(document: Document, content: Opener) -> _Original:
    with content() as stream:
        length = stream.seek(0, 2)
    return _Original(sha256=document.sha256 or _sha256(_read(content), length), length=length)


def _sha256(pieces: Iterable[bytes], limit: int) -> str:
    """Return the hash of the pieces, "" when they go on beyond ``limit`` bytes."""
    digest, length = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        length += len(piece)
        if length > limit:
            return ""
    return digest.hexdigest()


def _read(content: Opener) -> Iterator[bytes]:
    with content() as stream:
        while piece := stream.read(PIECE):
            yield piece
