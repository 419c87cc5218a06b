"""Encrypted content as files whose names tell nothing: whole or not there, whatever happens while they are written.

Leaves the form of such a file to ``store.blob_format``.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import io
import os
import secrets
import sys
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from clerk_desktop.model.errors import ContentDamaged, NotKnown
from clerk_desktop.store.blob_format import BlobReader, BlobWriter
from clerk_desktop.store.keys import Keys
from clerk_desktop.system.clock import Clock
from clerk_desktop.system.files import disk_full_named, sync_folder
from clerk_desktop.system.locks import lock_now

CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
ORPHAN_SECONDS = 3600.0
PARTS = "parts"
GOING = ".going-"
TRIES = 3
BUFFER = 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A piece of content that is here: bytes on the disk, and when it was last used (seconds since 1970)."""

    sha256: str
    size: int
    used_at: float


@dataclass(frozen=True, kw_only=True, slots=True)
class BlobInfo:
    """What a piece of content is: SHA-256 (hexadecimal, lower case) and length in bytes of its plain text."""

    sha256: str
    length: int


class Blobs:
    """The content of one store; ``folder`` is ``Profile.blobs``. May be used by any number of threads and processes."""

    def __init__(self, folder: Path, keys: Keys, clock: Clock) -> None:
        self._folder = folder
        self._keys = keys
        self._clock = clock

    def put(self, chunks: Iterable[bytes]) -> BlobInfo:
        """Keep content, read once from front to end; what is there already is kept as it is.

        When this returns, the content survives a power cut. Raises ``DiskFull``; errors of the source pass through.
        Either way nothing is left behind.
        """
        digest = hashlib.sha256()
        with disk_full_named(), self._part() as (file, place):
            writer = BlobWriter(file, self._keys.blob_content)
            for chunk in chunks:
                digest.update(chunk)
                writer.write(chunk)
            info = BlobInfo(sha256=digest.hexdigest(), length=writer.length)
            writer.finish(self._name(info.sha256))
            file.flush()
            os.fsync(file.fileno())
            self.used(info.sha256)
            if not self._intact(info):
                now = self._clock.now().timestamp()
                os.utime(place, (now, now))
                self._publish(file, place, self._path(info.sha256))
        return info

    def put_bytes(self, content: bytes) -> BlobInfo:
        """Keep content that is in memory."""
        return self.put((content,))

    def open(self, sha256: str, buffer: int = BUFFER) -> BinaryIO:
        """Return a seekable reader. Raises ``NotKnown``; reading raises ``ContentDamaged`` for a changed chunk.

        What is found damaged is put aside: from then on it counts as missing and is fetched again where a server has
        it. ``buffer``: bytes read at once; small where little is read at many places.
        """
        path = self._path(sha256)
        try:
            file = self._opened(path)
        except FileNotFoundError as error:
            if _aside(path).exists():
                raise ContentDamaged from error
            raise NotKnown(what=sha256) from error
        try:
            reader = BlobReader(file, self._keys.blob_content, self._name(sha256), lambda: _put_aside(path))
            return io.BufferedReader(reader, buffer)
        except BaseException:
            file.close()
            raise

    def read(self, sha256: str) -> bytes:
        """Return all content. Raises ``NotKnown``, ``ContentDamaged``."""
        with self.open(sha256) as file:
            return file.read()

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """Yield the content in pieces of 1 MiB at most. Raises ``NotKnown``, ``ContentDamaged``."""
        with self.open(sha256) as file:
            while piece := file.read(BUFFER):
                yield piece

    def length(self, sha256: str) -> int:
        """Return the content's length in bytes, checked. Raises ``NotKnown``, ``ContentDamaged``."""
        with self.open(sha256) as file:
            return file.seek(0, io.SEEK_END)

    def has(self, sha256: str) -> bool:
        """Tell whether the content is here."""
        return self._path(sha256).exists()

    def used(self, sha256: str) -> None:
        """Note that somebody looks at the content now; what is not there is fine."""
        now = self._clock.now().timestamp()
        with contextlib.suppress(OSError):
            os.utime(self._path(sha256), (now, now))

    def is_used_after(self, sha256: str, before: datetime) -> bool:
        """Tell whether somebody used the content after ``before`` (aware); what is not here nobody uses."""
        try:
            return self._is_used_after(self._path(sha256), before.timestamp())
        except FileNotFoundError:
            return False
        except PermissionError:
            return True

    def remove(self, sha256: str) -> None:
        """Forget content; what is not there is fine, and what somebody reads on Windows is left to the next sweep."""
        _unlink(self._path(sha256))

    def release(self, sha256: str, before: datetime) -> bool:
        """Forget content that was not used after ``before`` (aware). False where it stays, as it is being written anew.

        Moved aside first and looked at again, so that whoever writes the same content meanwhile finds it missing or
        gets it back.
        """
        return self._let_go(self._path(sha256), before.timestamp())

    def size(self) -> int:
        """Return how many bytes all content takes on the disk."""
        return sum(size for size, _ in self._files().values())

    def held(self, hashes: Iterable[str]) -> tuple[Held, ...]:
        """Return which of these are here; one look at the folder for any number of them."""
        files = self._files()
        if not files:
            return ()
        named = ((sha256, files.get(self._name(sha256))) for sha256 in dict.fromkeys(hashes))
        return tuple(Held(sha256=sha256, size=file[0], used_at=file[1]) for sha256, file in named if file)

    def sweep(self, keep: Set[str], younger_than: timedelta = timedelta(days=1)) -> int:
        """Remove content that is not in ``keep`` (hashes), damaged or not; returns how many pieces.

        What was written or used in the last day stays: the transaction that names it may still be under way.
        """
        names = {self._name(sha256) for sha256 in keep}
        before = (self._clock.now() - younger_than).timestamp()
        rest = (path for path in self._folder.glob("[0-9a-f][0-9a-f]/*") if path.name.partition(".")[0] not in names)
        return sum(self._let_go(path, before) for path in rest)

    def clear_leftovers(self) -> int:
        """Remove what writers left behind that ended too early; those of living writers stay. Returns how many.

        What somebody was about to let go when they ended is put back: it may have been wanted again by then.
        """
        removed = 0
        for path in (self._folder / PARTS).glob("*"):
            if GOING in path.name:
                self._put_back(path)
            elif self._is_orphan(path):
                with contextlib.suppress(PermissionError):  # Windows: somebody has it open
                    path.unlink(missing_ok=True)
                    removed += 1
        return removed

    def _let_go(self, path: Path, limit: float) -> bool:
        """Remove a file that was not used after ``limit`` (seconds since 1970); False where it stays."""
        aside = self._folder / PARTS / f"{path.name}{GOING}{secrets.token_hex(4)}"
        try:
            if self._is_used_after(path, limit):
                return False
            aside.parent.mkdir(mode=0o700, exist_ok=True)
            path.replace(aside)
        except FileNotFoundError:
            return True
        except PermissionError:
            return False
        try:
            if aside.stat().st_mtime > limit:
                aside.replace(path)
                return False
            aside.unlink()
        except (FileNotFoundError, PermissionError):  # another process put it back, or reads it (Windows)
            return False
        return True

    def _is_used_after(self, path: Path, limit: float) -> bool:
        """Tell whether a file was used after ``limit``. One that was used later than now, as a clock said that was put
        back since, counts from now on: it must not stay until then.
        """
        now, used = self._clock.now().timestamp(), path.stat().st_mtime
        if used > now:
            os.utime(path, (now, now))
        return used > limit

    def _opened(self, path: Path) -> io.FileIO:
        """Open a file, also one that somebody is just about to let go: who reads it needs it."""
        for _ in range(TRIES):
            with contextlib.suppress(FileNotFoundError):
                return io.FileIO(path)
            for aside in (self._folder / PARTS).glob(f"{path.name}{GOING}*"):
                self._put_back(aside)
        return io.FileIO(path)

    def _put_back(self, aside: Path) -> None:
        name = aside.name.partition(GOING)[0]
        path = self._folder / name[:2] / name
        with contextlib.suppress(FileNotFoundError, PermissionError):  # whoever lets it go is alive and was faster
            if path.exists():
                aside.unlink()
            else:
                now = self._clock.now().timestamp()
                os.utime(aside, (now, now))  # whoever wants it uses it: it must not go at the next look
                aside.replace(path)

    def _files(self) -> dict[str, tuple[int, float]]:
        found = {}
        for path in self._folder.glob("[0-9a-f][0-9a-f]/*"):
            with contextlib.suppress(FileNotFoundError):
                status = path.stat()
                found[path.name] = status.st_size, status.st_mtime
        return found

    @contextmanager
    def _part(self) -> Iterator[tuple[BinaryIO, Path]]:
        """Give a file to write to that is gone at the end unless it was renamed; locked while its writer lives."""
        folder = self._folder / PARTS
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        while True:
            place = folder / secrets.token_hex(16)
            file = os.fdopen(os.open(place, CREATE, 0o600), "wb")
            if sys.platform == "win32" or lock_now(file.fileno()):
                break
            file.close()  # a sweeper was faster than our lock
        try:
            yield file, place
        finally:
            try:
                file.close()  # writes what is left, for which a full disk has no room
            finally:
                place.unlink(missing_ok=True)

    def _publish(self, file: BinaryIO, place: Path, target: Path) -> None:
        if not target.parent.exists():
            target.parent.mkdir(mode=0o700, exist_ok=True)
            sync_folder(self._folder)
        if sys.platform == "win32":
            file.close()  # an open file cannot be renamed there; elsewhere it stays locked against sweepers
        place.replace(target)
        sync_folder(target.parent)

    def _is_orphan(self, path: Path) -> bool:
        try:
            if sys.platform == "win32":
                return self._clock.now().timestamp() - path.stat().st_mtime > ORPHAN_SECONDS
            descriptor = os.open(path, os.O_RDWR)
        except OSError:
            return False
        try:
            return lock_now(descriptor)
        finally:
            os.close(descriptor)

    def _intact(self, info: BlobInfo) -> bool:
        try:
            return self.length(info.sha256) == info.length
        except (NotKnown, ContentDamaged):
            return False

    def _name(self, sha256: str) -> str:
        return hmac.digest(self._keys.blob_names, sha256.encode(), "sha256").hex()

    def _path(self, sha256: str) -> Path:
        name = self._name(sha256)
        return self._folder / name[:2] / name


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.damaged")


def _put_aside(path: Path) -> None:
    """Keep a damaged file under another name; Windows keeps it in place while it is read, until it is read again."""
    with contextlib.suppress(FileNotFoundError, PermissionError):
        path.replace(_aside(path))


def _unlink(path: Path) -> bool:
    """Remove a file; False where Windows keeps it because somebody has it open."""
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        if sys.platform == "win32":
            return False
        else:  # noqa: RET505 - so that the type checker sees one branch per platform
            raise
    return True
