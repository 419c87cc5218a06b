"""Opening a store: keys, damage, older and newer schemas."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from clerk_desktop.model.errors import StoreDamaged, StoreTooNew, WrongKey
from clerk_desktop.store.database import DatabaseFile
from clerk_desktop.store.keys import derive
from clerk_desktop.store.migrate import Migration, migrations
from clerk_desktop.store.store import Store
from clerk_desktop.system.store_key import StoreKey
from tests.store.samples_of import CASE, KEY

OTHER_KEY = StoreKey(bytes(32))
NEXT = Migration(len(migrations()) + 1, "CREATE TABLE more (x TEXT); INSERT INTO more VALUES ('first');")


def filled(home: Path) -> Path:
    with closing(Store.open(home, KEY)) as store, store.write() as session:
        session.cases.put(CASE)
    return home


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def check_case(home: Path) -> None:
    with closing(Store.open(home, KEY)) as store, store.read() as session:
        assert session.cases.get(CASE.case_id) == CASE


def test_a_wrong_key_is_named_and_nothing_is_changed(tmp_path: Path) -> None:
    before = contents(filled(tmp_path))
    with pytest.raises(WrongKey):
        Store.open(tmp_path, OTHER_KEY)
    assert contents(tmp_path) == before
    check_case(tmp_path)


def test_a_wrong_key_is_named_even_when_the_proof_of_the_key_is_gone(tmp_path: Path) -> None:
    (filled(tmp_path) / "store" / "key.proof").unlink()
    before = contents(tmp_path)
    with pytest.raises(WrongKey):
        Store.open(tmp_path, OTHER_KEY)
    assert contents(tmp_path) == before
    check_case(tmp_path)


def test_the_proof_of_a_key_whose_database_never_came_to_be_does_not_lock_anybody_out(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "store" / "clerk.db").unlink()
    Store.open(tmp_path, OTHER_KEY).close()


@pytest.mark.parametrize("place", ["start", "middle"])
def test_a_damaged_database_is_kept_aside_once_and_never_deleted(tmp_path: Path, place: str) -> None:
    database = filled(tmp_path) / "store" / "clerk.db"
    content = bytearray(database.read_bytes())
    where = 100 if place == "start" else 4096 * 3 + 2000
    content[where : where + 64] = bytes(64)
    database.write_bytes(content)
    names = set()
    for _ in range(2):
        with pytest.raises(StoreDamaged) as caught, closing(Store.open(tmp_path, KEY)) as store:
            assert store.verify() == ()
        names.add(caught.value.fields["kept"])
    (kept,) = names
    assert (tmp_path / "store" / str(kept) / "clerk.db").read_bytes() == bytes(content)
    assert database.read_bytes() == bytes(content)


def test_after_damage_one_starts_over_on_request_and_the_damaged_files_stay(tmp_path: Path) -> None:
    database = filled(tmp_path) / "store" / "clerk.db"
    database.write_bytes(b"\0" * 8192)
    kept = Store.set_aside(tmp_path, KEY)
    with closing(Store.open(tmp_path, KEY)) as store, store.read() as session:
        assert session.cases.get(CASE.case_id) is None
    assert (tmp_path / "store" / kept / "clerk.db").read_bytes() == b"\0" * 8192


def test_a_whole_store_proves_to_be_whole(tmp_path: Path) -> None:
    with closing(Store.open(filled(tmp_path), KEY)) as store:
        assert store.verify() == ()


def test_an_older_store_is_backed_up_and_brought_to_the_newest_schema(tmp_path: Path) -> None:
    filled(tmp_path)
    with closing(Store.open(tmp_path, KEY, steps=(*migrations(), NEXT))) as store, store.read() as session:
        assert session.cases.get(CASE.case_id) == CASE
    file = DatabaseFile(tmp_path / "store", derive(KEY))
    with closing(file.connect()) as connection:
        assert connection.execute("SELECT x FROM more").fetchall() == [("first",)]
        assert connection.pragma("user_version") == NEXT.number
    older = tmp_path / "older" / "store"
    older.mkdir(parents=True)
    shutil.copy(tmp_path / "store" / f"backup-{len(migrations()):04}.db", older / "clerk.db")
    check_case(tmp_path / "older")


def test_a_store_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    filled(tmp_path)
    Store.open(tmp_path, KEY, steps=(*migrations(), NEXT)).close()
    before = contents(tmp_path)
    with pytest.raises(StoreTooNew):
        Store.open(tmp_path, KEY)
    assert contents(tmp_path) == before


def test_a_migration_that_fails_leaves_the_old_schema(tmp_path: Path) -> None:
    filled(tmp_path)
    broken = Migration(NEXT.number, "CREATE TABLE more (x TEXT); INSERT INTO nowhere VALUES (1);")
    with pytest.raises(apsw.SQLError):
        Store.open(tmp_path, KEY, steps=(*migrations(), broken))
    check_case(tmp_path)
    Store.open(tmp_path, KEY, steps=(*migrations(), NEXT)).close()


def test_every_connection_is_encrypted_durable_and_keeps_nothing_in_plain_temporary_files(tmp_path: Path) -> None:
    filled(tmp_path)
    with closing(DatabaseFile(tmp_path / "store", derive(KEY)).connect()) as connection:
        assert connection.pragma("cipher") == "chacha20"
        assert connection.pragma("journal_mode") == "wal"
        assert connection.pragma("synchronous") == 2
        assert connection.pragma("temp_store") == 2
        assert connection.pragma("foreign_keys") == 1
