from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from clerk_desktop.workers.channel import ChannelKind
from tests.workers.processes import wait_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc and /dev/shm")

HOST = """
import sys
from clerk_desktop.model.jobs import Priority
from clerk_desktop.workers.channel import ChannelKind
from clerk_desktop.workers.host import WorkerHost
from tests.workers import hostile

kind = ChannelKind(sys.argv[1])
host = WorkerHost(processes=2, recognition_processes=1, abilities="tests.workers.hostile", channel=kind)
with host.load([b"Brief" * 1_000_000], 5_000_000) as letter:
    idle = host.run(hostile.ProcessNumber(), letter, priority=Priority.SCREEN)
    busy = host.run(hostile.ProcessNumber(), letter, priority=Priority.RECOGNITION)
    job = host.submit(hostile.Hang(), letter, priority=Priority.RECOGNITION)
    print(idle, busy, flush=True)
    job.result()
"""


def shared_by(number: int) -> set[Path]:
    """The shared memory that a process has mapped, and no other program's."""
    lines = Path(f"/proc/{number}/maps").read_text().splitlines()
    return {Path(line.split(maxsplit=5)[5]) for line in lines if "/dev/shm/" in line}


@pytest.mark.parametrize("kind", ChannelKind, ids=lambda kind: kind.value)
def test_workers_end_and_memory_is_free_when_the_program_is_killed(kind: ChannelKind) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOST, kind.value],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    ) as program:
        assert program.stdout is not None
        workers = [int(number) for number in program.stdout.readline().split()]
        assert workers
        held = shared_by(program.pid)
        program.send_signal(signal.SIGKILL)
        program.wait()
        assert bool(held) == (kind is ChannelKind.PIPES), "sockets pass memory on that has no name"
        for worker in workers:
            wait_until(lambda worker=worker: not _alive(worker))  # type: ignore[misc]
        wait_until(lambda: not any(path.exists() for path in held))


def _alive(number: int) -> bool:
    try:
        status = Path(f"/proc/{number}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
