"""A log file of bounded size."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE_BYTES, FILES_KEPT = 1_000_000, 5


class LogFile(RotatingFileHandler):
    """Starts a new file when it is full, and never stops the program when it cannot be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8", delay=True)

    def doRollover(self) -> None:  # noqa: N802 - logging's name
        """Start a new file; goes on with the old one while another process has it open (Windows)."""
        try:
            super().doRollover()
        except PermissionError:
            self.stream = self._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Drop a line that cannot be written, as on a full disk; anything else is a mistake of ours."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)
