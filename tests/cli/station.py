"""A server and stations as real processes, driven only through the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from clerk_desktop.system.paths import Profile
from clerk_desktop.system.secrets import Unkept
from clerk_desktop.system.unlock import Stretching, unlock
from tests.cli.forked import finished

PROGRAM = (sys.executable, "-m", "clerk_desktop")
PASSPHRASE = "offener Sesam 7"
PASSWORD = "demo"
ROOT = Path(__file__).parents[2]
CHEAP = Stretching(memory_kib=64, passes=1, lanes=1)


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a command runs with: the checkout, a passphrase instead of a keyring, one OCR thread per process."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "CLERK_DESKTOP_PASSPHRASE": PASSPHRASE,
        "OMP_THREAD_LIMIT": "1",
        **(more or {}),
    }


@dataclass(frozen=True, kw_only=True)
class Station:
    """One profile. ``run`` returns the finished command, ``json`` its parsed document.

    ``program``: how it is started, each time cold where that is not as usual; ``under``: words before it, such as one
    that takes rights away; ``more``: further environment.
    ``as_shipped``: the first command makes the profile, and each is started cold; else the profile is there, with a key
    that is cheap to unlock and the shortest rest for scans that can be set.
    """

    home: Path
    as_shipped: bool = False
    program: tuple[str, ...] = PROGRAM
    under: tuple[str, ...] = ()
    more: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.as_shipped:
            unlock(Profile(self.home), PASSPHRASE, Unkept(), CHEAP)
            self.set()

    def set(self, **values: str | Path) -> None:
        """Write the user's settings, in place of earlier ones."""
        lines = [f"{name} = '{value}'\n" for name, value in values.items()]
        (self.home / "settings.toml").write_text(
            "quiet_seconds = 0.5\nscanner_search_seconds = 0\n" + "".join(lines), encoding="utf-8"
        )

    def run(self, *words: str, given: str = "", timeout: float = 300, expect: int | None = 0) -> str:
        """Run a command to its end and check its exit code; returns standard output."""
        done = self._finished(words, given, timeout)
        if expect is not None:
            assert done.returncode == expect, f"{words}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def exit_code(self, *words: str, given: str = "") -> tuple[int, str]:
        """Run a command and return its exit code and what it told on standard error."""
        done = self._finished(words, given, 300)
        return done.returncode, done.stderr

    def _finished(self, words: tuple[str, ...], given: str, timeout: float) -> subprocess.CompletedProcess[str]:
        words = ("--home", str(self.home), *words)
        if sys.platform != "win32" and not self.under and not self.as_shipped:
            return finished(words, environment(self.more), given, timeout)
        return subprocess.run(
            [*self.under, *self.program, *words],
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            env=environment(self.more),
            check=False,
        )

    def json(self, *words: str, expect: int | None = 0) -> Any:
        """Run a command with ``--json`` and return its document."""
        return json.loads(self.run(*words, "--json", expect=expect))

    def start(self, *words: str, told: int | IO[bytes] = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        """Start a command and leave it running; ``told`` gets what it says on standard error."""
        return subprocess.Popen(
            [*self.under, *self.program, "--home", str(self.home), *words],
            stdout=subprocess.DEVNULL,
            stderr=told,
            env=environment(self.more),
        )

    def log_in(self, url: str, user: str, mapping: str = "embedded") -> None:
        """Sign in with the demo password."""
        words = ("--url", url, "--user", user, "--mapping", mapping, "--password-stdin")
        self.run("login", *words, given=PASSWORD + "\n")


@contextmanager
def served(data: Path | None = None, *words_more: str, demo_data: bool = True) -> Iterator[str]:
    """A running embedded server; gives its service URL."""
    words = ["serve", "--port", "0", *words_more]
    words += ["--demo-data"] if demo_data else []
    words += ["--data", str(data)] if data else []
    process = subprocess.Popen(
        [*PROGRAM, *words], stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment()
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("listening on "), f"the server said {line!r}"
        yield line.removeprefix("listening on ").strip()
    finally:
        process.terminate()
        process.wait(timeout=100)
        assert process.stdout is not None
        process.stdout.close()
