"""A disk that really is full: a small tmpfs in a mount namespace of its own, seen only by the child process.

Needs Linux with ``unshare`` and the right to make a namespace (root, or user namespaces allowed); elsewhere the test is
skipped, loudly. Nothing stays mounted: the namespace ends with the child.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

MOUNT = 'mount -t tmpfs -o size="$1"k,mode=700 clerk-small-disk "$2" && shift 2 && exec "$@"'


LIMITED = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
"""


def run_with_limited_files(program: str, folder: Path) -> list[str]:
    """Run Python code that has ``limit(bytes)`` for the length of every file, and ``sys.argv[1]`` as a folder.

    Needs no rights: what the system says then (EFBIG, setrlimit(2)) counts as a full disk as well.
    """
    if sys.platform == "win32":
        pytest.skip("NO LIMIT OF FILES on Windows, nothing was proven on a full disk")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", LIMITED + program, str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def run_on_small_disk(program: str, folder: Path, kilobytes: int) -> list[str]:
    """Run Python code with ``sys.argv[1]`` as a folder on a disk of that size; returns the lines it printed."""
    folder.mkdir(parents=True, exist_ok=True)
    if (unshare := shutil.which("unshare")) is None:
        pytest.skip("NO SMALL DISK: unshare is not there, nothing was proven on a full disk")
    space = [unshare, "--mount"] if os.geteuid() == 0 else [unshare, "--map-root-user", "--mount"]
    shell = [*space, "sh", "-c", MOUNT, "sh", str(kilobytes), str(folder)]
    if subprocess.run([*shell, "true"], capture_output=True, check=False).returncode:
        pytest.skip("NO SMALL DISK: no right to mount in a namespace, nothing was proven on a full disk")
    done = subprocess.run(
        [*shell, sys.executable, "-W", "error", "-c", program, str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
