"""Separator sheets with Code 39, as scanning programs print them ("Patch-T")."""

from __future__ import annotations

from clerk_desktop.demo.letters.code39 import bars
from clerk_desktop.demo.letters.code39 import modules as modules_of
from clerk_desktop.demo.letters.fonts import Face, Style
from clerk_desktop.demo.letters.letter import Desk
from clerk_desktop.demo.letters.sheet import Sheet

MODULE = 0.5
"""Millimetres of a narrow bar: wide enough for a worn drum."""


def separator_sheet(desk: Desk, text: str = "PATCHT") -> Sheet:
    """Return a sheet with the code above and below, and a line that tells people what it is."""
    sheet = Sheet(desk.fonts, colour=desk.colour)
    for top in (38.0, 232.0):
        left = (210 - modules_of(text) * MODULE) / 2
        for start, width in bars(text):
            sheet.box(left + start * MODULE, top, width * MODULE, 26, fill=(25, 25, 28), ink=None)
    big, small = Style(face=Face.SANS, size=34, bold=True), Style(face=Face.SANS, size=12)
    for y, line, style in (
        (140.0, "T R E N N B L A T T", big),
        (152.0, "Hier beginnt ein neues Schriftstück. Nach dem Scannen wiederverwenden.", small),
    ):
        sheet.text((210 - sheet.width(line, style)) / 2, y, line, style)
    return sheet
