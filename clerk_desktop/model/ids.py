"""Identities. All of them are ours: made on the workstation, valid before any server knows the object."""

from __future__ import annotations

from typing import NewType

CaseId = NewType("CaseId", str)
DocumentId = NewType("DocumentId", str)
EventId = NewType("EventId", str)
FileId = NewType("FileId", str)
FolderId = NewType("FolderId", str)
OperationId = NewType("OperationId", str)
MarkId = NewType("MarkId", str)
AnnotationSetId = NewType("AnnotationSetId", str)

RULE = "intake"
"""The actor of what was done by rule, without a clerk."""
SHORT_KEY_LENGTH = 8
SETS = "5b0f4a57-6f3c-5c5e-9a52-1f0a7f6f9d11"
"""The name space (UUID) of the keys of annotation sets."""


def new_key() -> str:
    """Return a fresh random object key (UUID 4, RFC 9562, lower case with dashes)."""
    import uuid  # brings half a dozen modules along: what only shows a list makes no keys

    return str(uuid.uuid4())


def short_key(key: str) -> str:
    """Return the first characters of an object key, as they lead the name of a document on a server."""
    return key.replace("-", "")[:SHORT_KEY_LENGTH]


SPOKEN = "0123456789abcdefghjkmnpqrstvwxyz"
"""Letters and digits that nobody takes for each other, heard or read (Crockford's Base32)."""


def spoken_key(key: str) -> str:
    """Return the first 40 bits of an object key as two groups of four signs that can be read out on the telephone."""
    import uuid

    bits = uuid.UUID(key).int >> 88
    signs = "".join(SPOKEN[bits >> shift & 31] for shift in range(35, -1, -5))
    return f"{signs[:4]}-{signs[4:]}"


def annotation_set_id(document_id: DocumentId, author: str) -> AnnotationSetId:
    """Return the key of an author's marks on a document: the same on every station, so that there is one set only."""
    import uuid

    return AnnotationSetId(str(uuid.uuid5(uuid.UUID(SETS), f"{document_id}\n{author}")))
