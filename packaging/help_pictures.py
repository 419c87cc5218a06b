"""Refreshes the pictures of the first-day page from what ``clerk-desktop demo`` photographed.

Usage: ``help_pictures.py FOLDER``, the folder that the demo wrote its pictures to. Which ones the page shows, and under
which names, is here alone: ``resources/help/pictures/{place}-{language}.png``, light, whatever the size.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

TARGET = Path(__file__).parents[1] / "resources" / "help" / "pictures"
PLACES = ("inbox", "cases", "transfers")
LANGUAGES = ("de", "en")
LARGEST = (1280, 720)


def refresh(source: Path) -> None:
    """Copy the pictures, no larger than the page needs. Raises ``FileNotFoundError`` when the demo left one out."""
    for place in PLACES:
        for language in LANGUAGES:
            found = sorted(source.glob(f"{place}-{language}-light-*.png"))
            if not found:
                raise FileNotFoundError(f"{source} holds no picture of {place} in {language}")
            with Image.open(found[0]) as picture:
                picture.thumbnail(LARGEST)
                small = picture.convert("RGB").quantize(256)  # flat colours: a tenth of the bytes, looks the same
            small.save(TARGET / f"{place}-{language}.png", optimize=True)


if __name__ == "__main__":
    refresh(Path(sys.argv[1]))
