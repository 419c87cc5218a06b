"""What is wrong with the scan of a page: too dark, too faint, cut off, too coarse. Hints for the eyes of a person.

Thresholds were tried on the scans of the corpus and the sample letters (``tests/documents/test_quality.py``).
"""

from __future__ import annotations

from itertools import groupby

from PIL import Image

from clerk_desktop.documents.blank import ink_on
from clerk_desktop.model.reading import PageFlaw

_COARSE = 140.0  # dots per inch: a fax of fine resolution has 150 and more
_DARK_PAPER = 120  # of 255: paper darker than this
_FAINT_INK = 150  # of 255: the darkest tenth of the ink is no darker than this
_PAPER_SHARE, _INK_SHARE = 0.6, 0.1
_EDGE = 5  # pixels of the ink picture, 1.3 mm
_TOUCHED = 60  # of 255: so much of the edge is ink where something is cut off
_SHORTEST, _LONGEST = 4, 24  # pixels, 1 to 6 mm: a cut line of text; a dark edge of the glass is longer
_FEWEST_CUT = 4


def flaws_of(image: Image.Image, dpi: float, scanned_at: float | None) -> tuple[PageFlaw, ...]:
    """Return what is wrong with the grey ``image`` of a page with ink; ``scanned_at``: dots per inch, where known."""
    found = []
    if scanned_at is not None and scanned_at < _COARSE:
        found.append(PageFlaw.COARSE)
    ink = ink_on(image, dpi)
    small = image.resize(ink.size, Image.Resampling.BOX)
    if _tone(small.histogram(), _PAPER_SHARE) < _DARK_PAPER:
        found.append(PageFlaw.DARK)
    elif _tone(small.histogram(ink), _INK_SHARE) > _FAINT_INK:
        found.append(PageFlaw.FAINT)
    if any(_is_cut(ink.crop(edge)) for edge in ((0, 0, _EDGE, ink.height), (ink.width - _EDGE, 0, *ink.size))):
        found.append(PageFlaw.CUT_OFF)
    return tuple(found)


def _tone(histogram: list[int], share: float) -> int:
    """Return the tone that this share of the pixels is darker than."""
    wanted, counted = share * sum(histogram), 0
    for tone, count in enumerate(histogram):
        counted += count
        if counted > wanted:
            return tone
    return 255


def _is_cut(edge: Image.Image) -> bool:
    """Tell whether lines of text run over an edge of the paper: several short pieces of ink on it."""
    along = edge.resize((1, edge.height), Image.Resampling.BOX).tobytes()
    pieces = [len(list(run)) for inked, run in groupby(along, lambda share: share > _TOUCHED) if inked]
    return sum(_SHORTEST <= length <= _LONGEST for length in pieces) >= _FEWEST_CUT
