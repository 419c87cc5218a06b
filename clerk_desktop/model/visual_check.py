"""The comparison of a scan with its paper (Sichtprüfung, BSI TR-03138 quality check): what somebody found, and when.

Who looked is kept with the result, as any entry in the history; it is never counted or ranked by person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from clerk_desktop.model.case import Confidentiality
from clerk_desktop.model.event import Event, EventKind
from clerk_desktop.model.ids import DocumentId

AGREES = "agrees"


class Defect(Enum):
    """In what a scan does not agree with its paper; the value is what the history and ``sample`` take."""

    PAGE_MISSING = "page-missing"
    CUT_OFF = "cut-off"
    ILLEGIBLE = "illegible"
    WRONG_ORDER = "wrong-order"
    COLOUR_LOST = "colour-lost"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class VisualCheck:
    """What was found. ``defect`` None: image and content agree with the paper. ``at`` is aware, UTC."""

    document_id: DocumentId
    defect: Defect | None
    remark: str
    by: str
    at: datetime

    @property
    def text(self) -> str:
        """The check as it stands in the history, read again by ``check_of``."""
        return f"{self.defect.value if self.defect is not None else AGREES}\n{self.remark}".rstrip("\n")


def check_of(event: Event) -> VisualCheck | None:
    """Return the check that an event tells of, None for any other event and for words that are not known here."""
    word, _, remark = event.text.partition("\n")
    if event.kind is not EventKind.VISUAL_CHECK or event.document_id is None:
        return None
    if word != AGREES and word not in {defect.value for defect in Defect}:
        return None
    defect = None if word == AGREES else Defect(word)
    return VisualCheck(document_id=event.document_id, defect=defect, remark=remark, by=event.actor, at=event.at)


@dataclass(frozen=True, kw_only=True, slots=True)
class SampledLetter:
    """A letter that chance chose, or that somebody compared all the same. ``path``: of the scanned file."""

    document_id: DocumentId
    path: str
    check: VisualCheck | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """The sample among the letters of one protection. ``quota``: how many of a hundred are to be chosen; ``letters``:
    how many there are; ``chosen``: those of the sample, in the order they were scanned.
    """

    protection: Confidentiality
    quota: int
    letters: int
    chosen: tuple[SampledLetter, ...]

    @property
    def compared(self) -> int:
        """How many were compared with their paper."""
        return sum(letter.check is not None for letter in self.chosen)

    @property
    def defects(self) -> tuple[SampledLetter, ...]:
        """Those that do not agree with their paper."""
        return tuple(letter for letter in self.chosen if letter.check is not None and letter.check.defect is not None)

    @property
    def open(self) -> tuple[SampledLetter, ...]:
        """Those that nobody has compared yet."""
        return tuple(letter for letter in self.chosen if letter.check is None)
