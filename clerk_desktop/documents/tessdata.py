"""Where Tesseract's language data lie on this machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from clerk_desktop.model.errors import RecognitionMissing

_NEEDED = "deu"
_WISHED = "Latin"  # the only one that can write "§"
_ORIENTATION = "osd"


@dataclass(frozen=True, kw_only=True, slots=True)
class LanguageData:
    """A folder with language data, the languages to read with, and whether orientation can be detected."""

    folder: Path
    languages: str
    orientation: bool


def language_data(environment: Mapping[str, str]) -> LanguageData:
    """Return the first place that has German, with Latin script where it is there. Raises ``RecognitionMissing``."""
    places = [place for place in _places(environment) if _has(place, _NEEDED)]
    places.sort(key=lambda place: not _has(place, _WISHED))
    if not places:
        raise RecognitionMissing(languages=f"{_NEEDED}, {_WISHED}")
    languages = f"{_NEEDED}+{_WISHED}" if _has(places[0], _WISHED) else _NEEDED
    return LanguageData(folder=places[0], languages=languages, orientation=_has(places[0], _ORIENTATION))


def system_language_data() -> LanguageData:
    """``language_data`` for the environment of this process."""
    return language_data(os.environ)


def _has(place: Path, language: str) -> bool:
    return (place / f"{language}.traineddata").is_file()


def _places(environment: Mapping[str, str]) -> Iterator[Path]:
    told = environment.get("TESSDATA_PREFIX")
    if told:
        yield Path(told)
        yield Path(told) / "tessdata"
    yield Path(sys.executable).parent / "tessdata"  # beside the frozen program
    if sys.platform == "win32":
        for variable, below in (("PROGRAMFILES", ""), ("PROGRAMFILES(X86)", ""), ("LOCALAPPDATA", "Programs")):
            root = environment.get(variable)
            if root:
                yield Path(root) / below / "Tesseract-OCR" / "tessdata"
    else:
        yield Path("/usr/share/tesseract-ocr/5/tessdata")
        yield Path("/usr/share/tesseract-ocr/4.00/tessdata")
        yield Path("/usr/share/tessdata")
        yield Path("/usr/local/share/tessdata")
