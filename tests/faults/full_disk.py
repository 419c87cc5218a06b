"""A disk that really is full: a small one of its own, seen only by the child process (``small_disk.py``).

Where nobody may mount one, the test is skipped, loudly. ``strike`` fills the one that a station runs on.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.disaster import Ground
from tests.faults.small_disk import small_disk

TOLD = "der Datenträger von Programm und Scanordner läuft voll"
BLOCK = 4096
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
    with small_disk(folder, kilobytes) as disk:
        if disk is None:
            pytest.skip("NO SMALL DISK: no right to mount in a namespace, nothing was proven on a full disk")
        done = subprocess.run(
            [*disk.under, sys.executable, "-W", "error", "-c", program, str(folder)],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def take_all(free: Callable[[], int], take: Callable[[int], None]) -> None:
    """Take all that is free, in bytes, although others take of it meanwhile: then less is tried, one block at least."""
    most = free()
    while piece := min(most, free()):
        try:
            take(piece)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            if piece <= BLOCK:
                return
            most = max(BLOCK, piece // 2)


@contextmanager
def strike(ground: Ground) -> Iterator[Callable[[], int]]:
    """Take all that is left of the disk; counted when not one block is free, some time later as well."""
    assert ground.disk is not None
    place = ground.disk.seen(ground.disk.place)
    filler = place / "filler"

    def free() -> int:
        left = os.statvfs(place)
        return left.f_bavail * left.f_frsize

    try:
        with filler.open("wb", buffering=0) as file:
            take_all(free, lambda size: os.posix_fallocate(file.fileno(), file.seek(0, os.SEEK_END), size))
        yield lambda: int(free() < BLOCK)
    finally:
        filler.unlink()
