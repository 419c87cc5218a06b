"""Looks for words in every file below some folders, however they may be written there."""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "latin-1", "cp1252")
ZLIB_STARTS = tuple(bytes((0x78, level)) for level in (0x01, 0x5E, 0x9C, 0xDA))  # RFC 1950, 2.2
LONGEST = 4 * 1024 * 1024


def spellings(words: Iterable[str]) -> dict[bytes, str]:
    """Each way that a word may stand in a file, as it is, in small letters, and as a PDF writes it in hexadecimal."""
    found = {}
    for word in words:
        for form in (word, word.lower(), word.casefold(), word.upper()):
            for encoding in ENCODINGS:
                found[form.encode(encoding)] = word
            found[form.encode("utf-16-be").hex().encode()] = word
    return found


def found_in(words: Iterable[str], *folders: Path) -> list[str]:
    """Where which word stands: in names, in bytes, and in what is compressed."""
    forms = spellings(words)
    told = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            texts = [str(path.relative_to(folder)).encode()]
            if path.is_file():
                content = path.read_bytes()
                texts += [content, *_inflated(content)]
            told += [f"{path}: {word}" for form, word in forms.items() if any(form in text for text in texts)]
    return sorted(set(told))


def _inflated(content: bytes) -> Iterator[bytes]:
    for start in ZLIB_STARTS:
        place = content.find(start)
        while place >= 0:
            with contextlib.suppress(zlib.error):
                yield zlib.decompressobj().decompress(content[place:], LONGEST)
            place = content.find(start, place + 1)
