"""The embedded text of a PDF for the full text of a server: what a scan station recognised is embedded by then."""

from __future__ import annotations

from typing import BinaryIO

from clerk_desktop.model.errors import FileRefused, WorkerCrashed, WorkerLate
from clerk_desktop.model.jobs import LookAtFile, Priority, ReadPage
from clerk_desktop.workers.host import WorkerHost

LOOK_SECONDS, PAGE_SECONDS = 60.0, 30.0
MOST_PAGES = 500


class EmbeddedTexts:
    """Reads in a worker process, since the files are foreign; it is started with the first of them. Close it."""

    def __init__(self) -> None:
        self._host = WorkerHost(processes=1)

    def close(self) -> None:
        """End the process; what is being read ends with ``WorkersClosed``."""
        self._host.close()

    def text(self, source: BinaryIO) -> str:
        """Return the text of the first ``MOST_PAGES`` pages, as far as it can be read; closes ``source``.

        Raises ``WorkerNotStarted``, ``WorkersClosed``.
        """
        lines: list[str] = []
        try:
            with self._host.lend(source) as content:
                look = self._host.run(LookAtFile(), content, priority=Priority.RECOGNITION, timeout=LOOK_SECONDS)
                for number in range(1, min(len(look.pages), MOST_PAGES) + 1):
                    job = ReadPage(kind=look.kind, number=number, recognise=False, symbologies=())
                    page = self._host.run(job, content, priority=Priority.RECOGNITION, timeout=PAGE_SECONDS)
                    lines.extend(page.lines)
        except (FileRefused, WorkerCrashed, WorkerLate):
            pass  # found by its properties and by what was read before
        return "\n".join(lines)
