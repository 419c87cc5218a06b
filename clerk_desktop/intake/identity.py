"""Which ids a scan, its documents and their events get: the same ones on every station that ever takes the scan in.

Two stations may watch one folder. The lease (``lease.py``) keeps them apart, but when a station dies after it
deposited a letter and before it moved the original away, another one takes the scan over and deposits it again. So
ids are derived (UUID version 5, RFC 9562) from what both stations see, and the second deposit meets "already there":

- the SHA-256 of the scan, its path in the folder (Unicode NFC, because a share may show names decomposed) and its
  modification time in whole seconds (shares differ in the fractions they keep) name the *scan*: a scanner that
  uses a name again writes another scan, even when the bytes are the same;
- the scan and the *page numbers* name a document, not its place among the parts: should two versions of the program
  split a stack differently, the worst is a page that is there twice, never one that is missing.
"""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Iterable

from clerk_desktop.model.ids import DocumentId, EventId
from clerk_desktop.model.rearranging import TakenPage

NAMESPACE = uuid.UUID("8f0a3b6e-4a57-5d0f-9c0e-2b1f6d7c9a41")
NANOSECONDS = 1_000_000_000


def source_key(sha256: str, path: str, modified_ns: int, again: str = "") -> str:
    """Return the key of a scan, the same on every station.

    ``again`` sets a second taking apart: a clerk wants the same bytes, name and time taken in once more.
    """
    name = unicodedata.normalize("NFC", path).replace("\\", "/")
    return str(uuid.uuid5(NAMESPACE, "\n".join(("scan", sha256, name, str(modified_ns // NANOSECONDS), again))))


def document_key(source: str, pages: tuple[int, ...], inside: tuple[int, ...] = ()) -> DocumentId:
    """Return the id of the document that consists of these pages (from 1) of a scan, none for a file without pages.

    ``inside``: which file in an e-mail they are of (its number there, of mails in mails one after the other).
    """
    named = ("document", source, ",".join(map(str, pages)), *(["/".join(map(str, inside))] if inside else []))
    return DocumentId(str(uuid.uuid5(NAMESPACE, "\n".join(named))))


def letter_key(pages: Iterable[TakenPage]) -> DocumentId:
    """Return the id of a letter that somebody makes of pages of other letters: of the same pages always the same one,
    so that two stations where somebody does the same make one letter.
    """
    named = (f"{page.document_id}/{page.number}/{page.turned}" for page in pages)
    return DocumentId(str(uuid.uuid5(NAMESPACE, "\n".join(("letter", *named)))))


def event_key(document_id: DocumentId, kind: str) -> EventId:
    """Return the id of the one event of that kind which intake writes about a document."""
    return EventId(str(uuid.uuid5(NAMESPACE, "\n".join(("event", document_id, kind)))))
