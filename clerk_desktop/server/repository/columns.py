"""How a property is read in SQL: the one place that query, lists and indexes agree on. ``o`` is the object's row."""

from __future__ import annotations

from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.server.repository.schema import property_expression

_STANDARD = {
    Property.NAME: "o.name",
    Property.DESCRIPTION: "o.description",
    Property.OBJECT_ID: "o.id",
    Property.BASE_TYPE_ID: "o.base",
    Property.OBJECT_TYPE_ID: "o.type",
    Property.CREATED_BY: "o.created_by",
    Property.CREATION_DATE: "o.created_at",
    Property.LAST_MODIFIED_BY: "o.modified_by",
    Property.LAST_MODIFICATION_DATE: "o.modified_at",
    Property.IS_LATEST_VERSION: "o.latest",
    Property.IS_MAJOR_VERSION: "o.major",
    Property.IS_LATEST_MAJOR_VERSION: "o.latest_major",
    Property.IS_PRIVATE_WORKING_COPY: "o.working_copy",
    Property.VERSION_LABEL: "o.label",
    Property.VERSION_SERIES_ID: "o.series",
    Property.IS_VERSION_SERIES_CHECKED_OUT: "(o.checked_out_id IS NOT NULL)",
    Property.VERSION_SERIES_CHECKED_OUT_BY: "o.checked_out_by",
    Property.VERSION_SERIES_CHECKED_OUT_ID: "o.checked_out_id",
    Property.CHECKIN_COMMENT: "o.comment",
    Property.CONTENT_STREAM_LENGTH: "o.content_length",
    Property.CONTENT_STREAM_MIME_TYPE: "o.content_type",
    Property.CONTENT_STREAM_FILE_NAME: "o.content_name",
    Property.CONTENT_STREAM_ID: "o.content",
    Property.PARENT_ID: "(SELECT up.id FROM object up WHERE up.n = o.parent)",
    Property.SOURCE_ID: "o.source",
    Property.TARGET_ID: "o.target",
}


def value_expression(property_id: str) -> str:
    """Return the SQL expression for a single-valued property."""
    standard = {key.value: expression for key, expression in _STANDARD.items()}
    return standard.get(property_id) or property_expression(property_id, "o")


def order_expression(property_id: str) -> str:
    """Return the SQL expression to sort by: names sort without regard to letter case."""
    return "o.name_key" if property_id == Property.NAME else value_expression(property_id)


def has_own_index(property_id: str) -> bool:
    """Whether a property that sorts has an index of its own, with those objects in it that have a value."""
    return not property_id.startswith("cmis:")


def list_expression(property_id: str) -> str:
    """Return the SQL expression for a multi-valued property: a JSON array, or NULL."""
    if property_id == Property.SECONDARY_OBJECT_TYPE_IDS:
        return "o.secondary"
    return property_expression(property_id, "o")
