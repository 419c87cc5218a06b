"""Actions that create objects (2.2.4 of CMIS 1.1)."""

from __future__ import annotations

from enum import StrEnum

from msgspec.structs import replace

from clerk_desktop.backend.cmis.names import BaseType, CmisException, Property
from clerk_desktop.server.actions.checks import refuse_policies_and_aces
from clerk_desktop.server.answers import Answer
from clerk_desktop.server.assigning import Phase, assign, checked_name, sent_id, sent_type
from clerk_desktop.server.controls import SentProperty
from clerk_desktop.server.faults import Fault, constraint, invalid
from clerk_desktop.server.forms import clean_file_name
from clerk_desktop.server.repository.rows import Content, StoredObject
from clerk_desktop.server.requests import Request
from clerk_desktop.server.rights import zone_of, zone_of_relationship
from clerk_desktop.server.types.definitions import ContentAllowed, TypeDefinition


class VersioningState(StrEnum):
    """The state a document is created in (2.1.13.5.1)."""

    NONE = "none"
    MAJOR = "major"
    MINOR = "minor"
    CHECKED_OUT = "checkedout"


def create_document(request: Request) -> Answer:
    """``createDocument``: a document with or without content."""
    sent = request.controls.properties()
    definition = _creatable(request, sent, BaseType.DOCUMENT)
    folder = _destination(request)
    stored = _named(request, definition, folder, sent)
    content = received_content(request, stored.name)
    return _insert_document(request, definition, replace(stored, content=content))


def create_document_from_source(request: Request) -> Answer:
    """``createDocumentFromSource``: a copy of a document, with other properties where they were sent."""
    source = request.session.get(request.controls.required("sourceId"))
    if not source.is_document:
        raise invalid("The source is not a document.")
    sent = request.controls.properties()
    if all(item.id != Property.OBJECT_TYPE_ID for item in sent):
        sent = (SentProperty(id=Property.OBJECT_TYPE_ID.value, values=(source.type,), listed=False), *sent)
    definition = _creatable(request, sent, BaseType.DOCUMENT)
    blank = _blank(request, definition, _destination(request))
    same_type = definition.id == source.type
    copy = replace(
        blank,
        name=source.name,
        description=source.description,
        secondary=source.secondary if same_type else (),
        properties=source.properties if same_type else {},
        content=source.content,
    )
    stored = assign(request.session.types, copy, sent, Phase.CREATE)
    return _insert_document(request, definition, stored)


def create_folder(request: Request) -> Answer:
    """``createFolder``: a folder within a folder."""
    sent = request.controls.properties()
    definition = _creatable(request, sent, BaseType.FOLDER)
    return _insert(request, _named(request, definition, _destination(request), sent))


def create_item(request: Request) -> Answer:
    """``createItem``: an object that is neither document nor folder."""
    sent = request.controls.properties()
    definition = _creatable(request, sent, BaseType.ITEM)
    return _insert(request, _named(request, definition, _destination(request), sent))


def create_relationship(request: Request) -> Answer:
    """``createRelationship``: from an object the user may change to one the user may read."""
    sent = request.controls.properties()
    definition = _creatable(request, sent, BaseType.RELATIONSHIP)
    source = request.session.get(sent_id(sent, Property.SOURCE_ID))
    target = request.session.get(sent_id(sent, Property.TARGET_ID))
    request.session.require_change(source)
    for end, allowed in ((source, definition.allowed_sources), (target, definition.allowed_targets)):
        if end.base is BaseType.RELATIONSHIP or (allowed and end.type not in allowed):
            raise constraint("The relationship type does not allow this source or target.")
    stored = _named(request, definition, None, sent)
    zone = zone_of_relationship(source.zone, target.zone)
    return _insert(request, replace(stored, zone=zone, source=source.id, target=target.id))


def received_content(request: Request, name: str) -> Content | None:
    """Return the content that was sent, in its place; controls may say media type and file name (5.4.4.3.?)."""
    if request.received is None:
        return None
    kept = request.session.place(request.received)
    media_type = request.controls.text("contenttype") or kept.media_type
    file_name = clean_file_name(request.controls.text("filename") or "") or kept.file_name or name
    return replace(kept, media_type=media_type, file_name=file_name)


def require_fitting_content(definition: TypeDefinition, content: Content | None) -> None:
    """Raise ``Fault`` when a type must have content and there is none, or must have none and there is some."""
    if content is None and definition.content_allowed is ContentAllowed.REQUIRED:
        raise constraint("Documents of this type must have content.")
    if content is not None and definition.content_allowed is ContentAllowed.NOT_ALLOWED:
        raise Fault(CmisException.STREAM_NOT_SUPPORTED, "Documents of this type have no content.")


def _creatable(request: Request, sent: tuple[SentProperty, ...], base: BaseType) -> TypeDefinition:
    refuse_policies_and_aces(request)
    definition = request.session.types.find(sent_type(sent))
    if definition is None or definition.base != base:
        raise constraint("There is no such type of this kind of object.")
    if not definition.creatable:
        raise constraint("Objects of this type cannot be created.")
    return definition


def _destination(request: Request) -> StoredObject:
    folder_id = request.controls.text("folderId")
    if request.target is None and folder_id is None:
        raise invalid("Everything must be filed in a folder here.")
    folder = request.folder() if request.target is not None else request.session.folder(folder_id or "")
    request.session.require_fill(folder)
    return folder


def _blank(request: Request, definition: TypeDefinition, folder: StoredObject | None) -> StoredObject:
    user, now = request.session.user.name, request.session.now
    return StoredObject(
        id=request.session.new_id(),
        base=BaseType(definition.base),
        type=definition.id,
        parent=None if folder is None else folder.n,
        zone=zone_of(()),
        name="",
        created_by=user,
        created_at=now,
        modified_by=user,
        modified_at=now,
        properties={},
    )


def _named(
    request: Request, definition: TypeDefinition, folder: StoredObject | None, sent: tuple[SentProperty, ...]
) -> StoredObject:
    stored = assign(request.session.types, _blank(request, definition, folder), sent, Phase.CREATE)
    if not stored.name:
        if definition.base != BaseType.RELATIONSHIP:
            raise constraint("cmis:name is missing.")
        stored = replace(stored, name=stored.id)
    return stored


def _insert_document(request: Request, definition: TypeDefinition, stored: StoredObject) -> Answer:
    require_fitting_content(definition, stored.content)
    default = VersioningState.MAJOR if definition.versionable else VersioningState.NONE
    state = request.controls.member("versioningState", default)
    if (state is VersioningState.NONE) == definition.versionable:
        raise constraint("The versioning state does not fit the type.")
    draft = replace(stored, series=request.session.new_id(), major=True, latest_major=True)
    match state:
        case VersioningState.MAJOR:
            draft = replace(draft, label="1.0")
        case VersioningState.MINOR:
            draft = replace(draft, label="0.1", major=False, latest_major=False)
        case VersioningState.CHECKED_OUT:
            draft = replace(
                draft,
                major=False,
                latest=False,
                latest_major=False,
                working_copy=True,
                checked_out_by=request.session.user.name,
                checked_out_id=draft.id,
            )
    return _insert(request, draft)


def _insert(request: Request, stored: StoredObject) -> Answer:
    checked_name(stored.name)
    if stored.parent is not None:
        zone = zone_of(request.session.objects.names_up(stored))
        stored = replace(stored, zone=zone)
        if not request.session.rights.may_write(zone):
            raise constraint("Nothing of that name can be created here.")
    return request.created(request.session.writer.insert(stored))
