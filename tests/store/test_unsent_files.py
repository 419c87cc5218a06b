"""Unsent work as files: whoever enters it again is told of each piece, also of what could not be read any more."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import ContentDamaged
from clerk_desktop.model.ids import DocumentId, OperationId
from clerk_desktop.model.outbox import DepositDocument, OutboxEntry, OutboxState
from clerk_desktop.model.salvage import Salvaged
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.unsent import UnsentFiles

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def entry(document: Document) -> OutboxEntry:
    return OutboxEntry(
        operation_id=OperationId(f"op-{document.document_id}"),
        operation=DepositDocument(document_id=document.document_id),
        state=OutboxState.WAITING,
        created_at=NOW,
    )


def test_a_letter_whose_content_is_damaged_is_told_of_beside_those_that_were_saved(tmp_path: Path) -> None:
    whole, damaged = (
        Document(document_id=DocumentId(name), municipality="luegde", title=name, sha256=name)
        for name in ("Antrag", "Widerspruch")
    )

    def content(sha256: str) -> bytes:
        if sha256 == "Widerspruch":
            raise ContentDamaged
        return b"%PDF"

    found = Salvaged(outbox=(entry(whole), entry(damaged)), documents=(whole, damaged), complete=True)
    target = UnsentFiles(found, Texts.for_language("de"), content).write(tmp_path, NOW)
    [text] = target.glob("*.txt")
    pieces = text.read_text(encoding="utf-8-sig").strip().split("\n\n")[1:]
    assert [piece.splitlines()[1].strip() for piece in pieces] == [
        "001 Antrag.pdf",
        "Der Inhalt dieses Briefs war nicht mehr zu lesen.",
    ]
    assert [path.read_bytes() for path in target.glob("*.pdf")] == [b"%PDF"]
