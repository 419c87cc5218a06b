"""Where the corpus of real files lies: beside the checkout, or where CLERK_CORPUS says. Absent, tests skip loudly."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(os.environ.get("CLERK_CORPUS") or Path(__file__).parents[2] / "shared" / "corpus")


def corpus(folder: str) -> Path:
    """A folder of the corpus; skips the test, with the reason, where there is none."""
    place = CORPUS / folder
    if not place.is_dir():
        pytest.skip(f"THE CORPUS IS ABSENT: {place} does not exist, nothing was proven on real files")
    return place


def truth(folder: str) -> dict[str, dict[str, Any]]:
    """What is known about each file of a corpus folder (``truth.json``), by name."""
    files: dict[str, dict[str, Any]] = json.loads((corpus(folder) / "truth.json").read_text(encoding="utf-8"))["files"]
    return files
