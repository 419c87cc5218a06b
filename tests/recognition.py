"""Text recognition for tests that read pictures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from clerk_desktop.documents.ocr import Recogniser
from clerk_desktop.documents.tessdata import system_language_data
from clerk_desktop.model.errors import RecognitionMissing


@contextmanager
def recognition() -> Iterator[Recogniser]:
    """Yield what recognises text here; skip loudly where a machine cannot."""
    try:
        system_language_data()
    except RecognitionMissing as missing:
        pytest.skip(f"NO TEXT RECOGNITION ON THIS MACHINE, nothing was proven: {missing}")
    with closing(Recogniser(system_language_data)) as engine:
        yield engine
