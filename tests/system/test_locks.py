"""One process at a time holds a role, and a dead one never does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from clerk_desktop.model.errors import RoleTaken
from clerk_desktop.system.locks import Locks, Role

HOLD = """
import sys
from pathlib import Path
from clerk_desktop.system.locks import Locks, Role
lock = Locks(Path(sys.argv[1])).try_take(Role.SYNC)
print("held" if lock else "refused", flush=True)
sys.stdin.read()
"""


def hold_elsewhere(folder: Path) -> subprocess.Popen[str]:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def test_a_role_is_held_by_one_and_the_others_are_not_touched(tmp_path: Path) -> None:
    locks = Locks(tmp_path / "locks")
    held = locks.try_take(Role.INTAKE)
    assert held is not None
    assert locks.try_take(Role.INTAKE) is None
    assert locks.is_taken(Role.INTAKE)
    assert not locks.is_taken(Role.SYNC)
    held.release()
    held.release()
    assert not locks.is_taken(Role.INTAKE)
    with locks.take(Role.INTAKE, 0):
        assert locks.is_taken(Role.INTAKE)
    assert not locks.is_taken(Role.INTAKE)


def test_a_role_ends_with_its_process_even_when_that_is_killed(tmp_path: Path) -> None:
    with hold_elsewhere(tmp_path) as other:
        assert Locks(tmp_path).try_take(Role.SYNC) is None
        other.kill()
        other.communicate()
    lock = Locks(tmp_path).try_take(Role.SYNC)
    assert lock is not None
    lock.release()


def test_waiting_ends_when_the_holder_lets_go(tmp_path: Path) -> None:
    holder = Locks(tmp_path).try_take(Role.SYNC)
    assert holder is not None
    waited: list[float] = []

    def let_go(seconds: float) -> None:
        waited.append(seconds)
        holder.release()

    with Locks(tmp_path, wait=let_go).take(Role.SYNC, 60):
        assert len(waited) == 1


def test_waiting_ends_with_the_time(tmp_path: Path) -> None:
    seconds = iter(range(100))
    with Locks(tmp_path).take(Role.SYNC, 0), pytest.raises(RoleTaken):
        Locks(tmp_path, monotonic=lambda: next(seconds), wait=lambda _: None).take(Role.SYNC, 5)
    assert next(seconds) < 10


def test_lock_files_tell_nothing(tmp_path: Path) -> None:
    with Locks(tmp_path).take(Role.WINDOW, 0):
        assert {path.read_bytes() for path in tmp_path.iterdir()} == {b""}
