"""Tables of the repository and the indexes that make queries on our own properties fast."""

from __future__ import annotations

VERSION = 3

TABLES = """
CREATE TABLE object (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  base TEXT NOT NULL,
  type TEXT NOT NULL,
  parent INTEGER REFERENCES object(n),
  zone TEXT NOT NULL,
  listed INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  description TEXT,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  modified_by TEXT NOT NULL,
  modified_at INTEGER NOT NULL,
  token INTEGER NOT NULL,
  series TEXT,
  latest INTEGER NOT NULL,
  major INTEGER NOT NULL,
  latest_major INTEGER NOT NULL,
  working_copy INTEGER NOT NULL,
  label TEXT,
  comment TEXT,
  checked_out_by TEXT,
  checked_out_id TEXT,
  content TEXT,
  content_length INTEGER,
  content_type TEXT,
  content_name TEXT,
  content_hash TEXT,
  source TEXT,
  target TEXT,
  secondary TEXT NOT NULL,
  properties TEXT NOT NULL
);
CREATE UNIQUE INDEX object_name ON object(parent, name_key) WHERE listed = 1;
CREATE INDEX object_children ON object(parent, listed, name_key, zone);
CREATE INDEX object_series ON object(series, n) WHERE series IS NOT NULL;
CREATE INDEX object_type_zone ON object(type, latest, zone);
CREATE INDEX object_type_changed ON object(type, latest, modified_at);
CREATE INDEX object_type_created ON object(type, latest, created_at);
CREATE INDEX object_type_name ON object(type, latest, name_key);
CREATE INDEX object_source ON object(source) WHERE source IS NOT NULL;
CREATE INDEX object_target ON object(target) WHERE target IS NOT NULL;
CREATE INDEX object_content ON object(content) WHERE content IS NOT NULL;
CREATE INDEX object_working_copy ON object(working_copy) WHERE working_copy = 1;

CREATE VIRTUAL TABLE words USING fts5(text, body, tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE unread (n INTEGER PRIMARY KEY);

CREATE TABLE change (
  token INTEGER PRIMARY KEY AUTOINCREMENT,
  object TEXT NOT NULL,
  base TEXT NOT NULL,
  type TEXT NOT NULL,
  series TEXT,
  zone TEXT NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  departed INTEGER NOT NULL
);
CREATE INDEX change_zone ON change(zone, token);

CREATE TABLE small_content (n INTEGER PRIMARY KEY AUTOINCREMENT, data BLOB NOT NULL);

CREATE TABLE created_type (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, definition TEXT NOT NULL);

CREATE TABLE user (
  name TEXT PRIMARY KEY,
  salt BLOB NOT NULL,
  hash BLOB NOT NULL,
  cost INTEGER NOT NULL,
  role TEXT NOT NULL,
  municipality TEXT
);
"""

ADDED = {
    2: ("CREATE TABLE small_content (n INTEGER PRIMARY KEY AUTOINCREMENT, data BLOB NOT NULL)",),
    3: (
        "CREATE VIRTUAL TABLE more_words USING fts5(text, body, tokenize = 'unicode61 remove_diacritics 2')",
        "INSERT INTO more_words(rowid, text) SELECT rowid, text FROM words",
        "DROP TABLE words",
        "ALTER TABLE more_words RENAME TO words",
        "CREATE TABLE unread (n INTEGER PRIMARY KEY)",
        "INSERT INTO unread SELECT n FROM object WHERE content IS NOT NULL"
        " AND (content_type LIKE 'text/%' OR content_type LIKE 'application/pdf%'"
        " OR content_type LIKE 'application/xml%' OR content_type LIKE 'application/json%'"
        " OR content_type LIKE 'application/xhtml+xml%')",
    ),
}
"""Version -> the statements that make it of the one before."""


def property_expression(property_id: str, row: str = "") -> str:
    """Return the SQL for a stored property's value; the very text that the index of the property was made with.

    ``property_id`` comes from a type definition, whose names have no quotation marks or backslashes.
    """
    prefix = f"{row}." if row else ""
    return f"json_extract({prefix}properties, '$.\"{property_id}\"')"


def index_statement(property_id: str, name: str) -> str:
    """Return the statement that creates the index on a single-valued stored property, spelled as SQLite keeps it.

    Only objects that have the property are in it: most have few, and each index that an upload touches is a page more
    to flush.
    """
    expression = property_expression(property_id)
    return f'CREATE INDEX "{name}" ON object({expression}) WHERE {expression} IS NOT NULL'


def index_name(property_id: str) -> str:
    """Return the name of the index on a stored property."""
    return f"property {property_id}"
