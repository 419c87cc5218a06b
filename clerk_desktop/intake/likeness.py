"""Tells whether two scanned pages are the same paper. Pure.

A picture's hash cannot tell two filled-in copies of one form apart; the words can. So pictures only say which pages are
worth comparing, then the words are laid side by side: scanners and recognition change letters here and there, but where
both pages show quite another word, surely read, they are two letters (thresholds measured, ``tests/intake``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from clerk_desktop.model.likeness import PageLook, picture_distance

FURTHEST = 28
"""Of 64 bits: pictures that differ more are not compared; two scans of one letter differed in 25 at most."""
FEWEST_WORDS = 12
SAME_WORDS = 0.85
"""Two scans of one letter: 0.98 and more of them; another letter on the same form: up to 0.93."""
SURELY_READ = 0.8
ALIKE = 70.0
"""Of 100: words that are more alike than this are one word read twice."""
MOST_OTHER = 1
"""Two scans of one letter: 0; another letter on the same form: 2 and more. One number that differs counts as two."""
OTHER_NUMBER = 2
SHORTEST = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """``same``: share of the shorter page's words that stand on both; ``other``: words that surely differ."""

    same: float
    other: int


def is_same_paper(one: PageLook, other: PageLook) -> bool:
    """Tell whether two pages are scans of one paper; pages with hardly a word are never said to be."""
    if picture_distance(one.picture, other.picture) > FURTHEST:
        return False
    if min(len(one.words), len(other.words)) < FEWEST_WORDS:
        return False
    found = compared(one.words, other.words)
    return found.same >= SAME_WORDS and found.other <= MOST_OTHER


def compared(one: Sequence[tuple[str, float]], other: Sequence[tuple[str, float]]) -> Comparison:
    """Lay the words of two pages side by side, in reading order."""
    ours, theirs = _kept(one), _kept(other)
    same, differing = 0, 0
    steps = Levenshtein.opcodes([word for word, _ in ours], [word for word, _ in theirs])
    for step in steps:
        mine, yours = ours[step.src_start : step.src_end], theirs[step.dest_start : step.dest_end]
        if step.tag == "equal":
            same += len(mine)
        elif step.tag == "replace":
            for left, right in zip(mine, yours, strict=False):
                if _one_word(left[0], right[0]):
                    same += 1
                elif min(left[1], right[1]) >= SURELY_READ:
                    differing += OTHER_NUMBER if _has_digit(left[0]) and _has_digit(right[0]) else 1
    shorter = min(len(ours), len(theirs))
    return Comparison(same=same / shorter if shorter else 0.0, other=differing)


def _kept(words: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    plain = (("".join(letter for letter in word if letter.isalnum()).casefold(), sure) for word, sure in words)
    return [(word, sure) for word, sure in plain if len(word) >= SHORTEST or word.isdigit()]


def _one_word(left: str, right: str) -> bool:
    """Tell whether two words may be one that was read twice; numbers count as they stand, nobody guesses a date."""
    if _has_digit(left) and _has_digit(right):
        return left == right
    return fuzz.ratio(left, right) >= ALIKE


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)
