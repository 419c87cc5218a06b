"""Pages from a device, kept in the scan folder until they are one file there. A kill at any moment loses none.

Each batch has a hidden folder, which intake leaves alone: pages, each written whole and flushed before the next is
asked for, and a note that says how far the scan came. Who scans holds a lock that ends with the process, so a batch
that runs and is not held was broken off.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import msgspec

from clerk_desktop.model.errors import ScanFolderAway, ScanInterrupted
from clerk_desktop.model.scanning import BatchState, ScanBatch
from clerk_desktop.system.decoding import decoder
from clerk_desktop.system.files import disk_full_named, sync_folder, write_whole
from clerk_desktop.system.locks import lock_now

PREFIX = ".clerk-scan-"
NOTE, HELD, PART = "batch.json", "held", "page.part"
PAGE = "page-*.scan"
LARGEST_NOTE = 64 * 1024


class PageFile:
    """The page that is coming."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, piece: bytes) -> None:
        """Take the next bytes. Raises ``DiskFull``, ``ScanFolderAway``."""
        with named_failures():
            self._file.write(piece)


class BatchFolder:
    """One batch on the disk. Methods raise ``DiskFull``, ``ScanFolderAway``."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def make(cls, folder: Path, batch_id: str) -> BatchFolder:
        """Begin a batch in a scan folder. It is one for others from its first note on, which who holds it takes:
        till then it has no page, and a batch without any is cleared away.
        """
        made = cls(folder / f"{PREFIX}{batch_id}")
        with named_failures():
            made.path.mkdir(mode=0o700)
            sync_folder(made.path.parent)
        return made

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Work on the batch alone; gives False while somebody else does. What was removed meanwhile is gone after it:
        Windows keeps a file as long as it is open.
        """
        with named_failures():
            descriptor = os.open(self.path / HELD, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            yield lock_now(descriptor)
        finally:
            os.close(descriptor)
            if not (self.path / NOTE).exists():
                shutil.rmtree(self.path, ignore_errors=True)

    def note(self, batch: ScanBatch) -> None:
        """Write down how far it is."""
        with named_failures():
            write_whole(self.path / NOTE, msgspec.json.encode(replace(batch, pages=0)))

    def read(self) -> ScanBatch | None:
        """Return what is noted, with the pages that are there; None for what is no batch."""
        try:
            with (self.path / NOTE).open("rb") as file:
                noted = decoder(ScanBatch).decode(file.read(LARGEST_NOTE))
            return replace(noted, folder=str(self.path.parent), pages=len(self.pages()))
        except (OSError, msgspec.MsgspecError):
            return None

    def pages(self) -> tuple[Path, ...]:
        """Return the pages that came whole, in order."""
        return tuple(sorted(self.path.glob(PAGE)))

    @contextmanager
    def next_page(self) -> Iterator[PageFile]:
        """Take a page; it counts once the block ends without an error, and is on the disk then."""
        part = self.path / PART
        with named_failures(), part.open("wb") as file:  # a full disk shows at the latest when the file is closed
            yield PageFile(file)
            file.flush()
            os.fsync(file.fileno())
        with named_failures():
            if part.stat().st_size:
                part.replace(self.path / f"page-{len(self.pages()) + 1:05}.scan")
                sync_folder(self.path)

    def remove(self) -> None:
        """Take the batch away; the note last, so that a crash in between is not taken for a scan."""
        with named_failures():
            for page in (*self.pages(), self.path / PART):
                page.unlink(missing_ok=True)
            shutil.rmtree(self.path, ignore_errors=True)


def batches_in(folder: Path) -> Iterator[BatchFolder]:
    """Yield the batches that lie in a scan folder; none where it is away."""
    try:
        found = sorted(entry.name for entry in os.scandir(folder) if entry.name.startswith(PREFIX))
    except OSError:
        return
    yield from (BatchFolder(folder / name) for name in found)


def as_found(batch: ScanBatch) -> ScanBatch:
    """Return a batch that nobody holds: what was under way then is not any more."""
    if batch.state is not BatchState.RUNNING:
        return batch
    return replace(batch, state=BatchState.STOPPED, trouble=ScanInterrupted.__name__)


@contextmanager
def named_failures() -> Iterator[None]:
    """Turn what the system says about the folder into ``DiskFull`` or ``ScanFolderAway``."""
    try:
        with disk_full_named():
            yield
    except OSError as error:
        raise ScanFolderAway(name=Path(str(error.filename or "")).parent.name, why=error.strerror or "") from error
