"""Separator sheets: what their code says, and what a stack tells about sheets that are missing."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

PREFIX = "CLERK1|BLATT"
MOST = 1_000
"""Sheets in one set."""
FIELDS = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetCode:
    """The code of one sheet. ``municipality`` is its key; ``case_number`` and ``document_type`` may be "".

    The sheets of one print are a ``batch``, numbered from 1 to ``count``: so a stack knows that one is missing.
    """

    municipality: str
    case_number: str = ""
    document_type: str = ""
    batch: str
    number: int
    count: int

    @property
    def text(self) -> str:
        """The code as it is printed."""
        fields = (
            self.municipality,
            self.case_number,
            self.document_type,
            self.batch,
            str(self.number),
            str(self.count),
        )
        return "|".join((PREFIX, *(quote(field, safe=" /.-:") for field in fields)))


def sheet_code(text: str) -> SheetCode | None:
    """Return what a code says, None for one that is not exactly ours: a sender's code never cuts a stack."""
    prefix, _, rest = text.strip().partition(PREFIX + "|")
    fields = [unquote(field) for field in rest.split("|")]
    if prefix or len(fields) != FIELDS:
        return None
    municipality, case_number, document_type, batch, number, count = fields
    counted = number.isascii() and number.isdigit() and count.isascii() and count.isdigit()
    if not (municipality and batch and counted and 1 <= int(number) <= int(count) <= MOST):
        return None
    return SheetCode(
        municipality=municipality,
        case_number=case_number,
        document_type=document_type,
        batch=batch,
        number=int(number),
        count=int(count),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetsMissing:
    """Sheets that were printed together and not all read in one stack, or pages that look like a sheet without a code.

    ``printed`` is 0 and ``batch`` "" where the sheets do not tell; ``missing``: numbers of sheets; ``alike``:
    pages of the scan, from 1.
    """

    batch: str = ""
    printed: int = 0
    read: int = 0
    missing: tuple[int, ...] = ()
    alike: tuple[int, ...] = ()
