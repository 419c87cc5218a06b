"""A scanned file as intake leaves it: understood, cut into letters, each waiting to be put into the inbox."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from clerk_desktop.model.document import Document
from clerk_desktop.model.ids import DocumentId, FileId, FolderId, new_key
from clerk_desktop.model.ledger import FilePart, FileState, ScannedFile
from clerk_desktop.model.outbox import DepositDocument
from clerk_desktop.store.store import Store

ARRIVED = date(2026, 3, 2)


def deliver(
    store: Store, town: str, now: datetime, content: bytes, *, subject: str = "", parts: int = 1
) -> list[DocumentId]:
    """Let the scanner deliver a file that becomes ``parts`` documents."""
    file_id = FileId(new_key())
    source = hashlib.sha256(content).hexdigest()
    documents = []
    for number in range(parts):
        blob = store.blobs.put_bytes(content + bytes([number]))
        documents.append(
            Document(
                document_id=DocumentId(new_key()),
                municipality=town,
                title=f"Scan {number + 1}",
                subject=subject,
                received_on=ARRIVED,
                page_count=1,
                source_sha256=source,
                sha256=blob.sha256,
                length=blob.length,
            )
        )
    file = ScannedFile(
        file_id=file_id,
        folder_id=FolderId("folder"),
        path=f"/scans/{file_id}.pdf",
        size=len(content),
        modified_ns=1,
        state=FileState.QUEUED,
        seen_at=now,
        source_sha256=source,
        claimed_at=now,
    )
    with store.write() as session:
        session.ledger.add(file)
        session.ledger.add_parts(
            tuple(
                FilePart(file_id=file_id, document_id=document.document_id, pages=(index + 1,))
                for index, document in enumerate(documents)
            )
        )
        for document in documents:
            session.documents.put(document)
            session.outbox.add(DepositDocument(document_id=document.document_id), now)
    return [document.document_id for document in documents]
