"""Opens a scan so that nobody else is writing to it. Reads nothing of it and judges nothing.

On Windows the file is opened without sharing for writing (CreateFileW, ``dwShareMode``). On Linux the kernel is asked
for a read lease, which it only gives when nobody has the file open for writing (fcntl(2), "Leases"); network shares
and files of other owners know no leases, there the quiet time alone decides. Symbolic links and devices are refused:
they could lead out of the folder, or never end.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO, Protocol

from clerk_desktop.model.errors import FileRefused, RefusalReason

if sys.platform == "win32":
    import ctypes
    import msvcrt

    GENERIC_READ = 0x80000000
    SHARE_READ_ONLY = 0x1  # FILE_SHARE_READ: a virus scanner may look, nobody may write or delete
    OPEN_EXISTING = 3
    FLAGS = 0x08000000 | 0x00200000  # FILE_FLAG_SEQUENTIAL_SCAN | FILE_FLAG_OPEN_REPARSE_POINT
    SHARING_VIOLATION, LOCK_VIOLATION, NO_FILE, NO_PATH = 32, 33, 2, 3
    INVALID_HANDLE = ctypes.c_void_p(-1).value
else:
    import fcntl
    import signal


class Opener(Protocol):
    """Opens a scan for reading. Raises ``FileNotFoundError``, and ``FileRefused`` with the reason."""

    def __call__(self, path: Path) -> BinaryIO:
        """Return the open file; the caller closes it."""
        ...


def open_exclusively(path: Path) -> BinaryIO:
    """Open a regular file that nobody writes to.

    Raises ``FileNotFoundError`` and ``FileRefused``: ``IN_USE``, ``UNREADABLE`` or ``NOT_A_FILE``.
    """
    file = os.fdopen(_descriptor(path), "rb")
    try:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise FileRefused(RefusalReason.NOT_A_FILE)
        if _somebody_writes(file.fileno()):
            raise FileRefused(RefusalReason.IN_USE)
    except BaseException:
        file.close()
        raise
    return file


if sys.platform == "win32":

    def _descriptor(path: Path) -> int:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateFileW.restype = ctypes.c_void_p
        # The prefix lifts the limit of 260 characters ("Maximum Path Length Limitation").
        name = "\\\\?\\" + str(path.absolute()) if not str(path).startswith("\\\\") else str(path)
        handle = kernel.CreateFileW(name, GENERIC_READ, SHARE_READ_ONLY, None, OPEN_EXISTING, FLAGS, None)
        if handle is None or handle == INVALID_HANDLE:
            code = ctypes.get_last_error()
            if code in (SHARING_VIOLATION, LOCK_VIOLATION):
                raise FileRefused(RefusalReason.IN_USE)
            if code in (NO_FILE, NO_PATH):
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
            raise FileRefused(RefusalReason.UNREADABLE)
        if path.is_symlink():
            kernel.CloseHandle(ctypes.c_void_p(handle))
            raise FileRefused(RefusalReason.NOT_A_FILE)
        return msvcrt.open_osfhandle(handle, os.O_RDONLY)

    def _somebody_writes(descriptor: int) -> bool:
        return False  # then the file would not have opened

else:

    def _descriptor(path: Path) -> int:
        try:
            # Without O_NONBLOCK a named pipe would wait for a writer for ever.
            return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            raise
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.ENXIO, errno.EISDIR):
                raise FileRefused(RefusalReason.NOT_A_FILE) from error
            if error.errno in (errno.EBUSY, errno.ETXTBSY, errno.EAGAIN):
                raise FileRefused(RefusalReason.IN_USE) from error
            raise FileRefused(RefusalReason.UNREADABLE) from error

    def _somebody_writes(descriptor: int) -> bool:
        if sys.platform != "linux":
            return False
        try:
            # A writer that comes while the lease is held is announced by a signal whose default is to end the
            # process (SIGIO): ask for one that is ignored by default instead.
            fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        except OSError as error:
            return error.errno == errno.EAGAIN
        return False
