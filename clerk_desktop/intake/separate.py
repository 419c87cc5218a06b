"""Cuts a scanned stack into documents at its separator sheets. Pure: pages as read in, parts out.

A sheet is known by a code whose *whole* text is an agreed one, in a symbology from the allow-list, so that a code in a
sender's letter never splits (``paper-intake.md`` section 3). The sheet itself is dropped, with the blank back that
duplex scanning puts behind it. Every other page is kept, blank ones marked: a page is never thrown away by guess.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from clerk_desktop.model.reading import Barcode, PageReading

SYMBOLOGIES = frozenset({"QRCode", "Code128", "Code39"})
CASE_SHEET = "CLERK1|AZ|"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A separator sheet: its page, its code, and the case number it tells ("" where it only separates)."""

    page: int
    code: Barcode
    case_number: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One document of a stack: its page numbers in the source, which of them are blank, the sheet before it."""

    pages: tuple[int, ...]
    blank: tuple[int, ...] = ()
    sheet: Sheet | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Separation:
    """What a stack was cut into. ``dropped``: sheets and their blank backs, page numbers from 1."""

    parts: tuple[Part, ...]
    dropped: tuple[int, ...] = ()


def separate(pages: Iterable[PageReading], separator_texts: tuple[str, ...]) -> Separation:
    """Cut a stack. A stack of nothing but sheets has no parts; sheets in a row count as one, the last one with a case
    number speaks.
    """
    parts: list[Part] = []
    dropped: list[int] = []
    current: list[PageReading] = []
    sheet: Sheet | None = None
    after_sheet = False
    for page in pages:
        found = separator_sheet(page, separator_texts)
        if found is not None:
            if current:
                parts.append(_part(current, sheet))
                current, sheet = [], None
            sheet = found if found.case_number or sheet is None else sheet
            dropped.append(page.number)
        elif after_sheet and page.blank:
            dropped.append(page.number)
        else:
            current.append(page)
        after_sheet = found is not None
    if current:
        parts.append(_part(current, sheet))
    return Separation(parts=tuple(parts), dropped=tuple(dropped))


def separator_sheet(page: PageReading, separator_texts: tuple[str, ...]) -> Sheet | None:
    """Return the sheet that a page is, None for a page of a document."""
    for code in page.barcodes:
        text = code.text.strip()
        if code.symbology not in SYMBOLOGIES:
            continue
        if text.startswith(CASE_SHEET) and len(text) > len(CASE_SHEET):
            return Sheet(page=page.number, code=code, case_number=text.removeprefix(CASE_SHEET).strip())
        if text in separator_texts:
            return Sheet(page=page.number, code=code)
    return None


def _part(pages: list[PageReading], sheet: Sheet | None) -> Part:
    return Part(
        pages=tuple(page.number for page in pages),
        blank=tuple(page.number for page in pages if page.blank),
        sheet=sheet,
    )
