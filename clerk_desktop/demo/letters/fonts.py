"""Finds the fonts that the letters are written with: those of Debian, or their Windows counterparts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PIL import ImageFont

from clerk_desktop.model.errors import FontsMissing

DPI = 300
DEBIAN = tuple(
    Path("/usr/share/fonts/truetype") / name for name in ("liberation2", "liberation", "crosextra", "dejavu")
)


class Face(Enum):
    """Faces as letter writers choose them."""

    SERIF = "serif"
    SANS = "sans"
    MONO = "mono"
    OFFICE = "office"
    SCREEN = "screen"


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """How a text is set. ``size`` in points; ``ink`` red, green, blue (0-255)."""

    face: Face
    size: float = 11
    bold: bool = False
    italic: bool = False
    ink: tuple[int, int, int] = (25, 25, 28)


# stems of Debian's font files and of the Windows fonts with the same widths; then regular, bold, italic, bold italic
STEMS: dict[Face, tuple[str, str]] = {
    Face.SERIF: ("LiberationSerif", "times"),
    Face.SANS: ("LiberationSans", "arial"),
    Face.MONO: ("LiberationMono", "cour"),
    Face.OFFICE: ("Carlito", "calibri"),
    Face.SCREEN: ("DejaVuSans", "verdana"),
}
OBLIQUE = {"DejaVuSans": ("", "-Bold", "-Oblique", "-BoldOblique")}
DEBIAN_CUTS = ("-Regular", "-Bold", "-Italic", "-BoldItalic")
WINDOWS_CUTS = {
    "arial": ("", "bd", "i", "bi"),
    "times": ("", "bd", "i", "bi"),
    "cour": ("", "bd", "i", "bi"),
    "calibri": ("", "b", "i", "z"),
    "verdana": ("", "b", "i", "z"),
}


def system_folders() -> tuple[Path, ...]:
    """Return where this system keeps the fonts."""
    windows = os.environ.get("WINDIR")
    return (*DEBIAN, Path(windows) / "Fonts") if windows else DEBIAN


class Fonts:
    """Fonts at 300 dpi, loaded once each. Where a face is not installed another one stands in."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._loaded: dict[tuple[Path, int], ImageFont.FreeTypeFont] = {}
        self._paths: dict[tuple[Face, bool, bool], Path] = {}

    def load(self, style: Style) -> ImageFont.FreeTypeFont:
        """Return the font of a style. Raises ``FontsMissing`` when no face at all is installed."""
        wanted = (style.face, style.bold, style.italic)
        if wanted not in self._paths:
            self._paths[wanted] = self._find(style)
        key = (self._paths[wanted], round(style.size * DPI / 72))
        if key not in self._loaded:
            self._loaded[key] = ImageFont.truetype(str(key[0]), key[1], layout_engine=ImageFont.Layout.BASIC)
        return self._loaded[key]

    def _find(self, style: Style) -> Path:
        cut = style.bold + 2 * style.italic
        for face in (style.face, *(other for other in Face if other is not style.face)):
            debian, windows = STEMS[face]
            names = (
                f"{debian}{OBLIQUE.get(debian, DEBIAN_CUTS)[cut]}.ttf",
                f"{windows}{WINDOWS_CUTS[windows][cut]}.ttf",
            )
            for path in (folder / name for folder in self._folders for name in names):
                if path.is_file():
                    return path
        raise FontsMissing
