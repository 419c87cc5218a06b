"""Disasters that strike a running station, one file each in this folder, loaded by the file's name."""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from tests.faults.small_disk import SmallDisk
from tests.lines.tcp_proxy import TcpProxy

BY_NAME = ("full_disk", "read_only_folder", "connection_reset", "lost_reply", "clock_jump")
NEED_A_DISK = frozenset({"full_disk", "read_only_folder"})


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Where disasters strike. ``disk``: None where nobody may mount one.

    ``profile`` and ``scans``: on it, as the test gets at them; ``off``: a file with the seconds by which the station's
    clock is wrong.
    """

    disk: SmallDisk | None
    profile: Path
    scans: Path
    proxy: TcpProxy
    off: Path
    chance: random.Random


class Disaster(Protocol):
    """What a file of this folder holds. ``TOLD``: what it is, in German, for the report."""

    TOLD: str

    def strike(self, ground: Ground) -> AbstractContextManager[Callable[[], int]]:
        """Begin, and end with the block. Gives how often it has really happened since: looked at, not assumed."""
        ...


def disaster(name: str) -> Disaster:
    """Load a disaster by the name of its file. Raises ``ModuleNotFoundError``."""
    return cast("Disaster", importlib.import_module(f"tests.faults.{name}"))
