"""Cuts a scanned stack into documents at its separator sheets. Pure: pages as read in, parts out.

A sheet is known by a code whose *whole* text is an agreed one, in a symbology from the allow-list, so that a code in a
sender's letter never splits (``paper-intake.md`` section 3). The sheet itself is dropped, and its blank back where the
stack was scanned on both sides. Every other page is kept, blank ones marked: a page is never thrown away by guess.
Sheets that were printed together count each other: one that was not read is told, and so is a page that looks like one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clerk_desktop.model.reading import PageReading
from clerk_desktop.model.sheet import SheetCode, SheetsMissing, sheet_code

SYMBOLOGIES = frozenset({"QRCode", "Code128", "Code39"})
CASE_SHEET = "CLERK1|AZ|"
# Words that stand on our sheets and on those of other scanning programs, without blanks
SHEET_WORDS = ("trennblatt", "separatorsheet", "patcht", "patch-t", "patchcodet")
MOST_WORDS = 60
"""A page with more words is a letter that speaks of sheets."""
MOST_WORDS_BESIDE_BARS = 20
"""A page with more words is a letter with a bar code of its sender's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A separator sheet: its page in the stack, and what it tells ("" and None where it only separates)."""

    page: int
    case_number: str = ""
    document_type: str = ""
    code: SheetCode | None = None


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
    missing: tuple[SheetsMissing, ...] = ()


def separate(pages: Sequence[PageReading], separator_texts: tuple[str, ...]) -> Separation:
    """Cut a stack. A stack of nothing but sheets has no parts; sheets in a row count as one, the last one that tells
    something speaks.
    """
    sheets = {page.number: separator_sheet(page, separator_texts) for page in pages}
    backs = _backs(pages, [number for number, found in sheets.items() if found is not None])
    parts: list[Part] = []
    dropped: list[int] = []
    current: list[PageReading] = []
    sheet: Sheet | None = None
    for page in pages:
        found = sheets[page.number]
        if found is not None:
            if current:
                parts.append(_part(current, sheet))
                current, sheet = [], None
            sheet = found if found.case_number or found.document_type or sheet is None else sheet
            dropped.append(page.number)
        elif page.number in backs:
            dropped.append(page.number)
        else:
            current.append(page)
    if current:
        parts.append(_part(current, sheet))
    return Separation(parts=tuple(parts), dropped=tuple(dropped), missing=_missing(pages, sheets))


def separator_sheet(page: PageReading, separator_texts: tuple[str, ...]) -> Sheet | None:
    """Return the sheet that a page is, None for a page of a document."""
    for code in page.barcodes:
        text = code.text.strip()
        if code.symbology not in SYMBOLOGIES:
            continue
        if (told := sheet_code(text)) is not None:
            return Sheet(page=page.number, case_number=told.case_number, document_type=told.document_type, code=told)
        if text.startswith(CASE_SHEET) and len(text) > len(CASE_SHEET):
            return Sheet(page=page.number, case_number=text.removeprefix(CASE_SHEET).strip())
        if text in separator_texts:
            return Sheet(page=page.number)
    return None


def town_of_sheet(sheet: Sheet | None, municipality: str) -> str:
    """Return the key of the town that a sheet was printed for, "" where it is the own one or the sheet does not say."""
    town = sheet.code.municipality if sheet is not None and sheet.code is not None else ""
    return "" if town == municipality else town


def looks_like_sheet(page: PageReading) -> bool:
    """Tell whether a page without a readable code has the words or the bars of a sheet, and hardly any other words."""
    if page.stripes and len(page.words) <= MOST_WORDS_BESIDE_BARS:
        return True
    if len(page.words) > MOST_WORDS:
        return False
    words = "".join(word.text for word in page.words).casefold()
    return any(told in words for told in SHEET_WORDS)


def _missing(pages: Sequence[PageReading], sheets: Mapping[int, Sheet | None]) -> tuple[SheetsMissing, ...]:
    alike = tuple(page.number for page in pages if sheets[page.number] is None and looks_like_sheet(page))
    batches: dict[str, list[SheetCode]] = {}
    for sheet in sheets.values():
        if sheet is not None and sheet.code is not None:
            batches.setdefault(sheet.code.batch, []).append(sheet.code)
    told = []
    for batch, codes in batches.items():
        read = {code.number for code in codes}
        printed = max(code.count for code in codes)
        unread = tuple(number for number in range(1, printed + 1) if number not in read)
        if unread:
            told.append(SheetsMissing(batch=batch, printed=printed, read=len(read), missing=unread, alike=alike))
    if alike and not told:
        told.append(SheetsMissing(read=sum(sheet is not None for sheet in sheets.values()), alike=alike))
    return tuple(told)


def _backs(pages: Sequence[PageReading], sheets: Sequence[int]) -> frozenset[int]:
    """Return the backs of the sheets, none unless all speaks for a scan of both sides: pages in pairs, every sheet the
    front of its pair, every back blank. A blank page behind a sheet is else the front page of a letter.
    """
    blank = {page.number for page in pages if page.blank}
    backs = frozenset(number + 1 for number in sheets)
    both_sides = len(pages) % 2 == 0 and all(number % 2 == 1 for number in sheets)
    return backs if both_sides and backs <= blank else frozenset()


def _part(pages: list[PageReading], sheet: Sheet | None) -> Part:
    return Part(
        pages=tuple(page.number for page in pages),
        blank=tuple(page.number for page in pages if page.blank),
        sheet=sheet,
    )
