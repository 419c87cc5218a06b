"""Identities. All of them are ours: made on the workstation, valid before any server knows the object."""

from __future__ import annotations

import uuid
from typing import NewType

CaseId = NewType("CaseId", str)
DocumentId = NewType("DocumentId", str)
EventId = NewType("EventId", str)
FileId = NewType("FileId", str)
FolderId = NewType("FolderId", str)
OperationId = NewType("OperationId", str)

SHORT_KEY_LENGTH = 8


def new_key() -> str:
    """Return a fresh random object key (UUID 4, RFC 9562, lower case with dashes)."""
    return str(uuid.uuid4())


def short_key(key: str) -> str:
    """Return the first characters of an object key, as they lead the name of a document on a server."""
    return key.replace("-", "")[:SHORT_KEY_LENGTH]
