"""A page's picture in 64 bits: which of two neighbouring patches holds more ink (difference hash).

Ink as ``blank`` sees it, so neither tone of paper nor shadows count; cut to the ink, so a shift does not either.
"""

from __future__ import annotations

from PIL import Image, ImageFilter

from clerk_desktop.documents.blank import ink_of

_SIDE = 8
_TILE = 12  # pixels of the ink picture, 3 mm
_INKED = 10  # of 255
_BLUR = 6


def look_of(image: Image.Image, dpi: float) -> str:
    """Return the hash of the grey ``image`` of a page, 16 hexadecimal digits."""
    ink = _cut(ink_of(image, dpi))
    patches = ink.filter(ImageFilter.GaussianBlur(_BLUR)).resize((_SIDE + 1, _SIDE), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(_SIDE):
        for column in range(_SIDE):
            place = row * (_SIDE + 1) + column
            bits = bits << 1 | (patches[place] > patches[place + 1])
    return f"{bits:016x}"


def _cut(ink: Image.Image) -> Image.Image:
    tiles = ink.resize((max(1, ink.width // _TILE), max(1, ink.height // _TILE)), Image.Resampling.BOX)
    box = tiles.point(lambda share: 255 if share > _INKED else 0).getbbox()
    if box is None:
        return ink
    left, top, right, bottom = (edge * _TILE for edge in box)
    return ink.crop((left, top, min(right, ink.width), min(bottom, ink.height)))
