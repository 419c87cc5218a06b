"""The abilities of ``hostile``, but the first process that starts with them ends before it is ready.

It notes so in the folder of language data, the one place that a host names to its workers.
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.workers import hostile

NOTE = "ended"


def toolbox() -> hostile.Hostile:
    note = Path(os.environ["TESSDATA_PREFIX"], NOTE)
    if not note.exists():
        note.touch()
        os._exit(1)
    return hostile.toolbox()
