"""The OpenCMIS InMemory server as a baseline: the tests of a checkout know how to fetch and start it; it needs Java."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
RUNNER = "tests.interop.inmemory"
READY = "listening on "


class NoBaseline(Exception):
    """The server cannot be run on this machine; says why."""


@contextmanager
def inmemory(heap_mb: int) -> Iterator[str]:
    """Run the server with so much memory for Java; gives its service URL. ``NoBaseline`` where it does not start."""
    if not (CHECKOUT / "tests" / "interop" / "inmemory.py").is_file():
        raise NoBaseline("this is no checkout, whose tests start the OpenCMIS InMemory server")
    if shutil.which("java") is None:
        raise NoBaseline("there is no Java to run the OpenCMIS InMemory server")
    command = [sys.executable, "-m", RUNNER, str(heap_mb)]
    with subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdin is not None
        line = process.stdout.readline()
        if not line.startswith(READY):
            raise NoBaseline("the OpenCMIS InMemory server did not start")
        try:
            yield line.removeprefix(READY).strip()
        finally:
            process.stdin.close()
