"""Whether a scanned page is blank, by its pixels.

Tolerated: tinted or unevenly lit paper, punch holes and shadows at the edges, print shining through from the back,
specks. Not tolerated: one short printed or handwritten line.
"""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter

_DPI = 100
_EDGE = 0.075  # of each side: ISO 838 holes end 15 mm from the edge of A4
_PAPER_RADIUS = 60  # pixels: the paper's tone is taken from 3 cm around
_INK = 0.72  # darker than this share of the paper is ink; shine-through stays lighter
_TILE = 12  # pixels, 3 mm: about one character
_TILE_INK = 0.04
_INKED_TILES = 3


def is_blank(image: Image.Image, dpi: float) -> bool:
    """Whether the grey ``image`` of a page, scanned at ``dpi``, shows an empty page."""
    ink = ink_of(image, dpi)
    tiles = ink.resize((max(1, ink.width // _TILE), max(1, ink.height // _TILE)), Image.Resampling.BOX)
    inked = sum(tiles.histogram()[int(255 * _TILE_INK) :])
    return inked < _INKED_TILES


def ink_of(image: Image.Image, dpi: float) -> Image.Image:
    """Return where ink is (255) on the page without its edges, at 100 dpi; what the paper is like does not show."""
    ink = ink_on(image, dpi)
    left, top = round(ink.width * _EDGE), round(ink.height * _EDGE)
    return ink.crop((left, top, ink.width - left, ink.height - top))


def ink_on(image: Image.Image, dpi: float) -> Image.Image:
    """Return where ink is (255) on the whole page, at 100 dpi, shadows and holes at its edges too."""
    factor = _DPI / max(dpi, 1)
    shape = max(_TILE, round(image.width * factor)), max(_TILE, round(image.height * factor))
    small = image.resize(shape, Image.Resampling.BOX).filter(ImageFilter.MedianFilter(3))
    paper = small.filter(ImageFilter.BoxBlur(_PAPER_RADIUS)).point(lambda tone: int(tone * _INK))
    return ImageChops.subtract(paper, small).point(lambda depth: 255 if depth > 0 else 0)
