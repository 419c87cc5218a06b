"""How a worker process is started: its command line and the little it may know of the environment."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import clerk_desktop
from clerk_desktop.workers.channel import ChannelKind

WORKER_FLAG = "--worker"
# A process that opens foreign files has no business with passphrases, tokens, proxies or the display.
_PASSED_ON = (
    "PATH",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "PROGRAMFILES",
    "PROGRAMFILES(X86)",
    "LOCALAPPDATA",
    "LD_LIBRARY_PATH",
    "TESSDATA_PREFIX",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONPYCACHEPREFIX",
)


def command_line(abilities: str, channel: ChannelKind, memory: int, *, background: bool) -> list[str]:
    """Return the command of a worker: our own interpreter, or the frozen program itself."""
    frozen = bool(getattr(sys, "frozen", False))
    # -P: the current directory may be a scan folder and must not be a place to import from
    start = [sys.executable, WORKER_FLAG] if frozen else [sys.executable, "-P", "-m", "clerk_desktop.workers.process"]
    options = [f"--abilities={abilities}", f"--channel={channel.value}", f"--memory={memory}"]
    return [*start, *options, *(["--background"] if background else [])]


def environment(ours: Mapping[str, str], tessdata: Path | None) -> dict[str, str]:
    """Return the environment of a worker."""
    passed = {name: value for name, value in ours.items() if name.upper() in _PASSED_ON}
    passed["OMP_THREAD_LIMIT"] = "1"  # Tesseract's threads only slow it down, measured 2.2 times
    package = str(Path(clerk_desktop.__file__).parents[1])
    passed["PYTHONPATH"] = os.pathsep.join(path for path in (package, ours.get("PYTHONPATH", "")) if path)
    if tessdata is not None:
        passed["TESSDATA_PREFIX"] = str(tessdata)
    return passed
