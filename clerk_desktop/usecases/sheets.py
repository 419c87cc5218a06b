"""Separator sheets to print, and the sentence about sheets that a stack misses."""

from __future__ import annotations

import secrets
from pathlib import Path

from clerk_desktop.model.errors import WrongUsage
from clerk_desktop.model.municipality import Municipality, find_municipality
from clerk_desktop.model.paper import Block, Code, Heading, NewPage, Paper, Paragraph, Printer, Space
from clerk_desktop.model.sheet import MOST, SheetCode, SheetsMissing
from clerk_desktop.system.files import write_whole
from clerk_desktop.system.texts import Texts

SIDE = 75.0
"""Millimetres of the code: a scan at 100 dpi still has three pixels for each of its modules."""


class Sheets:
    """Prints separator sheets."""

    def __init__(self, printer: Printer) -> None:
        self._printer = printer

    def write(
        self,
        target: Path,
        texts: Texts,
        *,
        municipality: str,
        count: int,
        case_number: str = "",
        document_type: str = "",
    ) -> str:
        """Write a set of sheets as PDF, one per page, and return the name of the set.

        Raises ``WrongUsage`` for a town that is none or a count outside 1 … 1,000, ``DiskFull``.
        """
        town = find_municipality(municipality)
        if town is None:
            raise WrongUsage(what=municipality)
        if not 1 <= count <= MOST:
            raise WrongUsage(what=str(count))
        batch = secrets.token_hex(4)
        codes = [
            SheetCode(
                municipality=town.key,
                case_number=case_number.strip(),
                document_type=document_type.strip(),
                batch=batch,
                number=number,
                count=count,
            )
            for number in range(1, count + 1)
        ]
        write_whole(target, self._printer.pdf(sheets_paper(codes, town, texts)))
        return batch


def sheets_paper(codes: list[SheetCode], town: Municipality, texts: Texts) -> Paper:
    """Return sheets as they are printed: the code above and below, between them what people read."""
    _ = texts.gettext
    blocks: list[Block] = []
    for code in codes:
        told = [town.title]
        if code.case_number:
            told.append(_("Case {number}").format(number=code.case_number))
        if code.document_type:
            told.append(_("Kind: {kind}").format(kind=code.document_type))
        told.append(_("Sheet {number} of {count}, set {batch}").format(
            number=code.number, count=code.count, batch=code.batch
        ))  # fmt: skip
        blocks += [NewPage()] if blocks else []
        blocks += [
            Space(height=6),
            Code(text=code.text, side=SIDE),
            Space(height=4),
            Heading(text=_("Separator sheet"), size=34, centred=True),
            *(Heading(text=line, size=16, centred=True) for line in told),
            Paragraph(
                text=_("A new document begins after this sheet. Scan all sheets of a set in one stack."),
                size=11,
                centred=True,
            ),
            Space(height=4),
            Code(text=code.text, side=SIDE),
        ]
    return Paper(title=_("Separator sheets"), language=texts.language.value, blocks=tuple(blocks))


def missing_sentence(missing: SheetsMissing, texts: Texts) -> str:
    """Say which sheets were not read and what to look at."""
    _, parts = texts.gettext, []
    if missing.printed:
        parts.append(
            _("{printed} separator sheets printed, {read} read; not read: {numbers}.").format(
                printed=missing.printed, read=missing.read, numbers=", ".join(map(str, missing.missing))
            )
        )
    if missing.alike:
        pages = ", ".join(map(str, missing.alike))
        parts.append(
            texts.ngettext(
                "Page {pages} looks like a separator sheet.", "Pages {pages} look like separator sheets.",
                len(missing.alike),
            ).format(pages=pages)
        )  # fmt: skip
    parts.append(_("Check where the letters end."))
    return " ".join(parts)
