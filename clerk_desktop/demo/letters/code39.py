"""Code 39 bars (ISO/IEC 16388), drawn for separator sheets. Written here so that reading them proves something."""

from __future__ import annotations

# each character: five bars and four spaces in turn, w is wide, n is narrow (ISO/IEC 16388, table 1)
PATTERNS = {
    "0": "nnnwwnwnn", "1": "wnnwnnnnw", "2": "nnwwnnnnw", "3": "wnwwnnnnn", "4": "nnnwwnnnw", "5": "wnnwwnnnn",
    "6": "nnwwwnnnn", "7": "nnnwnnwnw", "8": "wnnwnnwnn", "9": "nnwwnnwnn", "A": "wnnnnwnnw", "B": "nnwnnwnnw",
    "C": "wnwnnwnnn", "D": "nnnnwwnnw", "E": "wnnnwwnnn", "F": "nnwnwwnnn", "G": "nnnnnwwnw", "H": "wnnnnwwnn",
    "I": "nnwnnwwnn", "J": "nnnnwwwnn", "K": "wnnnnnnww", "L": "nnwnnnnww", "M": "wnwnnnnwn", "N": "nnnnwnnww",
    "O": "wnnnwnnwn", "P": "nnwnwnnwn", "Q": "nnnnnnwww", "R": "wnnnnnwwn", "S": "nnwnnnwwn", "T": "nnnnwnwwn",
    "U": "wwnnnnnnw", "V": "nwwnnnnnw", "W": "wwwnnnnnn", "X": "nwnnwnnnw", "Y": "wwnnwnnnn", "Z": "nwwnwnnnn",
    "-": "nwnnnnwnw", ".": "wwnnnnwnn", " ": "nwwnnnwnn", "$": "nwnwnwnnn", "/": "nwnwnnnwn", "+": "nwnnnwnwn",
    "%": "nnnwnwnwn",
}  # fmt: skip
FRAME = "nwnnwnwnn"  # start and stop, written *
WIDE = 3
"""Modules in a wide element; narrow ones have one, and so has the gap between characters."""


def bars(text: str) -> tuple[tuple[int, int], ...]:
    """Return the bars as (start, width) in modules, from 0. Raises ``KeyError`` for what Code 39 cannot say."""
    place, found = 0, []
    for pattern in (FRAME, *(PATTERNS[character] for character in text), FRAME):
        for index, element in enumerate(pattern):
            width = WIDE if element == "w" else 1
            if index % 2 == 0:
                found.append((place, width))
            place += width
        place += 1
    return tuple(found)


def modules(text: str) -> int:
    """Return the width of the symbol in modules, without the quiet zones (10 modules each side)."""
    start, width = bars(text)[-1]
    return start + width
