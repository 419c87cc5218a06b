"""The form of an encrypted file: chunks that can be read one by one, each of which is noticed when it was changed.

Format 1: header ``CLKB``, version byte, 32 random bytes; then chunks of 64 KiB of plain text, each sealed with
AES-256-GCM (16 bytes more), the last one full or shorter. The file's own key is derived from the random bytes
(HKDF-SHA256, RFC 5869), so that no nonce repeats. Nonce: chunk number (11 bytes) and last-flag, as in STREAM (Hoang,
Reyhanitabar, Rogaway, Vizár: "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", 2015).
Associated data: the header, for the last chunk also the file's name. So a chunk that was changed, moved, dropped, added
or taken from another file is noticed, and a file under another's name too; opening checks the last chunk.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

from clerk_desktop.model.errors import ContentDamaged
from clerk_desktop.store.keys import hkdf

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 64 * 1024
TAG = 16
SEALED = CHUNK + TAG
MAGIC = b"CLKB\x01"
SALT_LENGTH = 32
HEADER_LENGTH = len(MAGIC) + SALT_LENGTH
PURPOSE = b"clerk-desktop 1 one blob"


def _cipher(key: bytes, header: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # a list of cases is read without it

    return AESGCM(hkdf(key, header[len(MAGIC) :], PURPOSE))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


class BlobWriter:
    """Seals content into ``file``, front to end; ``key`` is the key for all content."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file = file
        self._header = MAGIC + secrets.token_bytes(SALT_LENGTH)
        self._cipher = _cipher(key, self._header)
        self._pending = bytearray()
        self._number = 0
        self.length = 0
        file.write(self._header)

    def write(self, content: bytes) -> None:
        """Take more content, of any size. Raises what the file raises."""
        self.length += len(content)
        self._pending += content
        start = 0
        while len(self._pending) - start > CHUNK:  # one chunk is always held back: it may be the last
            self._seal(bytes(self._pending[start : start + CHUNK]), last=False, extra=b"")
            start += CHUNK
        del self._pending[:start]

    def finish(self, name: str) -> None:
        """Write the last chunk, bound to the name under which the file will lie."""
        self._seal(bytes(self._pending), last=True, extra=name.encode())
        self._pending.clear()

    def _seal(self, plain: bytes, *, last: bool, extra: bytes) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), plain, self._header + extra))
        self._number += 1


class BlobReader(io.RawIOBase):
    """Reads sealed content from any place; owns ``file``. Raises ``ContentDamaged`` for what was changed.

    ``on_damage`` is called before that.
    """

    def __init__(self, file: BinaryIO, key: bytes, name: str, on_damage: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self._on_damage = on_damage
        self._file = file
        self._position = 0
        self._name = name.encode()
        header = file.read(HEADER_LENGTH)
        sealed = file.seek(0, io.SEEK_END) - HEADER_LENGTH
        if len(header) != HEADER_LENGTH or not header.startswith(MAGIC) or sealed < TAG:
            on_damage()
            raise ContentDamaged
        self._header = header
        self._cipher = _cipher(key, header)
        self._last = (sealed - 1) // SEALED
        self._held: tuple[int, bytes] = (self._last, self._unseal(self._last))
        self._length = self._last * CHUNK + len(self._held[1])

    def readable(self) -> bool:
        """Tell that it reads."""
        return True

    def seekable(self) -> bool:
        """Tell that it seeks."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place in the plain content, in bytes."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._length}[whence]
        if start + offset < 0:
            raise ValueError("a place before the start")
        self._position = start + offset
        return self._position

    def tell(self) -> int:
        """Return the place in the plain content, in bytes."""
        return self._position

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill a buffer with plain content; returns how many bytes, 0 at the end."""
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and self._position < self._length:
            number, start = divmod(self._position, CHUNK)
            piece = self._chunk(number)[start : start + len(view) - filled]
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
            self._position += len(piece)
        return filled

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()

    def _chunk(self, number: int) -> bytes:
        if self._held[0] != number:
            self._held = (number, self._unseal(number))
        return self._held[1]

    def _unseal(self, number: int) -> bytes:
        from cryptography.exceptions import InvalidTag

        self._file.seek(HEADER_LENGTH + number * SEALED)
        last = number == self._last
        sealed = self._file.read(SEALED)
        try:
            return self._cipher.decrypt(_nonce(number, last=last), sealed, self._header + (self._name if last else b""))
        except (InvalidTag, ValueError) as error:
            self._on_damage()
            raise ContentDamaged from error
