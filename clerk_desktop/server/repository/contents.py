"""Content on its way in, and content files: hashed as it comes, forced to disk, then moved to its place.

Up to some pages it stays in memory for ``small_contents``; beyond that nothing here holds a content in memory. A
content file never changes once it has its place; several objects may refer to it. Which files are still referred to is
known by the database only; ``forget_orphans`` is told.
"""

from __future__ import annotations

import hashlib
import io
import os
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

CHUNK = 1 << 18
"""Bytes read or written at once."""
SMALL = 1 << 16
"""Content of at most so many bytes does not become a file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """Complete content: small ``data``, or a temporary ``file``. ``length`` in bytes, ``sha256`` in lower-case hex."""

    data: bytes
    file: Path | None
    length: int
    sha256: str
    media_type: str
    file_name: str

    def open(self) -> BinaryIO:
        """Open it for reading."""
        return io.BytesIO(self.data) if self.file is None else self.file.open("rb")


class Receiver:
    """Takes content chunk by chunk. Left without ``finish``, it removes the temporary file."""

    def __init__(self, folder: Path, *, durable: bool) -> None:
        self._folder = folder
        self._file: Path | None = None
        self._durable = durable
        self._small = bytearray()
        self._stream: BinaryIO | None = None
        self._hash = hashlib.sha256()
        self._length = 0
        self._finished = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is not None:
            self._stream.close()
            if not self._finished and self._file is not None:
                self._file.unlink(missing_ok=True)

    def write(self, chunk: bytes) -> None:
        """Append bytes. Raises ``OSError`` when the disk is full."""
        self._hash.update(chunk)
        self._length += len(chunk)
        if self._stream is not None:
            _write_all(self._stream, chunk)
            return
        self._small += chunk
        if self._length > SMALL:
            self._file = self._folder / uuid.uuid4().hex
            self._stream = self._file.open("xb", buffering=0)
            _write_all(self._stream, self._small)
            self._small.clear()

    def finish(self, media_type: str, file_name: str) -> Received:
        """Force the bytes of a file to disk and return what was received."""
        if self._stream is not None:
            if self._durable:
                os.fsync(self._stream.fileno())
            self._stream.close()
        self._finished = True
        return Received(
            data=bytes(self._small),
            file=self._file,
            length=self._length,
            sha256=self._hash.hexdigest(),
            media_type=media_type,
            file_name=file_name,
        )


def _write_all(stream: BinaryIO, data: bytes | bytearray) -> None:
    view = memoryview(data)
    while view:
        written = stream.write(view)
        view = view[written:]


class Contents:
    """The content files of one data folder. Safe to use from many threads."""

    def __init__(self, folder: Path) -> None:
        self._kept = folder / "kept"
        self._incoming = folder / "incoming"
        self._kept.mkdir(parents=True, exist_ok=True)
        self._incoming.mkdir(parents=True, exist_ok=True)

    def receive(self, *, durable: bool = True) -> Receiver:
        """Start to take content. ``durable`` False leaves forcing it to disk to ``force_all``."""
        return Receiver(self._incoming, durable=durable)

    def place(self, file: Path, *, durable: bool = True) -> str:
        """Move a received file to its place and return its id."""
        content_id = uuid.uuid4().hex
        place = self._place(content_id)
        new_folder = not place.parent.exists()
        place.parent.mkdir(exist_ok=True)
        file.replace(place)
        if durable:
            _force_folder(place.parent)
            if new_folder:
                _force_folder(self._kept)
        return content_id

    def open(self, content_id: str) -> BinaryIO:
        """Open content for reading. Raises ``FileNotFoundError``."""
        return self._place(content_id).open("rb")

    def chunks(self, content_id: str) -> Iterator[bytes]:
        """Return the bytes of a content piece by piece."""
        with self.open(content_id) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk

    def discard(self, received: Received) -> None:
        """Remove received content that was not placed."""
        if received.file is not None:
            received.file.unlink(missing_ok=True)

    def remove(self, content_id: str) -> None:
        """Remove content. A file that cannot be removed, as while it is read elsewhere (Windows), stays until the next
        start: what refers to it is gone already, and nobody must be told otherwise.
        """
        with suppress(OSError):
            self._place(content_id).unlink(missing_ok=True)

    def forget_orphans(self, referred: Callable[[Iterable[str]], set[str]]) -> int:
        """Remove what no object refers to and half-received files; return how many. Only while nobody writes.

        ``referred`` returns those of the given content ids that objects refer to.
        """
        orphans = list(self._incoming.iterdir())
        for folder in self._kept.iterdir():
            ids = {file.name: file for file in folder.iterdir()}
            known = referred(ids)
            orphans.extend(file for content_id, file in ids.items() if content_id not in known)
        for file in orphans:
            with suppress(PermissionError):
                file.unlink(missing_ok=True)
        return len(orphans)

    def force_all(self) -> None:
        """Force everything written so far to disk, where the system can do that at once."""
        if hasattr(os, "sync"):
            os.sync()

    def _place(self, content_id: str) -> Path:
        return self._kept / content_id[:2] / content_id


def _force_folder(folder: Path) -> None:
    """Make a new name in a folder durable. Windows does that with the file and cannot open folders."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
