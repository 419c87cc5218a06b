"""Marks as files, per author and document: what the server has, and what was marked here and is not sent yet.

Knows no format: whoever reads merges the two (``sync.annotations``).
"""

from __future__ import annotations

from dataclasses import dataclass

from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.exchange import AnnotationFile
from clerk_desktop.model.ids import AnnotationSetId, DocumentId
from clerk_desktop.store.statements import Row, Statements

COLUMNS = "annotation_set_id, document_id, author, remote, local"


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredAnnotations:
    """One set. ``remote``: as last seen on the server, None for never; ``local``: with my unsent edits, if any."""

    annotation_set_id: AnnotationSetId
    document_id: DocumentId
    author: str
    remote: bytes | None = None
    local: bytes | None = None


class AnnotationRows:
    """The annotation sets of a session."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements

    def get(self, annotation_set_id: AnnotationSetId) -> StoredAnnotations | None:
        """Return one set, None when there is none."""
        found = self._where("annotation_set_id = ?", annotation_set_id)
        return found[0] if found else None

    def of_document(self, document_id: DocumentId) -> tuple[StoredAnnotations, ...]:
        """Return all authors' sets on a document, by author."""
        return self._where("document_id = ? ORDER BY author", document_id)

    def put_remote(self, file: AnnotationFile) -> None:
        """Keep what the server has; my unsent edits stay beside it."""
        self._db.run(
            "INSERT INTO annotation_sets (annotation_set_id, document_id, author, remote) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (annotation_set_id) DO UPDATE SET remote = excluded.remote",
            (file.annotation_set_id, file.document_id, file.author, file.content),
        )
        self._db.note(ChangeKind.ANNOTATIONS, file.document_id)

    def put_local(self, file: AnnotationFile) -> None:
        """Keep what was marked here until it is sent."""
        self._db.run(
            "INSERT INTO annotation_sets (annotation_set_id, document_id, author, local) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (annotation_set_id) DO UPDATE SET local = excluded.local",
            (file.annotation_set_id, file.document_id, file.author, file.content),
        )
        self._db.note(ChangeKind.ANNOTATIONS, file.document_id)

    def sent(self, annotation_set_id: AnnotationSetId, local: bytes) -> None:
        """Note that the server has these edits; what was marked since then stays unsent."""
        self._db.run(
            "UPDATE annotation_sets SET local = NULL WHERE annotation_set_id = ? AND local = ?",
            (annotation_set_id, local),
        )

    def give_up(self, annotation_set_id: AnnotationSetId) -> None:
        """Forget what was marked here and not sent; a set that no server has is forgotten whole."""
        known = self.get(annotation_set_id)
        if known is None:
            return
        self._db.run("UPDATE annotation_sets SET local = NULL WHERE annotation_set_id = ?", (annotation_set_id,))
        self._db.run("DELETE FROM annotation_sets WHERE local IS NULL AND remote IS NULL")
        self._db.note(ChangeKind.ANNOTATIONS, known.document_id)

    def gone(self, annotation_set_id: AnnotationSetId) -> None:
        """Forget what the server had; a set without unsent edits is forgotten whole."""
        known = self.get(annotation_set_id)
        if known is None:
            return
        self._db.run("UPDATE annotation_sets SET remote = NULL WHERE annotation_set_id = ?", (annotation_set_id,))
        self._db.run("DELETE FROM annotation_sets WHERE local IS NULL AND remote IS NULL")
        self._db.note(ChangeKind.ANNOTATIONS, known.document_id)

    def _where(self, condition: str, cell: str) -> tuple[StoredAnnotations, ...]:
        rows = self._db.all(f"SELECT {COLUMNS} FROM annotation_sets WHERE {condition}", (cell,))  # noqa: S608 - ours
        return tuple(map(_stored, rows))


def _stored(row: Row) -> StoredAnnotations:
    annotation_set_id, document_id, author, remote, local = row
    return StoredAnnotations(
        annotation_set_id=annotation_set_id, document_id=document_id, author=author, remote=remote, local=local
    )
