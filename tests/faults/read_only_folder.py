"""A scan folder that becomes read-only under a running station: a small tmpfs that is mounted anew without writing.

As ``full_disk``: seen only by the child process, needs Linux with ``unshare`` and the right to make a namespace.
"""

from __future__ import annotations

from pathlib import Path

from tests.faults.full_disk import run_on_small_disk

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
