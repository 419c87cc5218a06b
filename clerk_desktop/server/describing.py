"""What an object's properties and allowable actions are, for one session (2.1.3.1 ff., 2.2.1.2.6 of CMIS 1.1).

Making JSON of them is left to ``answers``.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter

from clerk_desktop.backend.cmis.names import BaseType, Property
from clerk_desktop.server.repository.rows import StoredObject
from clerk_desktop.server.session import Session
from clerk_desktop.server.types.definitions import ContentAllowed, PropertyDefinition, Values

HASH_PREFIX = "{sha-256}"

# Names looked up once and values fetched many at a time: lists describe a thousand objects.
_COMMON_FIELDS = {
    Property.NAME: "name",
    Property.DESCRIPTION: "description",
    Property.OBJECT_ID: "id",
    Property.BASE_TYPE_ID: "base",
    Property.OBJECT_TYPE_ID: "type",
    Property.CREATED_BY: "created_by",
    Property.CREATION_DATE: "created_at",
    Property.LAST_MODIFIED_BY: "modified_by",
    Property.LAST_MODIFICATION_DATE: "modified_at",
}
_DOCUMENT_FIELDS = {
    Property.IS_LATEST_VERSION: "latest",
    Property.IS_MAJOR_VERSION: "major",
    Property.IS_LATEST_MAJOR_VERSION: "latest_major",
    Property.IS_PRIVATE_WORKING_COPY: "working_copy",
    Property.VERSION_LABEL: "label",
    Property.VERSION_SERIES_ID: "series",
    Property.VERSION_SERIES_CHECKED_OUT_BY: "checked_out_by",
    Property.VERSION_SERIES_CHECKED_OUT_ID: "checked_out_id",
    Property.CHECKIN_COMMENT: "comment",
}
_CONTENT_FIELDS = {
    Property.CONTENT_STREAM_LENGTH: "length",
    Property.CONTENT_STREAM_MIME_TYPE: "media_type",
    Property.CONTENT_STREAM_FILE_NAME: "file_name",
    Property.CONTENT_STREAM_ID: "id",
}
_COMMON, _common = tuple(map(str, _COMMON_FIELDS)), attrgetter(*_COMMON_FIELDS.values())
_DOCUMENT, _document = tuple(map(str, _DOCUMENT_FIELDS)), attrgetter(*_DOCUMENT_FIELDS.values())
_CONTENT, _content = tuple(map(str, _CONTENT_FIELDS)), attrgetter(*_CONTENT_FIELDS.values())
_SECONDARY, _TOKEN = str(Property.SECONDARY_OBJECT_TYPE_IDS), str(Property.CHANGE_TOKEN)
_IMMUTABLE, _CHECKED_OUT = str(Property.IS_IMMUTABLE), str(Property.IS_VERSION_SERIES_CHECKED_OUT)
_HASH = str(Property.CONTENT_STREAM_HASH)


class Describer:
    """Describes objects; remembers parents and types, so that a list of one folder asks for its path once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._parents: dict[int, tuple[str, str]] = {}
        self._unset: dict[tuple[str, tuple[str, ...]], dict[str, Values]] = {}

    def definitions(self, stored: StoredObject) -> Mapping[str, PropertyDefinition]:
        """Return the properties an object has, by id."""
        return self._session.types.properties_of(stored.type, stored.secondary)

    def properties(self, stored: StoredObject) -> dict[str, Values]:
        """Return all properties of an object by id; None for those that are not set."""
        types = (stored.type, stored.secondary)
        unset = self._unset.get(types)
        if unset is None:
            unset = self._unset[types] = dict.fromkeys(self.definitions(stored))
        found = unset.copy()
        for property_id, value in stored.properties.items():
            if property_id in found:
                found[property_id] = value
        found.update(zip(_COMMON, _common(stored), strict=True))
        found[_SECONDARY] = stored.secondary or None
        found[_TOKEN] = str(stored.token)
        match stored.base:
            case BaseType.DOCUMENT:
                _describe_document(stored, found)
            case BaseType.FOLDER:
                found.update(self._folder(stored))
            case BaseType.RELATIONSHIP:
                found.update({Property.SOURCE_ID: stored.source, Property.TARGET_ID: stored.target})
        return found

    def path(self, stored: StoredObject) -> str:
        """Return the path of a folder."""
        if stored.parent is None:
            return "/"
        above = self._parent(stored.parent)[1]
        return f"{above.rstrip('/')}/{stored.name}"

    def _folder(self, stored: StoredObject) -> dict[str, Values]:
        return {
            Property.PARENT_ID: None if stored.parent is None else self._parent(stored.parent)[0],
            Property.PATH: self.path(stored),
            Property.ALLOWED_CHILD_OBJECT_TYPE_IDS: None,
        }

    def _parent(self, n: int) -> tuple[str, str]:
        """Return id and path of the folder in a row."""
        if n not in self._parents:
            folder = self._session.objects.by_row(n)
            names = self._session.objects.names_up(folder)
            self._parents[n] = (folder.id, "/" + "/".join(names))
        return self._parents[n]

    def allowable_actions(self, stored: StoredObject) -> dict[str, bool]:
        """Return every allowable action with whether this user may do it now."""
        change = self._session.may_change(stored)
        fill = stored.is_folder and self._session.may_fill(stored)
        movable = change and not stored.is_root and stored.parent is not None
        allowed = {
            "canDeleteObject": change and not stored.is_root,
            "canUpdateProperties": change and not _is_frozen(stored),
            "canGetProperties": True,
            "canGetObjectRelationships": True,
            "canGetObjectParents": stored.parent is not None,
            "canGetFolderParent": stored.is_folder and not stored.is_root,
            "canGetFolderTree": stored.is_folder,
            "canGetDescendants": stored.is_folder,
            "canGetChildren": stored.is_folder,
            "canCreateDocument": fill,
            "canCreateFolder": fill,
            "canCreateItem": fill,
            "canCreateRelationship": change and stored.base is not BaseType.RELATIONSHIP,
            "canCreatePolicy": False,
            "canDeleteTree": stored.is_folder and movable,
            "canMoveObject": movable and not stored.working_copy,
            "canAddObjectToFolder": False,
            "canRemoveObjectFromFolder": False,
            "canGetRenditions": False,
            "canApplyPolicy": False,
            "canGetAppliedPolicies": False,
            "canRemovePolicy": False,
            "canGetACL": True,
            "canApplyACL": False,
        }
        return allowed | self._document_actions(stored, change=change)

    def _document_actions(self, stored: StoredObject, *, change: bool) -> dict[str, bool]:
        if not stored.is_document:
            names = (
                "canDeleteContentStream",
                "canCheckOut",
                "canCancelCheckOut",
                "canCheckIn",
                "canSetContentStream",
                "canGetAllVersions",
                "canGetContentStream",
            )
            return dict.fromkeys(names, False)
        definition = self._session.types.get(stored.type)
        content = change and not _is_frozen(stored) and definition.content_allowed is not ContentAllowed.NOT_ALLOWED
        required = definition.content_allowed is ContentAllowed.REQUIRED
        return {
            "canDeleteContentStream": content and stored.content is not None and not required,
            "canSetContentStream": content,
            "canGetContentStream": stored.content is not None,
            "canCheckOut": change and definition.versionable and stored.latest and stored.checked_out_id is None,
            "canCancelCheckOut": change and stored.working_copy,
            "canCheckIn": change and stored.working_copy,
            "canGetAllVersions": True,
        }


def _is_frozen(stored: StoredObject) -> bool:
    """Old versions never change, nor the latest one while a working copy exists."""
    if not stored.is_document or stored.working_copy:
        return False
    return not stored.latest or stored.checked_out_id is not None


def _describe_document(stored: StoredObject, found: dict[str, Values]) -> None:
    found.update(zip(_DOCUMENT, _document(stored), strict=True))
    found[_IMMUTABLE] = False
    found[_CHECKED_OUT] = stored.checked_out_id is not None
    content = stored.content
    if content is not None:
        found.update(zip(_CONTENT, _content(content), strict=True))
        found[_HASH] = (HASH_PREFIX + content.sha256,)
