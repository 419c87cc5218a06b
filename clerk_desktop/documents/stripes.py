"""Whether a page shows a field of bars: a code that printer or scanner spoiled so that nobody can read it any more."""

from __future__ import annotations

from PIL import Image, ImageChops

_DPI = 50
_BAND = 10  # pixels, 5 mm
_BANDS = 3  # so many in a row: 15 mm of bars; no line of text is as high
_EVEN = 10.0  # mean difference of a pixel from the mean of its column, of 255
_STEP = 40  # of 255: how much darker a bar is than the gap beside it
_FEWEST_STEPS = 16
_INK_TONE = 184
_INK = (0.2, 0.8)  # share of the field between its first and last bar; the lines of a table have less


def has_stripes(image: Image.Image, dpi: float) -> bool:
    """Whether the grey ``image`` of a page shows bars, upright or lying."""
    factor = _DPI / max(dpi, 1)
    shape = max(_BAND, round(image.width * factor)), max(_BAND, round(image.height * factor))
    small = image.resize(shape, Image.Resampling.BOX)
    return _upright(small) or _upright(small.transpose(Image.Transpose.ROTATE_90))


def _upright(image: Image.Image) -> bool:
    in_a_row = 0
    for top in range(0, image.height - _BAND + 1, _BAND // 2):
        band = image.crop((0, top, image.width, top + _BAND))
        in_a_row = in_a_row + 1 if _is_striped(band) else 0
        if in_a_row >= 2 * _BANDS - 1:
            return True
    return False


def _is_striped(band: Image.Image) -> bool:
    columns = band.resize((band.width, 1), Image.Resampling.BOX)
    tones = columns.tobytes()
    steps = [place for place in range(1, len(tones)) if abs(tones[place] - tones[place - 1]) >= _STEP]
    if len(steps) < _FEWEST_STEPS:
        return False
    left, right = steps[0], steps[-1]
    field = band.crop((left, 0, right, band.height))
    uneven = ImageChops.difference(field, columns.crop((left, 0, right, 1)).resize(field.size))
    histogram = uneven.histogram()
    mean = sum(depth * count for depth, count in enumerate(histogram)) / max(1, sum(histogram))
    if mean > _EVEN:
        return False
    dark = sum(tone < _INK_TONE for tone in tones[left:right]) / max(1, right - left)
    return _INK[0] <= dark <= _INK[1]
