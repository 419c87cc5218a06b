"""What intake proposes for a letter, always with the evidence a clerk can check on the page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from clerk_desktop.model.batch import BatchNotice
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.model.reading import PageFlaw
from clerk_desktop.model.sheet import SheetsMissing


class Reason(Enum):
    """Why something is proposed; the window and ``--json`` put it into words."""

    NUMBER_BESIDE_ANCHOR = "number-beside-anchor"
    NUMBER_IN_TEXT = "number-in-text"
    NUMBER_MISREAD = "number-misread"
    SEPARATOR_SHEET = "separator-sheet"
    SAME_SENDER = "same-sender"
    LETTERHEAD = "letterhead"
    RETURN_ADDRESS = "return-address"
    SUBJECT_LINE = "subject-line"
    DATE_LINE = "date-line"
    KEYWORD = "keyword"
    MAIL_HEADER = "mail-header"
    MAIL_TEXT = "mail-text"
    INDEX_FILE = "index-file"


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """The place that speaks for a proposal: page and line from 1, rectangle in points, the words found there.

    The page counts in the document. It is 0, and there is no rectangle, where the proof lies on no page of it: on the
    separator sheet that was scanned before it.
    """

    reason: Reason
    page: int
    line: int
    text: str
    rect: Rect | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseSuggestion:
    """A case the letter may belong to. ``confidence`` 0 … 1.

    ``certain``: an exactly known number stands beside an anchor, so that it may be filed without a clerk where the
    office allows it.
    """

    case_id: CaseId
    case_number: str
    confidence: float
    evidence: Evidence
    certain: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldSuggestion:
    """A proposed value of an index field, in text form."""

    field: DocumentField
    value: str
    confidence: float
    evidence: Evidence


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestions:
    """What was found in one document: proposals, best case first, and the pages that seem blank, counted from 1.

    ``sheets_missing``: what the stack it was cut from tells about separator sheets; the same for all its documents.
    ``sampled``: chosen by chance to be compared with its paper, and not compared yet. ``flaws``: pages whose scan a
    person should look at, and why. ``sheet_of``: key of another town, whose separator sheet lay before the document.
    ``looks_like``: a document that the same pages were scanned for before. ``attached_to``: the e-mail that the
    document came in; ``left_inside``: names of files that are in this e-mail only, of no kind that is taken in.
    ``batch``: what a person should know of the batch of files that it was scanned as.
    """

    cases: tuple[CaseSuggestion, ...] = ()
    fields: tuple[FieldSuggestion, ...] = ()
    blank_pages: tuple[int, ...] = ()
    sheets_missing: tuple[SheetsMissing, ...] = ()
    sampled: bool = False
    flaws: tuple[tuple[int, PageFlaw], ...] = ()
    sheet_of: str = ""
    looks_like: DocumentId | None = None
    attached_to: DocumentId | None = None
    left_inside: tuple[str, ...] = ()
    batch: tuple[BatchNotice, ...] = ()
