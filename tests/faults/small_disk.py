"""A small tmpfs in a mount namespace of its own: seen by programs that enter it, and by the test through ``/proc``.

Needs Linux with ``unshare`` and ``nsenter`` and the right to make a namespace (root, or user namespaces allowed).
Nothing stays mounted: the namespace ends with the process that holds it, and that one with the test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOLD = 'mount -t tmpfs -o size="$1"k,mode=700 clerk-small-disk "$2" && echo there && exec cat'


@dataclass(frozen=True, kw_only=True)
class SmallDisk:
    """``place``: where programs inside find it; ``under``: words before a program that enters."""

    place: Path
    under: tuple[str, ...]
    holder: int

    def seen(self, path: Path) -> Path:
        """Return how the test gets at a path inside."""
        return Path(f"/proc/{self.holder}/root{path}")

    def mount(self, *words: str) -> bool:
        """Change what is mounted; False when the system refuses, as while a file is open for writing."""
        return not subprocess.run([*self.under, "mount", *words], capture_output=True, check=False).returncode

    def umount(self, folder: str) -> None:
        """Take a mount away, at the latest when nobody uses it any more."""
        subprocess.run([*self.under, "umount", "--lazy", folder], capture_output=True, check=True)


@contextmanager
def small_disk(place: Path, kilobytes: int) -> Iterator[SmallDisk | None]:
    """Mount one at ``place`` until the block ends; None where that cannot be done."""
    place.mkdir(parents=True, exist_ok=True)
    unshare, nsenter = shutil.which("unshare"), shutil.which("nsenter")
    if unshare is None or nsenter is None:
        yield None
        return
    root = os.geteuid() == 0
    space = [unshare, "--mount"] if root else [unshare, "--map-root-user", "--mount"]
    with subprocess.Popen(
        [*space, "sh", "-c", HOLD, "sh", str(kilobytes), str(place)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        if holder.stdout.readline() != b"there\n":
            yield None
            return
        into = ("--mount",) if root else ("--user", "--preserve-credentials", "--mount")
        try:
            yield SmallDisk(place=place, under=(nsenter, f"--target={holder.pid}", *into), holder=holder.pid)
        finally:
            holder.stdin.close()
