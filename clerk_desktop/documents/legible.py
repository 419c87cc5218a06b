"""Whether embedded text says something, or is a scanner's imprint or rubbish of a font without a character map."""

from __future__ import annotations

import re
import unicodedata

_FEWEST_CHARACTERS = 3
_MOST_RUBBISH = 0.2
_UNMAPPED = re.compile(r"\(cid:\d+\)")


def says_something(text: str) -> bool:
    """Whether ``text`` holds characters that people read, and few that they do not."""
    unmapped = len(_UNMAPPED.findall(text))
    seen = [char for char in _UNMAPPED.sub("", text) if not char.isspace()]
    readable = sum(char.isalnum() for char in seen)
    rubbish = unmapped + sum(_is_rubbish(char) for char in seen)
    return readable >= _FEWEST_CHARACTERS and rubbish <= _MOST_RUBBISH * (len(seen) + unmapped)


def _is_rubbish(char: str) -> bool:
    return char == "\ufffd" or unicodedata.category(char) in {"Co", "Cn", "Cc", "Cs"}
