"""How texts are compared where a person looks for something."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clerk_desktop.model.folding import folded

GROUPS = re.compile(r"[^\W_]+")
UMLAUT_SPELLED = re.compile(r"(?<![aeiouyq])([aou])e")
ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
HAS_DIGIT = re.compile(r"\d")
OPEN_END = "*"


def spelled_alike(text: str) -> str:
    """Return text so that other spellings of the same are alike: folded, ae, oe and ue as the umlauts they stand for
    (not behind a vowel or q: "neue" and "Quelle" stay), numbers without leading zeros.
    """
    return ZEROS.sub("", UMLAUT_SPELLED.sub(r"\1", folded(text)))


def words_of(text: str) -> list[str]:
    """Return the words and numbers of a text, spelled alike."""
    return GROUPS.findall(spelled_alike(text))


def number_key(number: str) -> str:
    """Return a case number as it is looked for: "32.10-2026/018" and "32 10 2026 18" are the same."""
    return " ".join(words_of(number))


@dataclass(frozen=True, kw_only=True, slots=True)
class WantedWord:
    """One word that is looked for. ``parts`` are more than one where punctuation stands inside, as in a case number.

    ``open_end``: it was typed with ``*`` and may go on. ``typed`` is the word as it was written, without that sign.
    """

    parts: tuple[str, ...]
    typed: str
    open_end: bool = False

    @property
    def is_number(self) -> bool:
        """Whether there is a digit in it: then it is not taken for a misspelled other one."""
        return any(HAS_DIGIT.search(part) for part in self.parts)


def wanted_words(text: str) -> tuple[WantedWord, ...]:
    """Return what somebody looks for, word by word; all of them are wanted."""
    found = []
    for typed in text.split():
        parts = tuple(words_of(typed))
        if parts:
            found.append(WantedWord(parts=parts, typed=typed.rstrip(OPEN_END), open_end=typed.endswith(OPEN_END)))
    return tuple(found)
