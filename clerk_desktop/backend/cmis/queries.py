"""Query statements (CMIS 1.1, 2.1.14). The one place where a value gets into a statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.wire import EPOCH
from clerk_desktop.model.searching import WantedWord

NO_LETTER = re.compile(r"[\W_]")
ANY_SIGN = "_"
NO_LETTERS = re.compile(r"[\W_]+")


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


def modified_since(columns: Sequence[str], table: str, types: Sequence[str], since: datetime, order: str | None) -> str:
    """Return the statement for the rows of ``table`` that were modified at ``since`` or later.

    ``types``: only of these, none for all. ``order``: ``ASC`` or ``DESC`` by that time, None for a server that does
    not order.
    """
    column = Property.LAST_MODIFICATION_DATE
    text = f"SELECT {', '.join(columns)} FROM {table} WHERE {column} >= {timestamp(since)}"  # noqa: S608 - quoted
    if types:
        text += f" AND {Property.OBJECT_TYPE_ID} IN ({', '.join(map(literal, types))})"
    return text if order is None else f"{text} ORDER BY {column} {order}"


def with_words(columns: tuple[str, ...], table: str, wanted: Sequence[WantedWord]) -> str:
    """Return the statement for the rows of ``table`` that have all words in their full text (2.1.14.2.4.5)."""
    expression = " ".join(map(_text_term, wanted))
    return f"SELECT {', '.join(columns)} FROM {table} WHERE CONTAINS({literal(expression)})"  # noqa: S608 - quoted


def with_words_in(columns: tuple[str, ...], table: str, places: Sequence[str], wanted: Sequence[WantedWord]) -> str:
    """Return the statement for the rows of ``table`` that have each word in one of the columns ``places``.

    Signs match any other: they may be wildcards, and in names some are replaced.
    """
    conditions = []
    for word in wanted:
        pattern = literal(f"%{NO_LETTER.sub(ANY_SIGN, word.typed)}%")
        conditions.append("(" + " OR ".join(f"{place} LIKE {pattern}" for place in places) + ")")
    return f"SELECT {', '.join(columns)} FROM {table} WHERE {' AND '.join(conditions)}"  # noqa: S608 - quoted


def _text_term(word: WantedWord) -> str:
    """Return a term of a text expression: a phrase where something inside could mean something to the server."""
    plain = NO_LETTERS.sub(" ", word.typed).strip()
    if plain.isalnum():
        return plain + ("*" if word.open_end else "")
    return f'"{plain}"'
