"""A station where disasters can strike: on a small disk of its own, and with a clock that can be set wrong."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.cli.station import Station
from tests.faults import clock_jump
from tests.faults.disaster import Ground
from tests.faults.small_disk import small_disk
from tests.lines.tcp_proxy import TcpProxy

DISK_KILOBYTES = 256_000


@contextmanager
def station_ground(place: Path, proxy: TcpProxy, chance: random.Random) -> Iterator[Ground]:
    """A disk of its own for profile and scan folder, or a plain folder where nobody may mount one."""
    with small_disk(place / "disk", DISK_KILOBYTES) as disk:
        seen = disk.seen(place / "disk") if disk else place / "disk"
        (seen / "scans").mkdir()
        off = place / "clock-off"
        clock_jump.set_to(off, timedelta())
        yield Ground(disk=disk, profile=seen / "station", scans=seen / "scans", proxy=proxy, off=off, chance=chance)


def station_on(ground: Ground, place: Path) -> Station:
    """Return the station as programs on its disk find it, with a clock that can be set wrong."""
    return replace(
        Station(home=ground.profile),
        home=place / "disk" / "station",
        as_shipped=True,
        program=clock_jump.PROGRAM,
        under=ground.disk.under if ground.disk else (),
        more={clock_jump.OFF: str(ground.off)},
    )
