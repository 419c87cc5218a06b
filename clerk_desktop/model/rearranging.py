"""Pages of letters put into other letters: which letters gave way, which came of them, where each page went.

The scan is never rewritten. A letter that gives way is kept as it was on the server, aside from the inbox; every page
of it is in one of the new letters or counts as sorted out (``aussortiert``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from clerk_desktop.model.archival import Hindrance
from clerk_desktop.model.ids import DocumentId


class PageAct(Enum):
    """What somebody did; the value is the name on the command line."""

    SPLIT = "split"
    JOIN = "join"
    REMOVE = "remove"
    TURN = "rotate"
    MOVE = "move"
    REPLACE = "replace"
    COLLATE = "collate"


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenPage:
    """A page (from 1) of a letter; ``turned``: clockwise by so many degrees on top of its own rotation."""

    document_id: DocumentId
    number: int
    turned: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class NewLetter:
    """A letter made of pages of others, in their order."""

    document_id: DocumentId
    pages: tuple[TakenPage, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MadeLetter:
    """A new letter's content as it is kept: SHA-256, hexadecimal, and length in bytes.

    ``archival``: it is PDF/A-2b; ``hindrance``: why it is not, although the office wants it.
    """

    sha256: str
    length: int
    archival: bool = False
    hindrance: Hindrance | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Rearrangement:
    """One act. ``sorted_out``: pages of the letters that gave way and are in no new one; kept, and accounted for."""

    act: PageAct
    given_way: tuple[DocumentId, ...]
    letters: tuple[NewLetter, ...]
    sorted_out: tuple[TakenPage, ...] = ()

    @property
    def new_ids(self) -> tuple[DocumentId, ...]:
        """The ids of the new letters, in their order."""
        return tuple(letter.document_id for letter in self.letters)


def split(document_id: DocumentId, pages: int, before: int) -> tuple[tuple[TakenPage, ...], ...]:
    """Return the pages of two letters: up to page ``before``, and from it on. ``ValueError`` where one is empty."""
    whole = pages_of(document_id, pages)
    if not 1 < before <= pages:
        raise ValueError(before)
    return whole[: before - 1], whole[before - 1 :]


def without(document_id: DocumentId, pages: int, numbers: Sequence[int]) -> tuple[TakenPage, ...]:
    """Return the pages of a letter without some. ``ValueError`` for pages not there, or when none is left."""
    _check(pages, numbers)
    left = tuple(page for page in pages_of(document_id, pages) if page.number not in numbers)
    if not left:
        raise ValueError(pages)
    return left


def turned(document_id: DocumentId, pages: int, numbers: Sequence[int], degrees: int) -> tuple[TakenPage, ...]:
    """Return the pages of a letter, some turned clockwise. ``ValueError`` for pages not there and odd angles."""
    _check(pages, numbers)
    if degrees % 360 not in (90, 180, 270):
        raise ValueError(degrees)
    return tuple(
        TakenPage(document_id=document_id, number=number, turned=degrees % 360 if number in numbers else 0)
        for number in range(1, pages + 1)
    )


def inserted(
    target: DocumentId, target_pages: int, at: int, source: DocumentId, numbers: Sequence[int]
) -> tuple[TakenPage, ...]:
    """Return the pages of a letter with pages of another put before its page ``at``; behind the last for one more.

    ``ValueError`` for a place that is not there.
    """
    if not 1 <= at <= target_pages + 1:
        raise ValueError(at)
    whole = pages_of(target, target_pages)
    taken = tuple(TakenPage(document_id=source, number=number) for number in numbers)
    return (*whole[: at - 1], *taken, *whole[at - 1 :])


def pages_of(document_id: DocumentId, pages: int) -> tuple[TakenPage, ...]:
    """Return all pages of a letter."""
    return tuple(TakenPage(document_id=document_id, number=number) for number in range(1, pages + 1))


def left_over(
    given_way: Sequence[tuple[DocumentId, int]], letters: Sequence[Sequence[TakenPage]]
) -> tuple[TakenPage, ...]:
    """Return the pages of letters that give way (id, number of pages) which are in none of the new ones."""
    kept = {(page.document_id, page.number) for letter in letters for page in letter}
    return tuple(
        page
        for document_id, pages in given_way
        for page in pages_of(document_id, pages)
        if (page.document_id, page.number) not in kept
    )


def _check(pages: int, numbers: Sequence[int]) -> None:
    if not numbers or any(not 1 <= number <= pages for number in numbers):
        raise ValueError(numbers)
