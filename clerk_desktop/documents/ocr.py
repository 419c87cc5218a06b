"""Text recognition with Tesseract, in process: words with places and confidence, also on pages fed the wrong way.

The engines stay loaded between pages (two seconds each time otherwise). ``OMP_THREAD_LIMIT=1`` must stand in the
environment before this module is imported; the worker host sees to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import tesserocr
from PIL import Image

from clerk_desktop.documents.page_image import PageImage
from clerk_desktop.documents.section_sign import corrected
from clerk_desktop.documents.tessdata import LanguageData
from clerk_desktop.model.reading import Word

_LOWEST_DPI = 280  # below, the page is enlarged: a fifth fewer errors than at 200 dpi, at the same speed
_READING_DPI = 300
_SMALLEST_DPI = 40  # below, there is nothing to read
_SURE = 0.75
_FEW_LETTERS = 20
_ORIENTATION_MARGIN = 1.0
_TSV_WORD = "5"


@dataclass(frozen=True, kw_only=True, slots=True)
class Recognised:
    """What was read: words in reading order, corrected; ``raw_text`` uncorrected; ``turned`` clockwise degrees."""

    words: tuple[Word, ...]
    raw_text: str
    turned: int = 0

    @property
    def letters(self) -> int:
        """How many characters were read with some confidence."""
        return sum(len(word.text) for word in self.words if word.confidence > 0.5)

    @property
    def confidence(self) -> float:
        """Mean confidence per character."""
        letters = sum(len(word.text) for word in self.words)
        return sum(len(word.text) * word.confidence for word in self.words) / letters if letters else 0.0


class Recogniser:
    """Reads pages. Not for use by two threads at once."""

    def __init__(self, find_data: Callable[[], LanguageData]) -> None:
        self._find_data = find_data
        self._reader: tesserocr.PyTessBaseAPI | None = None
        self._compass: tesserocr.PyTessBaseAPI | None = None

    def read(self, page: PageImage) -> Recognised:
        """Read ``page``; where upright reading fails, the page is tried in other directions. ``RecognitionMissing``."""
        if page.dpi < _SMALLEST_DPI:
            return Recognised(words=(), raw_text="")
        upright = self._read_turned(page, 0)
        if upright.confidence >= _SURE and upright.letters >= _FEW_LETTERS:
            return upright
        readings = [upright, *(self._read_turned(page, turn) for turn in self._other_turns(page))]
        return max(readings, key=lambda reading: reading.letters * reading.confidence)

    def close(self) -> None:
        """Free the engines."""
        for engine in (self._reader, self._compass):
            if engine is not None:
                engine.End()
        self._reader = self._compass = None

    def _other_turns(self, page: PageImage) -> tuple[int, ...]:
        data = self._find_data()
        if not data.orientation:
            return (180, 90, 270)
        if self._compass is None:
            self._compass = _engine(data, "osd", tesserocr.PSM.OSD_ONLY)
        _show(self._compass, page.image, page.dpi)
        seen = self._compass.DetectOrientationScript()
        if seen is None or seen["orient_conf"] < _ORIENTATION_MARGIN:
            return ()
        # the engine tells how far the page was turned clockwise; turning on to 360 makes it upright
        turn = (360 - int(seen["orient_deg"])) % 360
        return (turn,) if turn else ()

    def _read_turned(self, page: PageImage, turn: int) -> Recognised:
        if self._reader is None:
            data = self._find_data()
            self._reader = _engine(data, data.languages, tesserocr.PSM.AUTO)
        image = page.turned(turn)
        enlarged = _READING_DPI / page.dpi if page.dpi < _LOWEST_DPI else 1.0
        if enlarged > 1:
            shape = round(image.width * enlarged), round(image.height * enlarged)
            image = image.resize(shape, Image.Resampling.LANCZOS)
        _show(self._reader, image, page.dpi * enlarged)
        return _recognised(self._reader.GetTSVText(0), page, turn, enlarged)


def _engine(data: LanguageData, languages: str, mode: int) -> tesserocr.PyTessBaseAPI:
    oem = tesserocr.OEM.DEFAULT if mode == tesserocr.PSM.OSD_ONLY else tesserocr.OEM.LSTM_ONLY
    return tesserocr.PyTessBaseAPI(path=f"{data.folder}/", lang=languages, psm=mode, oem=oem)


def _show(engine: tesserocr.PyTessBaseAPI, image: Image.Image, dpi: float) -> None:
    engine.SetImage(image)
    engine.SetSourceResolution(round(dpi))


def _recognised(tsv: str, page: PageImage, turn: int, enlarged: float) -> Recognised:
    """Make words of Tesseract's table: level, page, block, paragraph, line, word, place (4), confidence, text."""
    placing = page.placing(turn)
    words: list[Word] = []
    lines: list[list[str]] = []
    last: tuple[str, ...] = ()
    for row in tsv.splitlines():
        cells = row.split("\t", 11)
        if cells[0] != _TSV_WORD or len(cells) < 12 or not cells[11].strip():
            continue
        if tuple(cells[1:5]) != last:
            last = tuple(cells[1:5])
            lines.append([])
        lines[-1].append(cells[11].strip())
        left, top, width, height = (int(cell) / enlarged for cell in cells[6:10])
        words.append(
            Word(
                text=cells[11].strip(),
                rect=placing.rect(left, top, left + width, top + height),
                line=len(lines),
                confidence=max(0.0, min(1.0, float(cells[10]) / 100)),
            )
        )
    raw_text = "\n".join(" ".join(line) for line in lines)
    return Recognised(words=corrected(tuple(words)), raw_text=raw_text, turned=turn)
