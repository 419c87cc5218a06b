"""What a worker process may use: memory, no core dump, low priority for recognition, no life after its host.

Linux: the worker limits itself before it sees any content. Windows: the host puts it into a Job Object.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys

if sys.platform != "win32":
    import resource

_NICENESS = 10
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_SIGKILL = 9


def confine_this_process(memory: int, *, background: bool) -> None:
    """Limit this process to ``memory`` bytes of address space. Does nothing on Windows: there the host does it."""
    if sys.platform != "win32":
        # a core dump would be somebody's letter on the disk
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        if background:
            os.nice(_NICENESS)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)  # also while C code holds everything up
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def creation_flags(*, background: bool) -> int:
    """Return the flags to start a worker with: no console window, low priority in the background (Windows only)."""
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW | (subprocess.BELOW_NORMAL_PRIORITY_CLASS if background else 0)
    else:  # noqa: RET505 - so that the type checker sees one branch per platform
        return 0


class JobObject:
    """A Windows Job Object around one worker: memory limit, and death when the host's handle is gone."""

    def __init__(self, process: subprocess.Popen[bytes], memory: int) -> None:
        self._handle: int | None = None
        if sys.platform == "win32":
            self._handle = _confined(process, memory)

    def close(self) -> None:
        """End what is left in the job."""
        if sys.platform == "win32" and self._handle is not None:
            ctypes.windll.kernel32.CloseHandle(ctypes.c_void_p(self._handle))
            self._handle = None


if sys.platform == "win32":
    _KILL_ON_JOB_CLOSE, _PROCESS_MEMORY, _DIE_ON_UNHANDLED = 0x2000, 0x100, 0x400
    _EXTENDED_LIMIT_INFORMATION = 9

    class _BasicLimits(ctypes.Structure):
        _fields_ = [
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", ctypes.c_uint32),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", ctypes.c_uint32),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", ctypes.c_uint32),
            ("SchedulingClass", ctypes.c_uint32),
        ]

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = [
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]

    def _confined(process: subprocess.Popen[bytes], memory: int) -> int | None:
        kernel = ctypes.windll.kernel32
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        handle = kernel.CreateJobObjectW(None, None)
        if not handle:
            return None
        limits = _ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = _KILL_ON_JOB_CLOSE | _PROCESS_MEMORY | _DIE_ON_UNHANDLED
        limits.ProcessMemoryLimit = memory
        job = ctypes.c_void_p(handle)
        kernel.SetInformationJobObject(job, _EXTENDED_LIMIT_INFORMATION, ctypes.byref(limits), ctypes.sizeof(limits))
        process_handle = int(process._handle)  # type: ignore[attr-defined]
        kernel.AssignProcessToJobObject(job, ctypes.c_void_p(process_handle))
        return int(handle)
