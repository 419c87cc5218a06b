"""The copies that other tests work with are what the program makes."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from clerk_desktop.model.errors import WrongKey
from clerk_desktop.store.database import DatabaseFile
from clerk_desktop.store.keys import derive
from clerk_desktop.store.store import Store
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.store_key import StoreKey
from tests.new_store import open_store
from tests.store.samples_of import KEY, FixedClock

OTHER = StoreKey(bytes(32))


def what_is_in(home: Path, key: StoreKey = KEY) -> tuple[list[str], list[str], dict[str, object]]:
    """Return the files of a store, its dump in SQL, and the settings that a dump does not have."""
    folder = Profile(home).store
    connection = DatabaseFile(folder, derive(key)).connect_bare(folder / "clerk.db")
    try:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        rows = [f"{name}: {row!r}" for name in tables for row in connection.execute(f'SELECT * FROM "{name}"')]
        schema = [repr(row) for row in connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema")]
        told = {name: connection.pragma(name) for name in ("user_version", "journal_mode", "page_size")}
    finally:
        connection.close()
    return sorted(path.name for path in folder.iterdir()), schema + rows, told


@pytest.mark.parametrize("key", [KEY, OTHER])
def test_a_copy_is_what_the_program_makes(tmp_path: Path, key: StoreKey) -> None:
    Store.open(tmp_path / "made", key, FixedClock()).close()
    for name in ("first", "second"):
        open_store(tmp_path / name, key, FixedClock()).close()
        assert what_is_in(tmp_path / name, key) == what_is_in(tmp_path / "made", key)


def test_a_copy_has_the_key_it_was_asked_for(tmp_path: Path) -> None:
    open_store(tmp_path, KEY).close()
    with pytest.raises(WrongKey):
        open_store(tmp_path, OTHER)
    folder = Profile(tmp_path).store
    connection = DatabaseFile(folder, derive(OTHER)).connect_bare(folder / "clerk.db")
    with pytest.raises(apsw.NotADBError):
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    connection.close()


def test_what_was_written_is_not_overwritten_by_the_next_opening(tmp_path: Path) -> None:
    store = open_store(tmp_path, KEY)
    with store.write() as session:
        session.secrets.put("name", "kept")
    store.close()
    again = open_store(tmp_path, KEY)
    with again.read() as session:
        assert session.secrets.get("name") == "kept"
    again.close()
