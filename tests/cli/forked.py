"""Commands as processes of their own that begin where the program has been read in: a cold start costs three times what
most commands do. They are forked from a process that nobody else works in (``multiprocessing``'s fork server).
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

_GIVEN, _OUT, _TOLD = "stdin", "stdout", "stderr"
_READ_IN = ["clerk_desktop.cli.parser", "clerk_desktop.backend.entry", "clerk_desktop.store.office"]


def finished(
    words: Sequence[str], environment: Mapping[str, str], given: str, timeout: float
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end. ``subprocess.TimeoutExpired`` after ``timeout`` seconds; it is ended then."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_READ_IN)
    with TemporaryDirectory(prefix="clerk-forked-") as name:
        folder = Path(name)
        (folder / _GIVEN).write_text(given, encoding="utf-8")
        process = context.Process(target=_command, args=(list(words), dict(environment), name))
        process.start()
        process.join(timeout)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(list(words), timeout)
        code = process.exitcode
        process.close()
        out, told = ((folder / stream).read_text(encoding="utf-8") for stream in (_OUT, _TOLD))
    return subprocess.CompletedProcess(list(words), code, out, told)


def _command(words: list[str], environment: dict[str, str], folder: str) -> None:
    """In the new process: be what ``python -m clerk_desktop`` is."""
    os.environ.clear()
    os.environ.update(environment)
    for number, name in enumerate((_GIVEN, _OUT, _TOLD)):
        opened = os.open(Path(folder, name), os.O_RDWR | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - as long as the process
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.argv = ["clerk-desktop", *words]
    from clerk_desktop.cli.main import main

    sys.exit(main())
