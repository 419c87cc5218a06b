"""The bytes of a foreign file, whole and in memory, and a stream over them that copies nothing."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class AwaitedContent:
    """Content in memory whose bytes come when they are read; ``need`` waits for those from a start to a stop."""

    def __init__(self, view: memoryview, need: Callable[[int, int], None]) -> None:
        self._view = view
        self._need = need

    def __len__(self) -> int:
        return len(self._view)

    def __getitem__(self, part: slice) -> memoryview:
        start, stop, _ = part.indices(len(self._view))
        self._need(start, max(start, stop))
        return self._view[part]


Content = bytes | memoryview | AwaitedContent


class ContentStream(io.RawIOBase):
    """A readable, seekable stream over content in place. ``BytesIO`` would copy a shared 2 GB file per reader."""

    def __init__(self, content: Content) -> None:
        super().__init__()
        self._view = content if isinstance(content, AwaitedContent) else memoryview(content)
        self._place = 0

    def readable(self) -> bool:  # noqa: D102 - as in io.RawIOBase
        return True

    def seekable(self) -> bool:  # noqa: D102 - as in io.RawIOBase
        return True

    def tell(self) -> int:  # noqa: D102 - as in io.RawIOBase
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:  # noqa: D102 - as in io.RawIOBase
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: len(self._view)}[whence]
        if start + offset < 0:
            raise OSError("seek before the start")
        self._place = start + offset
        return self._place

    def readinto(self, buffer: WriteableBuffer) -> int:  # noqa: D102 - as in io.RawIOBase
        target = memoryview(buffer).cast("B")
        piece = self._view[self._place : self._place + len(target)]
        target[: len(piece)] = piece
        self._place += len(piece)
        return len(piece)

    def close(self) -> None:
        """Let go of the content, so that its memory can be given back."""
        super().close()
        if isinstance(self._view, memoryview):
            self._view.release()


def stream(content: Content) -> io.BufferedReader:
    """Return a buffered stream over ``content``; closing it lets the content go."""
    return io.BufferedReader(ContentStream(content))


def native(content: bytes | memoryview) -> bytes | ctypes.Array[ctypes.c_char]:
    """Return ``content`` in a form that C code reads in place; only a read-only view has to be copied."""
    if isinstance(content, bytes):
        return content
    if content.readonly:
        return bytes(content)
    return (ctypes.c_char * len(content)).from_buffer(content)


def for_pdfium(content: Content) -> bytes | ctypes.Array[ctypes.c_char] | io.BufferedReader:
    """Return ``content`` as PDFium reads it best: in place, or through a stream where its bytes are still to come."""
    return stream(content) if isinstance(content, AwaitedContent) else native(content)
