"""What is true of a sample letter, whatever a program reads from its scan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from clerk_desktop.model.errors import RefusalReason


class ReferencePlace(Enum):
    """Where a letter bears the number of the case it belongs to."""

    ANCHOR = "anchor"
    RUNNING_TEXT = "running-text"
    MISPRINT = "misprint"
    NONE = "none"


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterTruth:
    """The truth of one letter, or of a whole file when ``parts`` are its letters.

    ``name`` is the file's name without ending; ``kind`` a document type; ``pages`` the pages as scanned, blank backs
    (``blank_pages``, from 1 in the file) and separator sheets included; ``first_page`` counts in the file, from 1.
    ``our_reference`` is printed as read by a person, misprints included; ``case_number`` is the case it really belongs
    to, "" for none yet. ``text`` stands in the letter word for word, line breaks aside. ``refusal`` says why the file
    must not be taken in, None for good ones.
    """

    name: str
    kind: str
    municipality: str
    pages: int
    sender: str
    subject: str
    letter_date: date | None
    text: str
    our_reference: str = ""
    reference_place: ReferencePlace = ReferencePlace.NONE
    sender_reference: str = ""
    case_number: str = ""
    first_page: int = 1
    blank_pages: tuple[int, ...] = ()
    separator_pages: tuple[int, ...] = ()
    parts: tuple[LetterTruth, ...] = ()
    refusal: RefusalReason | None = None
