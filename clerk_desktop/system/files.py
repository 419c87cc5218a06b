"""Small files written whole or not at all, and what the system says when a disk is full."""

from __future__ import annotations

import errno
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clerk_desktop.model.errors import DiskFull

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def disk_full_named() -> Iterator[None]:
    """Turn "no space left", "quota used up" and "file too large" of the operating system into ``DiskFull``."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull from error
        raise


def is_folder(path: Path) -> bool:
    """Tell whether a folder is there. One that cannot be asked about counts as absent: a share whose server is down, a
    disk that fails, a name that is too long. ``Path.is_dir`` raises ``OSError`` for these.
    """
    return os.path.isdir(path)  # noqa: PTH112


def sync_folder(folder: Path) -> None:
    """Make renames in a folder last. Windows does that by itself and cannot open folders."""
    if sys.platform == "win32":
        return
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a crash leaves the old content or the new, never a part. Raises ``DiskFull``."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with disk_full_named():
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        sync_folder(path.parent)
