"""How texts are compared where a person looks for something."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Return text without letter case and accents (DIN 5007-1: ä as a, ß as ss)."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in split if not unicodedata.combining(sign))
