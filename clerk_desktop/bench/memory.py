"""How much memory a process occupies."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS, psapi.h."""

        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("WorkingSetSize", ctypes.c_size_t),
            ("QuotaPeakPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPeakNonPagedPoolUsage", ctypes.c_size_t),
            ("QuotaNonPagedPoolUsage", ctypes.c_size_t),
            ("PagefileUsage", ctypes.c_size_t),
            ("PeakPagefileUsage", ctypes.c_size_t),
        )

    _MAY_ASK = 0x1000 | 0x0010
    """PROCESS_QUERY_LIMITED_INFORMATION and PROCESS_VM_READ."""

    def resident_bytes(pid: int | None = None) -> int:
        """Return the resident set of this process, or of another one of ours, in bytes."""
        counters = _Counters(cb=ctypes.sizeof(_Counters))
        open_process = ctypes.windll.kernel32.OpenProcess
        open_process.restype = wintypes.HANDLE
        process = wintypes.HANDLE(open_process(_MAY_ASK, False, pid or os.getpid()))
        ctypes.windll.psapi.GetProcessMemoryInfo(process, ctypes.byref(counters), counters.cb)
        ctypes.windll.kernel32.CloseHandle(process)
        return int(counters.WorkingSetSize)

else:

    def resident_bytes(pid: int | None = None) -> int:
        """Return the resident set of this process, or of another one of ours, in bytes."""
        return int(Path(f"/proc/{pid or 'self'}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
