"""A scan folder that becomes read-only under a running station: a small tmpfs that is mounted anew without writing.

As ``full_disk``: seen only by the child process. ``strike`` does it to the one of a running station.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.disaster import Ground
from tests.faults.full_disk import run_on_small_disk

TOLD = "der Scanordner lässt sich nur noch lesen"
TRIES = 20
SWITCH = """
import subprocess, sys
def read_only():
    subprocess.run(["mount", "-o", "remount,ro", sys.argv[1]], check=True)
def writable_again():
    subprocess.run(["mount", "-o", "remount,rw", sys.argv[1]], check=True)
"""


def run_with_folder_that_becomes_read_only(program: str, folder: Path, kilobytes: int = 6000) -> list[str]:
    """Run Python code that has ``read_only()`` and ``writable_again()`` for the folder in ``sys.argv[1]``."""
    return run_on_small_disk(SWITCH + program, folder, kilobytes)


@contextmanager
def strike(ground: Ground) -> Iterator[Callable[[], int]]:
    """Mount the folder on itself and take the right to write away; counted when a file cannot be made there."""
    assert ground.disk is not None
    folder = str(ground.disk.place / ground.scans.name)
    ground.disk.mount("--bind", folder, folder)

    def refuses() -> int:
        canary = ground.scans / ".canary.part"
        try:
            canary.touch()
        except OSError as error:
            return int(error.errno == errno.EROFS)
        canary.unlink()
        return 0

    try:
        any(ground.disk.mount("-o", "remount,bind,ro", folder) for _ in range(TRIES))
        yield refuses
    finally:
        ground.disk.umount(folder)
