"""Text as it is compared and sorted."""

from __future__ import annotations

import re
import unicodedata

# Combining Diacritical Marks: all that NFKD leaves of letters in European names
LATIN_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
BEHIND_LATIN = re.compile("[^\u0000-\u036f]")


def folded(text: str) -> str:
    """Return text without letter case and accents (DIN 5007-1: ä as a, ß as ss)."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", text.casefold())
    if BEHIND_LATIN.search(split) is None:
        return LATIN_MARKS.sub("", split)
    return "".join(sign for sign in split if not unicodedata.combining(sign))
