"""Letters that gave way to letters made of their pages; and what became of the pages of a scan in the end."""

from __future__ import annotations

import msgspec

from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.rearranging import Rearrangement
from clerk_desktop.store.statements import Statements
from clerk_desktop.system.decoding import decoder


class RearrangementRows:
    """The rearrangements of a session, by each letter that gave way."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements

    def get(self, document_id: DocumentId) -> Rearrangement | None:
        """Return what a letter gave way to, None for one that is as it was."""
        row = self._db.one("SELECT payload FROM rearrangements WHERE document_id = ?", (document_id,))
        return None if row is None else decoder(Rearrangement).decode(row[0])

    def put(self, done: Rearrangement) -> None:
        """Keep it; what a letter gave way to first counts."""
        payload = msgspec.json.encode(done).decode()
        for document_id in done.given_way:
            if self._db.run("INSERT OR IGNORE INTO rearrangements VALUES (?, ?)", (document_id, payload)):
                self._db.note(ChangeKind.DOCUMENT, document_id)
        self._db.run_many(
            "INSERT OR IGNORE INTO rearranged_letters VALUES (?, ?)",
            ((letter.document_id, letter.pages[0].document_id) for letter in done.letters),
        )

    def remove(self, document_id: DocumentId) -> None:
        """Let a letter be there again; one that never gave way is fine."""
        if self._db.run("DELETE FROM rearrangements WHERE document_id = ?", (document_id,)):
            self._db.note(ChangeKind.DOCUMENT, document_id)

    def any(self) -> bool:
        """Whether any letter ever gave way."""
        return self._db.one("SELECT 1 FROM rearrangements LIMIT 1") is not None

    def root(self, document_id: DocumentId) -> DocumentId:
        """Return the letter, as intake made it, that the first page of a letter came from; itself for such a one."""
        met = {document_id}
        while row := self._db.one("SELECT made_of FROM rearranged_letters WHERE document_id = ?", (document_id,)):
            document_id = DocumentId(row[0])
            if document_id in met:
                break
            met.add(document_id)
        return document_id

    def outcome(self, document_id: DocumentId) -> tuple[DocumentId, ...]:
        """Return the letters that hold the pages of a letter now, in their order: itself, or what came of it."""
        return tuple(self._leaves(document_id, ()))

    def sorted_out(self, document_id: DocumentId, pages: tuple[int, ...]) -> tuple[int, ...]:
        """Return which of a letter's ``pages`` (their numbers in its scan, in order) are in no letter any more."""
        kept = {page for inside in self._leaves(document_id, pages).values() for page in inside}
        return tuple(page for page in pages if page not in kept)

    def _leaves(self, document_id: DocumentId, pages: tuple[int, ...]) -> dict[DocumentId, tuple[int, ...]]:
        """Return the letters of the end, each with the scan's page on each of its own; 0 for one of another scan."""
        held = {document_id: pages}
        leaves: dict[DocumentId, tuple[int, ...]] = {}
        waiting, met = [document_id], dict[DocumentId, tuple[int, ...]]()
        while waiting:
            each = waiting.pop(0)
            if met.get(each) == held[each]:
                continue
            met[each] = held[each]  # once more, where another letter that gave way fills in pages
            done = self.get(each)
            if done is None:
                leaves[each] = held[each]
                continue
            for letter in done.letters:
                inside = tuple(_at(held.get(page.document_id, ()), page.number) for page in letter.pages)
                before = held.get(letter.document_id, (0,) * len(inside))
                held[letter.document_id] = tuple(new or old for new, old in zip(inside, before, strict=True))
            waiting = [*done.new_ids, *waiting]
        return {each: held[each] for each in leaves}


def _at(pages: tuple[int, ...], number: int) -> int:
    return pages[number - 1] if 1 <= number <= len(pages) else 0
