"""Batches: several files of a scanner that are one scan, page by page, or a scan and the index file about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from clerk_desktop.model.document import DocumentField

INDEX_ENDINGS = (".xml", ".csv")


class BatchMode(Enum):
    """What a scanner writes into a folder; the value is what ``scan-folder add --batch`` takes."""

    SINGLE = "single"
    """Each file is a scan."""
    PAGES = "pages"
    """Each file is a page; names that count up belong together until the folder was quiet for a while."""
    PAGES_INDEX = "pages-index"
    """Each file is a page; an index file, written last, ends the batch."""
    INDEX = "index"
    """Each file is a scan and has an index file of its name."""


class BatchProblem(Enum):
    """What a person should know of a batch although nothing of it was left out."""

    INDEX_MISSING = "index-missing"
    INDEX_UNREADABLE = "index-unreadable"
    VALUE_UNUSABLE = "value-unusable"
    FILES_MISSING = "files-missing"
    NUMBERS_MISSING = "numbers-missing"


@dataclass(frozen=True, kw_only=True, slots=True)
class BatchNotice:
    """A problem, and what it is about: names of files, numbers, or fields, as a person wrote them."""

    problem: BatchProblem
    about: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexData:
    """What an index file tells: index data, a case number, the files that it speaks of (names without a folder).

    ``unusable``: names of fields whose value is none, such as a date that no calendar has.
    """

    fields: tuple[tuple[DocumentField, str], ...] = ()
    case_number: str = ""
    files: tuple[str, ...] = ()
    unusable: tuple[str, ...] = ()
