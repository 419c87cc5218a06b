"""Refreshes the pictures of the README and of the first-day page from what ``clerk-desktop demo`` photographed.

Usage: ``pictures.py FOLDER``, the folder that the demo wrote its pictures to. Which ones are shown, and under which
names, is here alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

RESOURCES = Path(__file__).parents[1] / "resources"
README = {
    "inbox": "day-2-filing",
    "case": "case-de-light-1280x720",
    "cases": "cases-de-light-1280x720",
    "case-dark": "case-history-de-dark-1280x720",
    "transfers": "transfers-de-light-1280x720",
}
HELP = {
    f"{place}-{language}": f"{place}-{language}-light-1280x720"
    for place in ("inbox", "cases", "transfers")
    for language in ("de", "en")
}
LARGEST = (1280, 800)


def refresh(source: Path) -> None:
    """Copy the pictures, no larger than pages need. Raises ``FileNotFoundError`` when the demo left one out."""
    for folder, pictures in ((RESOURCES / "pictures", README), (RESOURCES / "help" / "pictures", HELP)):
        for name, taken in pictures.items():
            with Image.open(source / f"{taken}.png") as picture:
                picture.thumbnail(LARGEST)
                small = picture.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE)  # keeps a mark's yellow
            small.save(folder / f"{name}.png", optimize=True)


if __name__ == "__main__":
    refresh(Path(sys.argv[1]))
