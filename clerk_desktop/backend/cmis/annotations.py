"""Files of marks beside their document: read with their content, created once, replaced on the newest state only."""

from __future__ import annotations

import io

from clerk_desktop.backend.cmis import naming, translation, wire
from clerk_desktop.backend.cmis.contents import ContentWriter
from clerk_desktop.backend.cmis.creating import Creator, Wanted
from clerk_desktop.backend.cmis.folders import Folder, Folders
from clerk_desktop.backend.cmis.mapping import Mapping
from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.read_before import ReadBefore
from clerk_desktop.backend.cmis.repository import Place, Repository
from clerk_desktop.backend.cmis.wire import Properties
from clerk_desktop.backend.http import Upload
from clerk_desktop.model.errors import AbilityMissing, BadAnswer, ChangedMeanwhile, Missing, RuleViolated
from clerk_desktop.model.exchange import AnnotationFile
from clerk_desktop.model.remote import RemoteAnnotations, RemoteRef

LIMIT = 16 * 1024 * 1024
XFDF_MIME = "application/vnd.adobe.xfdf"


class Annotations:
    """Annotation sets of one connection."""

    def __init__(
        self, repository: Repository, mapping: Mapping, folders: Folders, creator: Creator, contents: ContentWriter
    ) -> None:
        self._repository = repository
        self._contents = contents
        self._mapping = mapping
        self._folders = folders
        self._creator = creator
        self._before = ReadBefore()

    def read(self, properties: Properties, parent_id: str) -> RemoteAnnotations:
        """Return a set with its content. Raises ``BadAnswer`` for one that is too large to be marks."""
        ref, length = (
            translation.reference(properties, parent_id),
            wire.number(properties, Property.CONTENT_STREAM_LENGTH),
        )
        content = self._before.get(ref, length)
        if content is None:
            content = self._content(properties)
            self._before.put(ref, length, content)
        return translation.to_annotations(properties, self._mapping, parent_id, content)

    def put(self, file: AnnotationFile, folder_id: str, ref: RemoteRef | None) -> RemoteAnnotations:
        """Write the marks; see the port."""
        if not self._mapping.types.annotation_set:
            raise AbilityMissing
        if ref is not None:
            return self._replace(file, ref) if ref.tells_state else self._there_already(file, ref)
        name = naming.annotation_names(file, self._mapping.names)
        wanted = Wanted(
            type_id=self._mapping.types.annotation_set,
            key_property=self._mapping.annotations.object_key,
            key=file.annotation_set_id,
            names=name,
        )
        outcome = self._creator.once(
            wanted, Folder(folder_id=folder_id, path=""), lambda chosen: self._create(file, folder_id, chosen)
        )
        if outcome.new:
            return translation.to_annotations(outcome.properties, self._mapping, folder_id, file.content)
        place = self._folders.whereabouts(translation.object_id(outcome.properties))
        there = self.read(outcome.properties, place.parent_id)
        if there.annotations.content == file.content:
            return there
        if there.annotations.content or not there.ref.tells_state:
            raise ChangedMeanwhile
        return self._replace(file, there.ref)

    def _content(self, properties: Properties) -> bytes:
        content = bytearray()
        try:
            with self._repository.content(Place(object_id=translation.object_id(properties))) as pieces:
                for piece in pieces:
                    content += piece
                    if len(content) > LIMIT:
                        raise BadAnswer(what="xfdf")
        except (Missing, RuleViolated):
            content.clear()  # created, but its content has not arrived yet
        return bytes(content)

    def _replace(self, file: AnnotationFile, ref: RemoteRef) -> RemoteAnnotations:
        upload = _upload(file, file.annotation_set_id)
        try:
            properties = self._contents.replace(ref, upload)
        except ChangedMeanwhile:
            return self._there_already(file, ref)
        return translation.to_annotations(properties, self._mapping, ref.parent_id, file.content)

    def _there_already(self, file: AnnotationFile, ref: RemoteRef) -> RemoteAnnotations:
        """Return the set that an earlier attempt wrote. Raises ``ChangedMeanwhile`` where it says something else."""
        there = self.read(self._repository.object(Place(object_id=ref.server_id)), ref.parent_id)
        if there.annotations.content != file.content:
            raise ChangedMeanwhile
        return there

    def _create(self, file: AnnotationFile, folder_id: str, name: str) -> Properties:
        type_id = self._mapping.types.annotation_set
        properties = {
            Property.OBJECT_TYPE_ID.value: type_id,
            Property.NAME.value: name,
            **translation.annotation_properties(file, self._mapping),
        }
        state = self._creator.state_of(type_id)
        return self._repository.create_document(folder_id, properties, state, _upload(file, name))


def _upload(file: AnnotationFile, name: str) -> Upload:
    return Upload(file_name=name, mime_type=XFDF_MIME, stream=io.BytesIO(file.content))
