"""Documents, in their case or in the inbox."""

from __future__ import annotations

from collections.abc import Sequence

from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.document import Document
from clerk_desktop.model.folding import folded
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.store.rows import Cell, shape
from clerk_desktop.store.search import SearchIndex
from clerk_desktop.store.statements import Statements, called

EXTRA = ("sender_key",)
CASE_AT = shape(Document).columns.index("case_id")
IN_INBOX = "case_id IS NULL AND document_id NOT IN (SELECT document_id FROM rearrangements)"
BY_CONTENT = "substr(sha256, -12) = substr(?1, -12) AND sha256 = ?1 AND sha256 <> ''"


class DocumentRows:
    """The documents of a session."""

    def __init__(self, statements: Statements, index: SearchIndex) -> None:
        self._db = statements
        self._index = index
        self._shape = shape(Document)

    def get(self, document_id: DocumentId) -> Document | None:
        """Return a document by our id."""
        found = self._where("document_id = ?", (document_id,))
        return found[0] if found else None

    def put(self, document: Document) -> None:
        """Keep a document, new or changed."""
        sql = f"{self._shape.upsert('documents', EXTRA)} RETURNING rowid"
        (place,) = self._db.run_returning(sql, (*self._shape.cells(document), _sender_key(document.sender)))
        self._index.put_document(place, document)
        self._db.note(ChangeKind.DOCUMENT, document.document_id)

    def put_new(self, documents: Sequence[Document], cases: Sequence[CaseId | None]) -> None:
        """Keep many documents that are not known yet, each in the case that ``cases`` names for it whatever it says
        itself; their words wait to be indexed.
        """
        with self._index.later("documents"):
            self._db.run_many(self._shape.insert("documents", EXTRA), map(self._placed_cells, documents, cases))
        for document in documents:
            self._db.note(ChangeKind.DOCUMENT, document.document_id)

    def remove(self, document_id: DocumentId) -> None:
        """Forget a document and its suggestions; one that is not there is fine. Its content stays."""
        row = self._db.one("SELECT rowid FROM documents WHERE document_id = ?", (document_id,))
        if row is not None:
            self._db.run("DELETE FROM documents WHERE rowid = ?", row)
            self._index.remove_document(row[0])
            self._db.note(ChangeKind.DOCUMENT, document_id)

    def in_case(self, case_id: CaseId) -> tuple[Document, ...]:
        """Return the documents of a case, by day of receipt and title."""
        return self._where(f"{called('case_id')} ORDER BY received_on, title, document_id", (case_id,))

    def inbox(self, municipality: str = "") -> tuple[Document, ...]:
        """Return the documents that are not filed yet, of one municipality or of all, by day of receipt and title.

        Without those that gave way to letters made of their pages.
        """
        if municipality:
            return self._where(
                f"{IN_INBOX} AND municipality = ? ORDER BY received_on, title, document_id", (municipality,)
            )
        return self._where(f"{IN_INBOX} ORDER BY received_on, title, document_id", ())

    def count_inbox(self) -> int:
        """Return how many documents are not filed yet."""
        row = self._db.one(f"SELECT count(*) FROM documents WHERE {IN_INBOX}")  # noqa: S608 - ours
        return int(row[0]) if row else 0

    def by_source_sha256(self, sha256: str) -> tuple[Document, ...]:
        """Return the documents made from a scan with this hash; none for an empty hash."""
        return self._where("source_sha256 = ? AND source_sha256 <> '' ORDER BY document_id", (sha256,))

    def by_sha256(self, sha256: str) -> tuple[Document, ...]:
        """Return the documents whose stored content has this hash; none for an empty hash."""
        return self._where(f"{BY_CONTENT} ORDER BY document_id", (sha256,))

    def by_sender(self, sender: str, limit: int) -> tuple[Document, ...]:
        """Return documents of the sender that lie in a case, newest first; letter case and spaces do not count."""
        return self._where(
            "sender_key = ? AND sender_key <> '' AND case_id IS NOT NULL"
            " ORDER BY received_on DESC, title, document_id LIMIT ?",
            (_sender_key(sender), limit),
        )

    def content_hashes(self) -> frozenset[str]:
        """Return every hash, source or stored, that a document names: the content that must be kept."""
        rows = self._db.all("SELECT sha256 FROM documents UNION SELECT source_sha256 FROM documents")
        return frozenset(sha256 for (sha256,) in rows if sha256)

    def _placed_cells(self, document: Document, case_id: CaseId | None) -> tuple[Cell, ...]:
        cells = self._shape.cells(document)
        return (*cells[:CASE_AT], case_id, *cells[CASE_AT + 1 :], _sender_key(document.sender))

    def _where(self, condition: str, cells: tuple[Cell, ...]) -> tuple[Document, ...]:
        rows = self._db.all(f"SELECT {self._shape.names} FROM documents WHERE {condition}", cells)  # noqa: S608
        return tuple(map(self._shape.value, rows))


def _sender_key(sender: str) -> str:
    return " ".join(folded(sender).split())
