"""Finds known case numbers in what was read, misread ones included. Pure.

Only a number that is known counts: every pattern also hits dates and invoice numbers. Recognition confuses certain
letters and digits (``FOLDED``, measured: ``dependencies.md`` section 5) and puts blanks into numbers, so known number
and text are compared in a folded form; a merely similar number is the last resort and never more than a hint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from rapidfuzz import fuzz, process

from clerk_desktop.intake.anchors import Anchor, anchors_in, governing
from clerk_desktop.intake.lines import Line
from clerk_desktop.model.known_number import KnownNumber

DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
FOLDED = str.maketrans(
    {"O": "0", "o": "0", "Q": "0", "I": "1", "l": "1", "i": "1", "|": "1", "!": "1", "S": "5", "s": "5", "B": "8"}
    | {",": ".", ";": ":"}
    | dict.fromkeys("‐‑‒–—−_~", "-")
)
OPENING = "([{<„“\"'»:;,=#"
CLOSING = ")]}>“”\"'«:;,.!?"
MAX_BLANKS = 6
SHORT = 6  # a number as short as this, or of digits alone, only counts beside an anchor
SIMILAR = 88.0  # rapidfuzz ratio, 0 … 100
SIMILAR_LIMIT = 3

# German case numbers; configurable proposals of paper-intake.md section 2.
PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\w.])(?P<plan>\d{1,4}(?:[.,]\d{1,3}){0,4})\s?[-/:–]\s?(?P<jahr>(?:19|20)\d{2})\s?[-/]\s?(?P<nr>\d{1,6})(?!\w)",
        r"(?<!\w)(?P<amt>[IVX]{1,4}(?:/\d{1,3})?|\d{1,3}(?:[./]\d{1,3})?)\s?[/-]\s?(?P<plan>\d{2,3}(?:[.\-]\d{1,3}){1,4})"
        r"-(?P<nr>\d{1,6})/(?P<jj>\d{2}|\d{4})(?!\w)",
        r"(?<!\w)(?P<abt>\d{1,3})\s?(?P<reg>[A-Z][A-Za-z]{0,4})\s?(?P<nr>\d{1,6})/(?P<jj>\d{2})(?:\.[A-Z]{1,2})?(?!\w)",
    )
)


class Likeness(Enum):
    """How what was read compares with a known number."""

    EXACT = "exact"
    MISREAD = "misread"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class Hit:
    """A known number at a span of a line, and the anchor it belongs to, if any."""

    known: KnownNumber
    likeness: Likeness
    line: Line
    start: int
    end: int
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that looks like a case number, known or not."""

    line: Line
    start: int
    end: int
    anchor: Anchor | None = None

    @property
    def text(self) -> str:
        """What was read."""
        return self.line.text[self.start : self.end]


def fold(text: str) -> str:
    """Return a form in which what recognition confuses looks the same."""
    return "".join(text.split()).translate(FOLDED).upper()


class NumberIndex:
    """The known case numbers, ready for looking up. Building it takes time in proportion to their count."""

    def __init__(self, known: Iterable[KnownNumber]) -> None:
        self._by_fold: dict[str, list[KnownNumber]] = {}
        for number in known:
            self._by_fold.setdefault(fold(number.case_number), []).append(number)
        self._folds = list(self._by_fold)
        lengths = [len(folded) for folded in self._folds if folded] or [0]
        self._shortest, self._longest = min(lengths), max(lengths)

    def numbers(self, text: str) -> tuple[KnownNumber, ...]:
        """Return the known numbers that a text may stand for."""
        return tuple(self._by_fold.get(fold(text), ()))

    def similar(self, text: str) -> tuple[KnownNumber, ...]:
        """Return the known numbers most similar to a text."""
        found = process.extract(fold(text), self._folds, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=SIMILAR_LIMIT)
        return tuple(number for folded, _, _ in found for number in self._by_fold[folded])

    def spans(self, text: str, starts: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Yield the spans of a line that have the length of a known number and begin at one of the starts."""
        if not self._folds:
            return
        ends = [end for end in range(1, len(text) + 1) if _may_end(text, end)]
        for start in starts:
            for end in ends:
                if end <= start:
                    continue
                span = text[start:end]
                length = len("".join(span.split()))
                if length > self._longest or span.count(" ") > MAX_BLANKS:
                    break
                if length >= self._shortest:
                    yield start, end


def hits_in(lines: Sequence[Line], index: NumberIndex) -> tuple[Hit, ...]:
    """Return all known numbers on a page."""
    anchors = anchors_in(lines)
    found: list[Hit] = []
    for line in lines:
        hits = list(_known_in(line, index, anchors))
        found += hits
        if line.recognised:
            taken = [(hit.start, hit.end) for hit in hits]
            found += _similar_in(line, index, anchors, taken)
    return tuple(found)


def candidates_in(lines: Sequence[Line]) -> tuple[Candidate, ...]:
    """Return everything on a page that has the form of a case number."""
    anchors = anchors_in(lines)
    return tuple(
        Candidate(line, match.start(), match.end(), governing(anchors, line, match.start(), match.end()))
        for line in lines
        for pattern in PATTERNS
        for match in pattern.finditer(line.text)
    )


def _known_in(line: Line, index: NumberIndex, anchors: Sequence[Anchor]) -> Iterator[Hit]:
    glued = {anchor.end for anchor in anchors if anchor.line is line}
    starts = [at for at in range(len(line.text)) if _may_start(line.text, at) or at in glued]
    for start, end in index.spans(line.text, starts):
        for known in index.numbers(line.text[start:end]):
            anchor = governing(anchors, line, start, end)
            if anchor is None and _too_plain(known.case_number):
                continue
            likeness = Likeness.EXACT if _same(line.text[start:end], known.case_number) else Likeness.MISREAD
            yield Hit(known, likeness, line, start, end, anchor)


def _similar_in(
    line: Line, index: NumberIndex, anchors: Sequence[Anchor], taken: Sequence[tuple[int, int]]
) -> Iterator[Hit]:
    for pattern in PATTERNS:
        for match in pattern.finditer(line.text):
            if any(match.start() < end and match.end() > start for start, end in taken):
                continue
            anchor = governing(anchors, line, match.start(), match.end())
            if anchor is not None:
                for known in index.similar(match.group()):
                    yield Hit(known, Likeness.SIMILAR, line, match.start(), match.end(), anchor)


def _may_start(text: str, at: int) -> bool:
    return text[at] != " " and text[at] not in OPENING and (at == 0 or text[at - 1] in " " + OPENING)


def _may_end(text: str, end: int) -> bool:
    return text[end - 1] != " " and text[end - 1] not in CLOSING and (end == len(text) or text[end] in " " + CLOSING)


def _too_plain(number: str) -> bool:
    return len(number) < SHORT or number.isdigit()


def _same(read: str, known: str) -> bool:
    """Whether the very number was read: blanks only where two letters or digits do not meet."""
    if re.search(r"\w\s+\w", read) and not re.search(r"\w\s+\w", known):
        return False
    return "".join(read.split()).translate(DASHES) == "".join(known.split()).translate(DASHES)
