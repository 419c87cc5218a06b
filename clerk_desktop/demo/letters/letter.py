"""A sample letter: its truth, how it is drawn, and the file it is scanned to."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from clerk_desktop.demo.letters.files import Container, encode, write
from clerk_desktop.demo.letters.fonts import Fonts, system_folders
from clerk_desktop.demo.letters.roughen import Look, Mode, Scanner
from clerk_desktop.demo.letters.sheet import Sheet
from clerk_desktop.demo.letters.truth import LetterTruth


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What a letter is drawn with: fonts, a repeatable chance, and whether the scan will have colour."""

    fonts: Fonts
    chance: random.Random
    colour: bool


Drawing = Callable[[Desk], list[Sheet]]
"""Draws the sides of a letter in the order they are scanned."""
Spoil = Callable[[bytes], bytes]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One file of the sample mail.

    ``duplex``: front and back of each sheet follow each other, and shine through. ``written`` gives the bytes of a
    file that never was paper; ``spoiled`` changes those of a finished file.
    """

    truth: LetterTruth
    drawing: Drawing | None = None
    look: Look = field(default_factory=Look)
    container: Container = Container.PDF
    duplex: bool = False
    written: Callable[[], bytes] | None = None
    spoiled: Spoil | None = None

    @property
    def file_name(self) -> str:
        """The name of the file that ``draw`` writes."""
        return f"{self.truth.name}.{self.container.value}"

    def content(self) -> bytes:
        """Return the file's bytes, the same each time. Raises ``FontsMissing``."""
        finished = self.written() if self.written else encode(self._pages(), self.container)
        return self.spoiled(finished) if self.spoiled else finished

    def draw(self, folder: Path) -> tuple[Path, ...]:
        """Write the file into the folder in one step; returns its path. Raises ``FontsMissing``, ``OSError``."""
        return (write(folder / self.file_name, self.content()),)

    def _pages(self) -> list[Image.Image]:
        assert self.drawing is not None, "a letter is drawn or written"
        desk = Desk(
            fonts=Fonts(system_folders()),
            chance=random.Random(self.truth.name),  # noqa: S311 - repeatable on purpose
            colour=self.look.mode is Mode.COLOUR,
        )
        sides = [sheet.image for sheet in self.drawing(desk)]
        scanner = Scanner(self.look, self.truth.name)
        return [scanner.scan(side, self._other_side(sides, number)) for number, side in enumerate(sides)]

    def _other_side(self, sides: list[Image.Image], number: int) -> Image.Image | None:
        other = number ^ 1
        return sides[other] if self.duplex and other < len(sides) and sides[other].size == sides[number].size else None
