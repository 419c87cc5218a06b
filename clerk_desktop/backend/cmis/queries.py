"""Query statements (CMIS 1.1, 2.1.14). The one place where a value gets into a statement."""

from __future__ import annotations

from datetime import datetime

from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.wire import EPOCH


def literal(value: str) -> str:
    """Return ``value`` as a character string literal; backslash and quote are escaped by a backslash (2.1.14.2.1)."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def timestamp(value: datetime) -> str:
    """Return ``value`` as a datetime literal: UTC, with the milliseconds that the grammar demands."""
    text = (EPOCH + (value - EPOCH)).replace(tzinfo=None).isoformat(timespec="milliseconds")
    return f"TIMESTAMP '{text}Z'"


def with_value(columns: tuple[str, ...], table: str, column: str, value: str) -> str:
    """Return the statement for the rows of ``table`` whose ``column`` is ``value``."""
    return f"SELECT {', '.join(columns)} FROM {table} WHERE {column} = {literal(value)}"  # noqa: S608 - quoted


def with_value_in_folder(columns: tuple[str, ...], table: str, column: str, value: str, folder_id: str) -> str:
    """Return the statement for the rows directly in a folder whose ``column`` is ``value``."""
    return f"{with_value(columns, table, column, value)} AND IN_FOLDER({literal(folder_id)})"


def with_name_beginning(columns: tuple[str, ...], table: str, beginning: str) -> str:
    """Return the statement for the rows of ``table`` whose name begins so; no wildcard stands in ``beginning``."""
    pattern = literal(f"{beginning}%")
    return f"SELECT {', '.join(columns)} FROM {table} WHERE {Property.NAME} LIKE {pattern}"  # noqa: S608 - quoted
