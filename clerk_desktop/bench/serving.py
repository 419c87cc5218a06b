"""The embedded server in a process of its own, as a real one is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

READY = "listening on "


@contextmanager
def served(data: Path) -> Iterator[tuple[str, int]]:
    """Serve a data folder; gives the service URL and the number of the process."""
    command = [sys.executable, "-m", "clerk_desktop", "serve", "--data", str(data), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line.startswith(READY):
            raise RuntimeError("the server did not start")
        try:
            yield line.removeprefix(READY).strip(), process.pid
        finally:
            process.terminate()
