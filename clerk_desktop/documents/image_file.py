"""A scanned image, opened (JPEG, PNG, TIFF and HEIF with their pages, and others): sizes from its resolution,
damage, bomb limits.

A page of an image has the image's pixels as its page space, scaled to points; a turn that the camera noted (EXIF) is
the page's own rotation, as ``/Rotate`` is in a PDF.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pi_heif import register_heif_opener
from PIL import ExifTags, Image, ImageOps

from clerk_desktop.documents.content import Content, stream
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.jobs import Limits
from clerk_desktop.model.reading import LONGEST_SIDE, SHORTEST_SIDE, FileKind, PageSize

_A4_SHORT, _A4_LONG = 595.28, 841.89
_LARGEST_PAGE = 1.05 * 1190.55  # A3, long side: larger at screen resolution means that nobody set the resolution
_SCREEN_DPI = 100
_PIL_FORMATS = {
    FileKind.JPEG: "JPEG",
    FileKind.PNG: "PNG",
    FileKind.TIFF: "TIFF",
    FileKind.HEIF: "HEIF",
    FileKind.WEBP: "WEBP",
    FileKind.GIF: "GIF",
    FileKind.BMP: "BMP",
}
_WITH_PAGES = frozenset({FileKind.TIFF, FileKind.HEIF})
# EXIF orientation -> (mirrored left to right first, then clockwise turn); Exif 2.32, 4.6.4 A
_ORIENTATIONS = {
    1: (False, 0),
    2: (True, 0),
    3: (False, 180),
    4: (True, 180),
    5: (True, 270),
    6: (False, 90),
    7: (True, 90),
    8: (False, 270),
}
# What Pillow's decoders raise on hostile or cut files.
DAMAGE = (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error, IndexError, KeyError, TypeError)


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """One page of an image file: decoded pixels (mirroring undone, turn not), its page size, dots per point."""

    image: Image.Image
    size: PageSize
    mirrored: bool

    @property
    def dots_per_point(self) -> tuple[float, float]:
        """Pixels per point, across and up."""
        return self.image.width / self.size.width, self.image.height / self.size.height


class ImageFile:
    """One image file. ``FileRefused``: DAMAGED, NO_PAGES, TOO_MANY_PIXELS, TOO_MANY_PAGES."""

    def __init__(self, content: Content, kind: FileKind, limits: Limits) -> None:
        self._limits = limits
        self._stream = stream(content)
        if kind is FileKind.HEIF:
            register_heif_opener(thumbnails=False)
        with _damage():
            self._image = Image.open(self._stream, formats=[_PIL_FORMATS[kind]])
        self.kind = kind

    def sizes(self) -> Iterator[PageSize]:
        """Yield the size of each page without decoding it."""
        number = 1
        while True:
            if not self._turned_to(number):
                return
            if number > self._limits.max_pages:
                raise FileRefused(RefusalReason.TOO_MANY_PAGES)
            with _damage():
                yield self._measured()[0]
            if self.kind not in _WITH_PAGES:
                return  # further pictures in the others are previews (MPO) and animations (GIF, APNG), not pages
            number += 1

    def frame(self, number: int) -> Frame:
        """Decode page ``number``, from 1."""
        with _damage():
            if not self._turned_to(number):
                raise FileRefused(RefusalReason.DAMAGED)
            size, mirrored = self._measured()
            self._image.load()
            image = self._image.copy()
        return Frame(image=ImageOps.mirror(image) if mirrored else image, size=size, mirrored=mirrored)

    def picture(self, number: int) -> Image.Image:
        """Return Pillow's picture at page ``number``, not decoded, for those who need its tags."""
        if not self._turned_to(number):
            raise FileRefused(RefusalReason.DAMAGED)
        return self._image

    def check(self, number: int) -> None:
        """Decode page ``number`` once, as small as the format allows, to see that it is whole."""
        with _damage():
            if not self._turned_to(number):
                raise FileRefused(RefusalReason.DAMAGED)
            self._measured()
            if self.kind is FileKind.JPEG:
                self._image.draft("L", (self._image.width // 8, self._image.height // 8))
            self._image.load()

    def close(self) -> None:
        """Let the content go."""
        self._image.close()
        self._stream.close()

    def _turned_to(self, number: int) -> bool:
        with _damage():
            try:
                self._image.seek(number - 1)
            except EOFError:
                return False
        return True

    def _measured(self) -> tuple[PageSize, bool]:
        image = self._image
        width, height = image.size
        if width * height > self._limits.max_pixels:
            raise FileRefused(RefusalReason.TOO_MANY_PIXELS)
        if width < 1 or height < 1:
            raise FileRefused(RefusalReason.DAMAGED)
        mirrored, turn = (False, 0)
        if self.kind is not FileKind.TIFF:  # Pillow turns TIFF pages upright while it decodes them
            mirrored, turn = _ORIENTATIONS.get(_orientation(image), (False, 0))
        points = _points(image)
        return PageSize(width=points[0], height=points[1], rotation=turn), mirrored


def _orientation(image: Image.Image) -> int:
    value = image.getexif().get(ExifTags.Base.Orientation, 1)
    return value if isinstance(value, int) else 1


def _points(image: Image.Image) -> tuple[float, float]:
    """Return the page size in points: from the resolution, or A4 where none (or only a camera's 72 dpi) is given."""
    width, height = image.size
    dpi = image.info.get("dpi")
    if isinstance(dpi, tuple) and len(dpi) == 2:
        across, up = float(dpi[0]), float(dpi[1])
        if 10 <= across <= 10_000 and 10 <= up <= 10_000:
            points = width * 72 / across, height * 72 / up
            sensible = min(points) >= SHORTEST_SIDE and max(points) <= LONGEST_SIDE
            if sensible and (max(across, up) > _SCREEN_DPI or max(points) <= _LARGEST_PAGE):
                return points
    short, long = min(width, height), max(width, height)
    per_point = max(short / _A4_SHORT, long / _A4_LONG)
    return max(width / per_point, SHORTEST_SIDE), max(height / per_point, SHORTEST_SIDE)


@contextmanager
def _damage() -> Iterator[None]:
    """Translate Pillow's many ways to say "broken"; its own bomb limit (179 megapixels) is the outer fence."""
    try:
        with warnings.catch_warnings():
            # The limit that counts is ours and is checked before decoding; odd TIFF tags are the scanner's business.
            warnings.simplefilter("ignore")
            yield
    except Image.DecompressionBombError as bomb:
        raise FileRefused(RefusalReason.TOO_MANY_PIXELS) from bomb
    except DAMAGE as broken:
        raise FileRefused(RefusalReason.DAMAGED) from broken
