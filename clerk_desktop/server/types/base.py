"""The built-in base types with their property definitions (CMIS 1.1, 2.1.4 to 2.1.9). Data only."""

from __future__ import annotations

from clerk_desktop.backend.cmis.names import BaseType, Property
from clerk_desktop.server.types.definitions import (
    Cardinality,
    ContentAllowed,
    Kind,
    Mutability,
    PropertyDefinition,
    TypeDefinition,
    Updatability,
)

NAMESPACE = "http://docs.oasis-open.org/ns/cmis/core/200908/"


def _property(
    property_id: Property,
    kind: Kind,
    display_name: str,
    *,
    updatability: Updatability = Updatability.READ_ONLY,
    cardinality: Cardinality = Cardinality.SINGLE,
    required: bool = False,
    queryable: bool = True,
    orderable: bool | None = None,
) -> PropertyDefinition:
    single = cardinality is Cardinality.SINGLE
    return PropertyDefinition(
        id=property_id.value,
        query_name=property_id.value,
        kind=kind,
        cardinality=cardinality,
        updatability=updatability,
        local_name=property_id.value.removeprefix("cmis:"),
        local_namespace=NAMESPACE,
        display_name=display_name,
        description=display_name,
        required=required,
        queryable=queryable,
        orderable=(single and queryable) if orderable is None else orderable,
    )


def _collected(*definitions: PropertyDefinition) -> dict[str, PropertyDefinition]:
    return {definition.id: definition for definition in definitions}


COMMON = _collected(
    _property(Property.NAME, Kind.STRING, "Name", updatability=Updatability.READ_WRITE, required=True),
    _property(Property.DESCRIPTION, Kind.STRING, "Description", updatability=Updatability.READ_WRITE),
    _property(Property.OBJECT_ID, Kind.ID, "Object id"),
    _property(Property.BASE_TYPE_ID, Kind.ID, "Base type id"),
    _property(Property.OBJECT_TYPE_ID, Kind.ID, "Type id", updatability=Updatability.ON_CREATE, required=True),
    _property(
        Property.SECONDARY_OBJECT_TYPE_IDS,
        Kind.ID,
        "Secondary type ids",
        updatability=Updatability.READ_WRITE,
        cardinality=Cardinality.MULTI,
    ),
    _property(Property.CREATED_BY, Kind.STRING, "Created by"),
    _property(Property.CREATION_DATE, Kind.DATETIME, "Creation date"),
    _property(Property.LAST_MODIFIED_BY, Kind.STRING, "Last modified by"),
    _property(Property.LAST_MODIFICATION_DATE, Kind.DATETIME, "Last modification date"),
    _property(Property.CHANGE_TOKEN, Kind.STRING, "Change token", queryable=False),
)

_DOCUMENT = _collected(
    _property(Property.IS_IMMUTABLE, Kind.BOOLEAN, "Is immutable", queryable=False),
    _property(Property.IS_LATEST_VERSION, Kind.BOOLEAN, "Is latest version"),
    _property(Property.IS_MAJOR_VERSION, Kind.BOOLEAN, "Is major version"),
    _property(Property.IS_LATEST_MAJOR_VERSION, Kind.BOOLEAN, "Is latest major version"),
    _property(Property.IS_PRIVATE_WORKING_COPY, Kind.BOOLEAN, "Is private working copy"),
    _property(Property.VERSION_LABEL, Kind.STRING, "Version label"),
    _property(Property.VERSION_SERIES_ID, Kind.ID, "Version series id"),
    _property(Property.IS_VERSION_SERIES_CHECKED_OUT, Kind.BOOLEAN, "Is checked out"),
    _property(Property.VERSION_SERIES_CHECKED_OUT_BY, Kind.STRING, "Checked out by"),
    _property(Property.VERSION_SERIES_CHECKED_OUT_ID, Kind.ID, "Id of the working copy"),
    _property(Property.CHECKIN_COMMENT, Kind.STRING, "Check-in comment"),
    _property(Property.CONTENT_STREAM_LENGTH, Kind.INTEGER, "Content length"),
    _property(Property.CONTENT_STREAM_MIME_TYPE, Kind.STRING, "Content media type"),
    _property(Property.CONTENT_STREAM_FILE_NAME, Kind.STRING, "Content file name"),
    _property(Property.CONTENT_STREAM_ID, Kind.ID, "Content id"),
    _property(
        Property.CONTENT_STREAM_HASH, Kind.STRING, "Content hash", cardinality=Cardinality.MULTI, queryable=False
    ),
)

_FOLDER = _collected(
    _property(Property.PARENT_ID, Kind.ID, "Parent id"),
    _property(Property.PATH, Kind.STRING, "Path", queryable=False),
    _property(
        Property.ALLOWED_CHILD_OBJECT_TYPE_IDS,
        Kind.ID,
        "Allowed child types",
        cardinality=Cardinality.MULTI,
        queryable=False,
    ),
)

_RELATIONSHIP = _collected(
    _property(Property.SOURCE_ID, Kind.ID, "Source id", updatability=Updatability.ON_CREATE, required=True),
    _property(Property.TARGET_ID, Kind.ID, "Target id", updatability=Updatability.ON_CREATE, required=True),
)

_EXTENSIBLE = Mutability(create=True)


def _type(
    base: BaseType,
    display_name: str,
    properties: dict[str, PropertyDefinition],
    *,
    creatable: bool = True,
    fileable: bool = True,
) -> TypeDefinition:
    return TypeDefinition(
        id=base.value,
        query_name=base.value,
        base=base.value,
        local_name=base.value.removeprefix("cmis:"),
        local_namespace=NAMESPACE,
        display_name=display_name,
        description=display_name,
        mutability=_EXTENSIBLE,
        content_allowed=ContentAllowed.ALLOWED,
        properties=properties,
        creatable=creatable,
        fileable=fileable,
    )


BASE_TYPES = (
    _type(BaseType.DOCUMENT, "Document", {**COMMON, **_DOCUMENT}),
    _type(BaseType.FOLDER, "Folder", {**COMMON, **_FOLDER}),
    _type(BaseType.RELATIONSHIP, "Relationship", {**COMMON, **_RELATIONSHIP}, fileable=False),
    _type(BaseType.ITEM, "Item", COMMON),
    _type(BaseType.SECONDARY, "Secondary type", {}, creatable=False, fileable=False),
)
