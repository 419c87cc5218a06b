"""A document (Schriftstück): one letter or other piece in a case or in the inbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from clerk_desktop.model.case import Confidentiality
from clerk_desktop.model.ids import CaseId, DocumentId

PDF_MIME = "application/pdf"


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A document as the workstation knows it. ``case_id`` is None while it lies in the inbox.

    ``source_sha256`` is of the file as scanned, ``sha256`` of the content as stored; hexadecimal, lower case.
    ``received_on`` is the legal day of receipt: once set it is never overwritten.
    """

    document_id: DocumentId
    municipality: str
    title: str
    case_id: CaseId | None = None
    document_type: str = ""
    sender: str = ""
    sender_reference: str = ""
    our_reference: str = ""
    subject: str = ""
    letter_date: date | None = None
    received_on: date | None = None
    page_count: int = 0
    source_sha256: str = ""
    sha256: str = ""
    source_key: str = ""
    paper_box: str = ""
    confidentiality: Confidentiality = Confidentiality.NORMAL
    duplicate_of: str = ""
    version: str = ""
    mime_type: str = PDF_MIME
    length: int = 0


class DocumentField(Enum):
    """Index data a clerk can change; the value is the name on the command line and in ``Document``."""

    TITLE = "title"
    DOCUMENT_TYPE = "document_type"
    SENDER = "sender"
    SENDER_REFERENCE = "sender_reference"
    OUR_REFERENCE = "our_reference"
    SUBJECT = "subject"
    LETTER_DATE = "letter_date"
    PAPER_BOX = "paper_box"
    CONFIDENTIALITY = "confidentiality"
    DUPLICATE_OF = "duplicate_of"
