"""What the pages of scanned letters look like, of the last ``KEPT``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import msgspec

from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.likeness import PageLook, picture_distance
from clerk_desktop.store.rows import micros
from clerk_desktop.store.statements import Statements
from clerk_desktop.system.decoding import learned

KEPT = timedelta(days=90)
"""Longer than a letter lies about before somebody scans it once more by mistake."""
Words = tuple[tuple[str, float], ...]


class LookRows:
    """The looks of a session."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements

    def put(self, document_id: DocumentId, municipality: str, looks: Iterable[PageLook], at: datetime) -> None:
        """Keep the looks of a document's pages, and let go of those that are too old."""
        self._db.run_many(
            "INSERT OR REPLACE INTO page_looks (document_id, page, municipality, at, picture, words)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                (
                    document_id,
                    look.page,
                    municipality,
                    micros(at),
                    look.picture,
                    msgspec.msgpack.encode([(word, round(sure, 2)) for word, sure in look.words]),
                )
                for look in looks
            ),
        )
        self._db.run("DELETE FROM page_looks WHERE at < ?", (micros(at - KEPT),))

    def near(self, municipality: str, picture: str, furthest: int) -> Iterator[tuple[DocumentId, PageLook]]:
        """Return the pages in a town whose pictures differ in at most so many bits, the most alike first."""
        rows = self._db.all("SELECT picture, document_id, page FROM page_looks WHERE municipality = ?", (municipality,))
        close = [(picture_distance(picture, row[0]), *row) for row in rows]
        for _, known, document_id, page in sorted(row for row in close if row[0] <= furthest):
            row = self._db.one("SELECT words FROM page_looks WHERE document_id = ? AND page = ?", (document_id, page))
            if row is not None:
                words = msgspec.msgpack.decode(row[0], type=learned(Words))
                yield DocumentId(document_id), PageLook(page=page, picture=known, words=words)
