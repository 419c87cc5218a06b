"""A full disk stops work, loses nothing, and work goes on when there is space again."""

from __future__ import annotations

import errno
import textwrap
from pathlib import Path

import pytest

from tests.faults.full_disk import BLOCK, run_on_small_disk, run_with_limited_files, take_all

START = """
import os, sys
from dataclasses import replace
from pathlib import Path
from clerk_desktop.model.case import CaseFilter
from clerk_desktop.model.errors import DiskFull
from clerk_desktop.model.ids import CaseId
from clerk_desktop.store.store import Store
from tests.store.samples_of import CASE, KEY, OPERATIONS, NOW
home = Path(sys.argv[1]) / "home"
filler = Path(sys.argv[1]) / "filler"
def fill():
    with filler.open("wb", buffering=0) as file:
        try:
            while True: file.write(bytes(4096))
        except OSError: pass
"""


WATCH = """
import sys
from pathlib import Path
from clerk_desktop.intake.attention import Attention
from clerk_desktop.intake.watch_doctor import examine_folder
from clerk_desktop.intake.watcher import Watcher
from clerk_desktop.model.ids import FolderId
from clerk_desktop.model.ledger import ScanFolder
scans = Path(sys.argv[1])
found = []
attention = Attention(Watcher(), "station", found.append, float)
limit(0)
attention.follow([ScanFolder(folder_id=FolderId("1"), path=str(scans), municipality="blomberg")])
attention.close()
for finding in (*found, examine_folder(scans, float, 0.0)):
    print(finding.writable, finding.reason.value)
print(list(scans.iterdir()))
"""


def run(tmp_path: Path, program: str, kilobytes: int = 6000) -> list[str]:
    return run_on_small_disk(START + textwrap.dedent(program), tmp_path / "disk", kilobytes)


def test_a_scan_folder_without_space_is_not_said_to_lack_rights(tmp_path: Path) -> None:
    assert run_with_limited_files(WATCH, tmp_path) == ["True untried", "True untried", "[]"]


def test_a_transaction_that_does_not_fit_is_rolled_back_and_earlier_ones_stay(tmp_path: Path) -> None:
    lines = run(
        tmp_path,
        """
        store = Store.open(home, KEY)
        filler.write_bytes(bytes(1_000_000))
        committed = 0
        try:
            for number in range(10_000):
                with store.write() as session:
                    for part in range(20):
                        case = replace(CASE, case_id=CaseId(f"{number}.{part}"), case_number=f"{number}/{part}")
                        session.cases.put(replace(case, subject="x" * 500))
                    session.outbox.add(OPERATIONS[0], NOW)
                committed += 1
        except DiskFull:
            print("full")
        with store.read() as session:
            print(session.cases.count(CaseFilter()) == 20 * committed > 0, len(session.outbox.all()) == committed)
        filler.unlink()
        with store.write() as session:
            session.cases.put(CASE)
        print(store.verify())
        store.close()
        store = Store.open(home, KEY)
        with store.read() as session:
            print(session.cases.count(CaseFilter()) == 20 * committed + 1)
        store.close()
        """,
    )
    assert lines == ["full", "True True", "()", "True"]


def test_content_that_does_not_fit_leaves_nothing_behind_and_can_be_put_again(tmp_path: Path) -> None:
    lines = run(
        tmp_path,
        """
        store = Store.open(home, KEY)
        kept = store.blobs.put_bytes(b"kept")
        def files(): return sorted(path for path in (home / "store" / "blobs").rglob("*") if path.is_file())
        before = files()
        try:
            store.blobs.put(os.urandom(100_000) for _ in range(1000))
        except DiskFull:
            print("full")
        print(files() == before, store.blobs.read(kept.sha256))
        fits = store.blobs.put(os.urandom(100_000) for _ in range(10))
        print(len(store.blobs.read(fits.sha256)))
        store.close()
        """,
    )
    assert lines == ["full", "True b'kept'", "1000000"]


def test_a_profile_that_does_not_fit_is_refused_and_made_when_there_is_space(tmp_path: Path) -> None:
    lines = run(
        tmp_path,
        """
        fill()
        for _ in range(2):
            try:
                Store.open(home, KEY)
            except DiskFull:
                print("full")
        filler.unlink()
        store = Store.open(home, KEY)
        print(store.verify())
        store.close()
        """,
        kilobytes=800,
    )
    assert lines == ["full", "full", "()"]


def test_a_migration_without_space_for_its_backup_leaves_the_old_schema(tmp_path: Path) -> None:
    lines = run(
        tmp_path,
        """
        from clerk_desktop.store.migrate import Migration, migrations
        store = Store.open(home, KEY)
        with store.write() as session:
            session.cases.put(CASE)
        store.close()
        fill()
        next_step = Migration(len(migrations()) + 1, "CREATE TABLE more (x TEXT);")
        try:
            Store.open(home, KEY, steps=(*migrations(), next_step))
        except DiskFull:
            print("full")
        print([path.name for path in (home / "store").iterdir() if "backup" in path.name])
        filler.unlink()
        store = Store.open(home, KEY)
        with store.read() as session:
            print(session.cases.get(CASE.case_id) == CASE)
        store.close()
        """,
        kilobytes=1200,
    )
    assert lines == ["full", "[]", "True"]


def test_a_small_file_keeps_its_old_content_when_the_new_does_not_fit(tmp_path: Path) -> None:
    lines = run(
        tmp_path,
        """
        from clerk_desktop.system.files import write_whole
        settings = Path(sys.argv[1]) / "settings.toml"
        write_whole(settings, b"workers = 2")
        fill()
        try:
            write_whole(settings, b"#" * 100_000)
        except DiskFull:
            print("full")
        print(settings.read_bytes(), len(list(settings.parent.iterdir())))
        """,
        kilobytes=200,
    )
    assert lines == ["full", "b'workers = 2' 2"]


def test_background_work_goes_on_by_itself_when_there_is_space_again(tmp_path: Path) -> None:
    lines = run(
        tmp_path,
        """
        import threading
        from clerk_desktop.model.errors import ExitCode
        from clerk_desktop.model.rounds import RoundResult
        from clerk_desktop.system.locks import Locks, Role
        from clerk_desktop.usecases.background import Background
        from clerk_desktop.usecases.rounds import Rounds
        store, stop, full, done = Store.open(home, KEY), threading.Event(), [], []
        def work():
            done.append(len(done))
            if done[-1] == 1:
                fill()
            if done[-1] == 3:
                filler.unlink()
            if done[-1] == 4:
                stop.set()
            return RoundResult(exit_code=ExitCode.DONE, error="x" * 9_000 * len(done))
        rounds = Rounds(store=store, locks=Locks(home / "locks"), wait=stop.wait)
        Background(
            rounds=rounds, watch=work, take_in=work, take_in_all=work, exchange=work, keep_up=work,
            index=bool, read_text=bool, quiet_seconds=1.0,
        ).run_intake(stop)
        with store.read() as session:
            print(len(done), len(session.rounds.latest(Role.INTAKE).result.error) // 9_000)
        store.close()
        """,
        kilobytes=2000,
    )
    assert lines == ["5 5"]


def test_where_nobody_may_mount_a_disk_files_that_may_not_grow_prove_the_same(tmp_path: Path) -> None:
    program = """
        store = Store.open(home, KEY)
        with store.write() as session:
            session.cases.put(CASE)
        def files(): return sorted(path for path in (home / "store" / "blobs").rglob("*") if path.is_file())
        limit(300_000)
        try:
            with store.write() as session:
                for number in range(1_000):
                    case = replace(CASE, case_id=CaseId(f"{number}"), case_number=f"{number}", subject="x" * 500)
                    session.cases.put(case)
        except DiskFull:
            print("full")
        try:
            store.blobs.put(os.urandom(100_000) for _ in range(10))
        except DiskFull:
            print("full", files())
        with store.read() as session:
            print(session.cases.count(CaseFilter()), session.cases.get(CASE.case_id) == CASE)
        limit(100_000_000)
        with store.write() as session:
            session.outbox.add(OPERATIONS[0], NOW)
        print(len(store.blobs.put(os.urandom(100_000) for _ in range(10)).sha256), store.verify())
        store.close()
        """
    lines = run_with_limited_files(START + textwrap.dedent(program), tmp_path)
    assert lines == ["full", "full []", "1 True", "64 ()"]


def test_the_disaster_fills_a_disk_also_while_others_write_on_it() -> None:
    left, rivals = 100 * BLOCK, [40 * BLOCK, 10 * BLOCK]

    def take(size: int) -> None:
        nonlocal left
        left -= rivals.pop() if rivals else 0  # between the look and the grasp
        if size > left:
            raise OSError(errno.ENOSPC, "full")
        left -= size

    take_all(lambda: left, take)
    assert (left, rivals) == (0, [])


def test_the_disaster_gives_up_on_a_block_that_is_not_to_be_had_and_on_any_other_error() -> None:
    def refuse(number: int) -> None:
        raise OSError(number, "no")

    take_all(lambda: 100 * BLOCK, lambda _: refuse(errno.ENOSPC))
    with pytest.raises(OSError, match="no"):
        take_all(lambda: BLOCK, lambda _: refuse(errno.EIO))
