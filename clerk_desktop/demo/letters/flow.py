"""Lets running text flow down a sheet and over to the next one."""

from __future__ import annotations

from collections.abc import Callable

from clerk_desktop.demo.letters.fonts import Style
from clerk_desktop.demo.letters.sheet import Sheet, wrap

POINT = 25.4 / 72
"""Millimetres in a point."""
LEADING = 1.22
NextSheet = Callable[[int], tuple[Sheet, float]]


class Flow:
    """Text between ``left`` and ``right``, from ``y`` down to ``bottom``, in millimetres.

    ``next_sheet`` gets the number of the sheet to begin (from 2) and returns it with the y to go on at.
    """

    def __init__(
        self, sheet: Sheet, *, y: float, left: float, right: float, bottom: float, next_sheet: NextSheet
    ) -> None:
        self.sheets = [sheet]
        self.y = y
        self.left = left
        self.right = right
        self._bottom = bottom
        self._next_sheet = next_sheet

    @property
    def sheet(self) -> Sheet:
        """The sheet being written on."""
        return self.sheets[-1]

    def room(self, height: float) -> None:
        """Go to the next sheet unless ``height`` millimetres are left on this one."""
        if self.y + height > self._bottom:
            sheet, self.y = self._next_sheet(len(self.sheets) + 1)
            self.sheets.append(sheet)

    def gap(self, height: float) -> None:
        """Leave ``height`` millimetres free."""
        self.y += height

    def paragraph(self, text: str, style: Style, *, after: float = 0.9) -> None:
        """Write a paragraph, and leave ``after`` lines free below it; one that begins with "– " hangs."""
        hang = 0.0
        if text.startswith("– "):
            hang, text = 5.0, text.removeprefix("– ")
        width = self.right - self.left - hang
        step = style.size * POINT * LEADING
        for number, line in enumerate(wrap(self.sheet, text, width, style)):
            self.room(step)
            self.y += step
            if hang and number == 0:
                self.sheet.text(self.left, self.y, "–", style)
            self.sheet.text(self.left + hang, self.y, line, style)
        self.y += step * after
