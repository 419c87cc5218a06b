"""Pages that a device sent, as the one file that goes into the scan folder; foreign content stays in the workers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from clerk_desktop.model.errors import ScanFolderAway
from clerk_desktop.model.jobs import BindPages, DrawPage, LookAtFile, Priority
from clerk_desktop.model.reading import Pixels
from clerk_desktop.system.files import write_whole
from clerk_desktop.workers.host import WorkerHost

SECONDS = 600.0
PREVIEW_SCALE = 1.0
PDF_BEGINNING = b"%PDF-"


class Binder:
    """``host``: makes the workers when they are first needed."""

    def __init__(self, host: Callable[[], WorkerHost]) -> None:
        self._host = host

    def bound(self, pages: Sequence[Path], dpi: int) -> bytes:
        """Return the pages as one PDF; one that is a PDF already stays as it came. Raises ``FileError``."""
        contents = self._contents(pages)
        if len(contents) == 1 and contents[0].startswith(PDF_BEGINNING):
            return contents[0]
        host = self._host()
        job = BindPages(lengths=tuple(map(len, contents)), dpi=dpi)
        with host.load(contents, sum(job.lengths)) as loaded:
            return host.run(job, loaded, priority=Priority.INTAKE, timeout=SECONDS)

    def picture(self, page: bytes) -> Pixels:
        """Return the first page as it is shown on a screen. Raises ``FileError``."""
        host = self._host()
        with host.load((page,), len(page)) as loaded:
            look = host.run(LookAtFile(), loaded, priority=Priority.SCREEN)
            job = DrawPage(kind=look.kind, number=1, scale=PREVIEW_SCALE)
            return host.run(job, loaded, priority=Priority.SCREEN)

    def write(self, target: Path, content: bytes) -> None:
        """Put the file into the scan folder, whole or not at all. Raises ``DiskFull``, ``ScanFolderAway``."""
        try:
            write_whole(target, content)
        except OSError as error:
            raise ScanFolderAway(name=target.parent.name, why=error.strerror or "") from error

    def _contents(self, pages: Sequence[Path]) -> list[bytes]:
        try:
            return [page.read_bytes() for page in pages]
        except OSError as error:
            raise ScanFolderAway(name=pages[0].parent.parent.name, why=error.strerror or "") from error
