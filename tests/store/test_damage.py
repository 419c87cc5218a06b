"""Bytes that change on the disk, wherever: noticed, never overwritten, and as much as possible comes back."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_desktop.model.case import CaseFilter
from clerk_desktop.model.errors import ContentDamaged, StoreDamaged
from clerk_desktop.model.ids import CaseId
from clerk_desktop.store.database import DatabaseFile
from clerk_desktop.store.keys import derive
from clerk_desktop.store.migrate import migrations
from clerk_desktop.store.salvage import salvage
from clerk_desktop.store.store import Store
from tests.store.samples_of import ACCOUNT, CASE, KEY, OPERATIONS, PASSWORD, check, fill

PAGE = 4096
LETTER = b"Widerspruch " * 20_000


def file_of(home: Path) -> DatabaseFile:
    return DatabaseFile(home / "store", derive(KEY))


def filled(home: Path) -> DatabaseFile:
    with closing(Store.open(home, KEY)) as store:
        fill(store)
    return file_of(home)


def root_page(file: DatabaseFile, name: str) -> int:
    with closing(file.connect_bare(file.path)) as connection:
        return int(str(connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).get))


def flip(path: Path, place: int) -> bytes:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    return bytes(content)


def crashed_at_work(home: Path) -> DatabaseFile:
    """A profile whose thirty last changes are in the write-ahead log alone."""
    with closing(Store.open(home / "alive", KEY)) as store:
        for number in range(30):
            with store.write() as session:
                session.cases.put(replace(CASE, case_id=CaseId(f"{number}"), case_number=f"{number}/x"))
        shutil.copytree(home / "alive", home / "crashed", ignore=shutil.ignore_patterns("*-shm"))
    return file_of(home / "crashed")


def cases_in(home: Path) -> int:
    with closing(Store.open(home, KEY)) as store, store.read() as session:
        return session.cases.count(CaseFilter())


def repaired(file: DatabaseFile) -> bool:
    with salvage(file) as damaged:
        whole = damaged.rebuilt(migrations())
        if whole is not None:
            file.set_aside(whole)
    return whole is not None


PLACES: dict[str, Callable[[DatabaseFile], int]] = {
    "head": lambda file: 30,
    "first page": lambda file: 2000,
    "table": lambda file: (root_page(file, "outbox") - 1) * PAGE + 2000,
    "index": lambda file: (root_page(file, "cases_list") - 1) * PAGE + 100,
    "unique index": lambda file: (root_page(file, "sqlite_autoindex_documents_1") - 1) * PAGE + 4000,
    "words": lambda file: (root_page(file, "case_words_data") - 1) * PAGE + 100,
    "last page": lambda file: file.path.stat().st_size - 1,
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_one_bit_anywhere_is_noticed_and_the_file_stays_as_it_was_found(
    tmp_path: Path, place: Callable[[DatabaseFile], int]
) -> None:
    file = filled(tmp_path)
    content = flip(file.path, place(file))
    for _ in range(2):
        with pytest.raises(StoreDamaged) as caught, closing(Store.open(tmp_path, KEY)) as store:
            store.prove_whole()
    assert file.path.read_bytes() == content
    assert (file.folder / str(caught.value.fields["kept"]) / "clerk.db").read_bytes() == content


@pytest.mark.parametrize("name", ["cases_list", "sqlite_autoindex_documents_1", "outbox_state", "case_words_data"])
def test_a_damaged_index_is_made_anew_and_nothing_is_missing(tmp_path: Path, name: str) -> None:
    file = filled(tmp_path)
    flip(file.path, (root_page(file, name) - 1) * PAGE + 2000)
    assert repaired(file)
    with closing(Store.open(tmp_path, KEY)) as store:
        store.prove_whole()
        check(store)


@pytest.mark.parametrize("name", ["templates", "cases", "documents"])
def test_unsent_work_is_read_where_another_table_is_damaged(tmp_path: Path, name: str) -> None:
    file = filled(tmp_path)
    flip(file.path, (root_page(file, name) - 1) * PAGE + 2000)
    with salvage(file) as damaged:
        assert damaged.rebuilt(migrations()) is None
        found = damaged.read()
    assert tuple(entry.operation for entry in found.outbox) == OPERATIONS
    assert found.complete is (name == "templates")
    assert (found.account, found.secrets) == (ACCOUNT, {"password": PASSWORD})
    assert not (file.folder / ".salvage").exists()


@pytest.mark.parametrize("name", ["sqlite_schema", "outbox"])
def test_what_cannot_be_read_is_said_to_be_missing(tmp_path: Path, name: str) -> None:
    file = filled(tmp_path)
    page = 1 if name == "sqlite_schema" else root_page(file, name)
    flip(file.path, (page - 1) * PAGE + 2000)
    with salvage(file) as damaged:
        found = damaged.read()
    assert (found.outbox, found.complete) == ((), False)


def written_again(log: bytes) -> list[int]:
    """Return places in frames of a log (https://sqlite.org/fileformat2.html, 4.1) whose page comes again further on."""
    frames = range(32, len(log), 24 + PAGE)
    last = {log[frame : frame + 4]: frame for frame in frames}
    return [frame + 24 + PAGE // 2 for frame in frames if last[log[frame : frame + 4]] > frame]


def assert_all_comes_back(home: Path, file: DatabaseFile, place: int) -> None:
    flip(file.log_path, place)
    for _ in range(2):
        with pytest.raises(StoreDamaged):
            Store.open(home, KEY)
    assert repaired(file)
    assert cases_in(home) == 30


@pytest.mark.parametrize("place", [0, 9, 20, 30, 40])
def test_a_log_with_a_damaged_head_is_noticed_and_all_of_it_comes_back(tmp_path: Path, place: int) -> None:
    assert_all_comes_back(tmp_path / "crashed", crashed_at_work(tmp_path), place)


@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_a_log_that_lost_what_stands_in_it_again_is_noticed_and_all_of_it_comes_back(
    tmp_path: Path, share: float
) -> None:
    file = crashed_at_work(tmp_path)
    places = written_again(file.log_path.read_bytes())
    assert_all_comes_back(tmp_path / "crashed", file, places[int(share * len(places))])


def test_the_torn_end_of_a_log_is_no_damage(tmp_path: Path) -> None:
    file = crashed_at_work(tmp_path)
    with file.log_path.open("r+b") as log:
        log.truncate(file.log_path.stat().st_size - 5000)
    assert cases_in(tmp_path / "crashed") == 29


def test_a_log_that_others_are_writing_is_no_damage(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path, KEY)) as store:
        for number in range(30):
            with store.write() as session:
                session.cases.put(replace(CASE, case_id=CaseId(f"{number}"), case_number=f"{number}/x"))
            Store.open(tmp_path, KEY).close()
    assert cases_in(tmp_path) == 30


OPENING = """
import sys
from dataclasses import replace
from pathlib import Path
from clerk_desktop.model.ids import CaseId
from clerk_desktop.store.store import Store
from tests.store.samples_of import CASE, KEY
for turn in range(8):
    store = Store.open(Path(sys.argv[1]), KEY)
    for number in range(8):
        with store.write() as session:
            name = f"{sys.argv[2]}-{turn}-{number}"
            session.cases.put(replace(CASE, case_id=CaseId(name), case_number=name, subject="x" * 200 * number))
    store.close()
"""


@pytest.mark.slow
def test_processes_that_come_and_go_find_no_damage_in_each_others_log(tmp_path: Path) -> None:
    Store.open(tmp_path, KEY).close()
    root = str(Path(__file__).parents[2])
    commands = [[sys.executable, "-c", OPENING, str(tmp_path), name] for name in "abc"]
    running = [subprocess.Popen(command, cwd=root) for command in commands]
    assert [process.wait(110) for process in running] == [0, 0, 0]
    assert cases_in(tmp_path) == 3 * 8 * 8
    assert file_of(tmp_path).damage() is None


def test_a_database_that_proves_to_be_whole_after_all_is_used_again(tmp_path: Path) -> None:
    file = filled(tmp_path)
    where = (root_page(file, "outbox") - 1) * PAGE + 2000
    flip(file.path, where)
    with pytest.raises(StoreDamaged), closing(Store.open(tmp_path, KEY)) as store:
        store.prove_whole()
    flip(file.path, where)
    with closing(Store.open(tmp_path, KEY)) as store:
        check(store)
    assert file.damage() is None


@pytest.mark.parametrize("place", [3, 40, 70_000, -1])
def test_damaged_content_is_put_aside_and_counts_as_missing_until_it_comes_again(tmp_path: Path, place: int) -> None:
    with closing(Store.open(tmp_path, KEY)) as store:
        kept = store.blobs.put_bytes(LETTER)
        [path] = [path for path in (tmp_path / "store" / "blobs").glob("??/*") if path.is_file()]
        content = flip(path, place)
        for _ in range(2):
            with pytest.raises(ContentDamaged):
                store.blobs.read(kept.sha256)
            assert not store.blobs.has(kept.sha256)
        assert path.with_name(f"{path.name}.damaged").read_bytes() == content
        store.blobs.put_bytes(LETTER)
        assert store.blobs.read(kept.sha256) == LETTER
