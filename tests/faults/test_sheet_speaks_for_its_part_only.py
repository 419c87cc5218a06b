"""Disaster 24: what a sheet says went to every part of the stack. Here it goes to the part behind it."""

from __future__ import annotations

from dataclasses import replace

from clerk_desktop.intake.separate import separate
from clerk_desktop.model.reading import Barcode
from clerk_desktop.model.sheet import SheetCode
from tests.intake.test_separate import PLACE, SEPARATORS, stack


def test_each_part_has_the_case_and_kind_of_the_sheet_before_it() -> None:
    pages = stack("ttttt")
    for place, case in ((1, "65.10-2026/009"), (3, "")):
        code = SheetCode(
            municipality="blomberg", case_number=case, document_type=f"Art {place}", batch="a", number=1, count=1
        )
        pages[place] = replace(pages[place], barcodes=(Barcode(symbology="QRCode", text=code.text, rect=PLACE),))
    told = [
        (part.pages, part.sheet.case_number if part.sheet else None, part.sheet.document_type if part.sheet else None)
        for part in separate(pages, SEPARATORS).parts
    ]
    assert told == [((1,), None, None), ((3,), "65.10-2026/009", "Art 1"), ((5,), "", "Art 3")]
