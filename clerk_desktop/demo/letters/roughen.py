"""Turns clean sheets into what a scanner makes of paper: tone, folds, holes, skew, light, noise, bilevel.

Cheap on purpose: the noise is one random tile laid side by side, the light a few pixels drawn large.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import Enum

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from clerk_desktop.demo.letters.sheet import PIXELS, Ink

TILE = 640


class Mode(Enum):
    """Colour modes of a scan profile."""

    BILEVEL = "bilevel"
    GREY = "grey"
    COLOUR = "colour"


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How a scan came out.

    ``skew`` in degrees, counter-clockwise; ``paper`` the colour of white; ``ink`` the darkest value (0-255: worn ink
    is higher); ``noise`` the spread of the grain in grey levels; ``folds`` in millimetres from the top edge;
    ``streak`` a dirty glass: millimetres from the left edge, 0 for none; ``threshold`` where bilevel cuts (0-255).
    """

    mode: Mode = Mode.GREY
    skew: float = 0.0
    paper: Ink = (247, 246, 242)
    ink: int = 20
    noise: int = 9
    blur: float = 0.0
    shade: int = 16
    folds: tuple[float, ...] = ()
    punched: bool = False
    streak: float = 0.0
    specks: int = 0
    dark_lid: bool = False
    upside_down: bool = False
    show_through: float = 0.0
    threshold: int = 150


class Scanner:
    """Scans the sheets of one stack, each a little differently, the same way for the same seed."""

    def __init__(self, look: Look, seed: str) -> None:
        self._look = look
        self._chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
        self._tile = self._grain()

    def scan(self, sheet: Image.Image, behind: Image.Image | None = None) -> Image.Image:
        """Return the scan of one side; ``behind`` is the other side of the sheet, that may show through."""
        look = self._look
        page = sheet.copy()
        if behind is not None and look.show_through:
            faint = ImageOps.mirror(behind.convert(page.mode)).reduce(6).resize(page.size, Image.Resampling.BILINEAR)
            page = ImageChops.multiply(page, faint.point(lambda value: 255 - (255 - value) * look.show_through))
        self._wear(page)
        page = page.point(self._tone(page.mode))
        skew = look.skew + self._chance.uniform(-0.12, 0.12)
        lid = 52 if look.dark_lid else 250
        page = page.rotate(
            skew, Image.Resampling.BILINEAR, fillcolor=lid if page.mode == "L" else (lid, lid, lid),
            translate=(self._chance.randrange(-9, 10), self._chance.randrange(-9, 10)),
        )  # fmt: skip
        if look.blur:
            page = page.filter(ImageFilter.BoxBlur(look.blur))
        page = ImageChops.multiply(page, self._light(page))
        page = ImageChops.add(page, self._noise(page), 1, -128)
        if look.upside_down:
            page = page.transpose(Image.Transpose.ROTATE_180)
        return self._bilevel(page) if look.mode is Mode.BILEVEL else page

    def _tone(self, mode: str) -> list[int]:
        paper = (sum(self._look.paper) // 3,) if mode == "L" else self._look.paper
        ink = self._look.ink
        return [ink + (white - ink) * value // 255 for white in paper for value in range(256)]

    def _wear(self, page: Image.Image) -> None:
        """Folds and punch holes, which turn with the paper."""
        draw = ImageDraw.Draw(page)
        for fold in self._look.folds:
            down = round(fold * PIXELS) + self._chance.randrange(-12, 13)
            tilt = self._chance.randrange(-5, 6)
            for offset, value in ((-3, 243), (-2, 232), (-1, 224), (0, 214), (1, 236), (2, 249)):
                band = Image.new(page.mode, (page.width, 12), _grey(page, 255))
                ImageDraw.Draw(band).line((0, 6, page.width, 6 + tilt // 2), _grey(page, value), 2)
                place = (0, down + offset * 2 - 6, page.width, down + offset * 2 + 6)
                page.paste(ImageChops.darker(page.crop(place), band), place[:2])
        if self._look.punched:
            x, middle, radius = 12 * PIXELS, page.height / 2, 2.75 * PIXELS
            for y in (middle - 40 * PIXELS, middle + 40 * PIXELS):
                draw.ellipse((x - radius + 3, y - radius + 4, x + radius + 3, y + radius + 4), fill=_grey(page, 205))
                hole = 30 if self._look.dark_lid else 170
                draw.ellipse(
                    (x - radius, y - radius, x + radius, y + radius),
                    fill=_grey(page, hole),
                    outline=_grey(page, 140),
                    width=3,
                )
        if self._look.streak:
            streak = round(self._look.streak * PIXELS)
            draw.line((streak, 0, streak, page.height), fill=_grey(page, 188), width=2)

    def _grain(self) -> Image.Image:
        """Return a tile around 128, the sum of three even distributions, a bit coarser than a pixel."""
        first, second, third = (
            Image.frombytes("L", (TILE, TILE), self._chance.randbytes(TILE * TILE)) for _ in range(3)
        )
        bell = Image.blend(Image.blend(first, second, 0.5), third, 1 / 3).filter(ImageFilter.BoxBlur(0.6))
        spread = self._look.noise / 26
        return bell.point(lambda value: 128 + (value - 127.5) * spread)

    def _noise(self, page: Image.Image) -> Image.Image:
        """Return the tile laid over the page from a random corner; paper grain has no colour, so neither has this."""
        noise = Image.new("L", page.size)
        left, top = self._chance.randrange(TILE), self._chance.randrange(TILE)
        for x in range(-left, page.width, TILE):
            for y in range(-top, page.height, TILE):
                noise.paste(self._tile, (x, y))
        return noise if page.mode == "L" else Image.merge("RGB", (noise, noise, noise))

    def _light(self, page: Image.Image) -> Image.Image:
        """Return uneven lighting: darker towards one side, never the same."""
        shade = self._look.shade
        small = bytes(255 - self._chance.randrange(shade + 1) * column // 3 for _ in range(4) for column in range(4))
        light = Image.frombytes("L", (4, 4), small).resize(page.size, Image.Resampling.BILINEAR)
        return light if page.mode == "L" else Image.merge("RGB", (light, light, light))

    def _bilevel(self, page: Image.Image) -> Image.Image:
        threshold = self._look.threshold
        page = page.convert("L").point([0 if value < threshold else 255 for value in range(256)], "1")
        draw = ImageDraw.Draw(page)
        for _ in range(self._look.specks):
            x, y, size = (
                self._chance.randrange(page.width),
                self._chance.randrange(page.height),
                self._chance.choice((1, 1, 2, 3)),
            )
            draw.ellipse((x, y, x + size, y + size), fill=0)
        return page


def _grey(page: Image.Image, value: int) -> int | Ink:
    """Return a grey as the page's image takes it."""
    return value if page.mode == "L" else (value, value, value)
