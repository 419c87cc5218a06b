"""What a line on a mark says of it: what somebody wrote, else the words it stands over, without their loose ends."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from clerk_desktop.model.annotation import Mark, TextArea

_CLOSED_BY = {"(": ")", "[": "]", "{": "}", "„": "“”", "“": "”", "»": "«", "«": "»", "›": "‹", "‹": "›", '"': '"'}
_CLOSING = frozenset("".join(_CLOSED_BY.values()))
_STOPS = frozenset(".,;:")
_DASHES = frozenset("-–—•·")
_BELONGS = re.compile(r"(?:^|[\s.(])[^\W\d_]\.$|(?:^|\s)\d{1,2}\.\d{1,2}\.$")
"""A full stop that is no end: that of ``e. V.`` and of the day ``31.12.``."""


def said_on(mark: Mark) -> str:
    """Return in one line what is written on a mark, or under it; "" for nothing."""
    text = " ".join((mark.text or mark.subject).split())
    return without_loose_ends(text) if not mark.text and isinstance(mark.shape, TextArea) else text


def without_loose_ends(words: str) -> str:
    """Return words cut out of a text without what belongs to the text around them.

    That is at both ends brackets and quotation marks whose other half lies elsewhere, dashes that stand alone, and
    full stops, commas, colons. Where nothing else is there, it stays.
    """
    loose = _loose(words)
    first, last = 0, len(words)
    while first < last and _ends_loosely(words[first:last], last - 1 in loose):
        last -= 1
    while first < last and _begins_loosely(words[first:last], first in loose):
        first += 1
    return words[first:last] or words.strip()


def _ends_loosely(text: str, loose: bool) -> bool:
    end = text[-1]
    if end in _DASHES:
        return len(text) == 1 or text[-2].isspace()  # not that of »Bau- und Planungs-«
    return loose or end.isspace() or (end in _STOPS and not _BELONGS.search(text))


def _begins_loosely(text: str, loose: bool) -> bool:
    begin = text[0]
    if begin in _DASHES | _STOPS:
        return len(text) == 1 or text[1].isspace()  # not that of »-5 °C« and ».pdf«
    return loose or begin.isspace()


def _loose(text: str) -> AbstractSet[int]:
    """Return where brackets and quotation marks stand that have no other half in the text."""
    opened: list[int] = []
    loose: set[int] = set()
    for place, letter in enumerate(text):
        partner = next((at for at in reversed(opened) if letter in _CLOSED_BY[text[at]]), None)
        if partner is not None:
            while (last := opened.pop()) != partner:
                loose.add(last)
        elif letter in _CLOSED_BY:
            opened.append(place)
        elif letter in _CLOSING:
            loose.add(place)
    return loose | set(opened)
