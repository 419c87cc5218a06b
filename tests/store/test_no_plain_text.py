"""A stray copy of a profile shows no plain text of a case, a letter, a file name or a password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path

import pytest

from clerk_desktop.model.account import Template
from clerk_desktop.model.case import CaseFilter, CaseOrder
from clerk_desktop.model.ids import CaseId
from clerk_desktop.store.migrate import Migration, migrations
from clerk_desktop.store.secrets import StoreSecrets
from clerk_desktop.store.store import Store
from clerk_desktop.system.files import write_whole
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.unlock import Stretching, unlock
from tests.store.samples_of import (
    ACCOUNT,
    BASELINES,
    CASE,
    DOCUMENT,
    EVENT,
    FILE,
    FOLDER,
    OPERATIONS,
    PAGE_TEXT,
    PARTS,
    PASSWORD,
    SUGGESTIONS,
    fill,
)

PASSPHRASE = "Kürbis über Lügde"
LETTER = "Hiermit lege ich Widerspruch gegen den Bescheid vom 3. November ein. "
NEXT = Migration(len(migrations()) + 1, "CREATE TABLE more (x TEXT);")


class NoKeyring:
    """A credential store that must not be asked."""

    def get(self, name: str) -> str | None:
        raise AssertionError

    def put(self, name: str, secret: str) -> None:
        raise AssertionError

    def remove(self, name: str) -> None:
        raise AssertionError


def words_of(value: object) -> Iterator[str]:
    """Every text inside a value that is long enough to be told from chance."""
    if isinstance(value, str):
        if len(value) >= 5:
            yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from words_of(part)
    elif is_dataclass(value) and not isinstance(value, type | Enum):
        for field in fields(value):
            yield from words_of(getattr(value, field.name))


def fill_more(store: Store) -> None:
    fill(store)
    with store.write() as session:
        for number in range(300):
            session.cases.put(replace(CASE, case_id=CaseId(f"{CASE.case_id}{number}"), case_number=f"{number}/Lügde"))
        session.sync.set_template(Template.PEOPLE, LETTER.encode())
    store.blobs.put((LETTER * 100).encode() for _ in range(50))
    StoreSecrets(store).put("password", PASSWORD)
    with store.read() as session:
        session.cases.find(CaseFilter(text="lugde"), order=CaseOrder.SUBJECT)


def found_in(folder: Path, words: set[str]) -> list[str]:
    spelled = {
        form: word
        for word in words
        for form in (word.encode(), word.casefold().encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))
    }
    found = []
    for path in folder.rglob("*"):
        content = str(path.relative_to(folder)).encode() + (path.read_bytes() if path.is_file() else b"")
        found += [f"{path.name}: {word}" for form, word in spelled.items() if form in content]
    return found


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "p")


def test_a_copy_of_the_profile_shows_nothing_while_it_is_open_and_after(profile: Profile) -> None:
    everything = (
        CASE,
        DOCUMENT,
        PAGE_TEXT,
        *PAGE_TEXT.split(),
        EVENT,
        SUGGESTIONS,
        FOLDER,
        FILE,
        PARTS,
        OPERATIONS,
        BASELINES,
        ACCOUNT,
    )
    words = {
        *words_of(everything),
        PASSPHRASE,
        PASSWORD,
        LETTER,
        LETTER.split()[3],
        "CREATE TABLE",
        "case_number",
    }
    words |= {PAGE_TEXT, "Genehmigung", "sondernutzung"}
    assert len(words) > 40
    key = unlock(profile, PASSPHRASE, NoKeyring(), Stretching(memory_kib=64, passes=1, lanes=1))
    with closing(Store.open(profile.home, key)) as store:
        fill_more(store)
        names = {path.name for path in profile.store.iterdir()}
        assert {"clerk.db", "clerk.db-wal", "clerk.db-shm"} <= names
        assert (profile.store / "clerk.db-wal").stat().st_size > 100_000
        assert found_in(profile.home, words) == []
    Store.open(profile.home, key, steps=(*migrations(), NEXT)).close()
    assert any("backup" in path.name for path in profile.store.iterdir())
    assert found_in(profile.home, words) == []
    raw = b"".join(path.read_bytes() for path in profile.home.rglob("*") if path.is_file())
    assert key.secret not in raw
    assert key.secret.hex().encode() not in raw


def test_the_search_itself_would_find_a_plain_text(profile: Profile) -> None:
    profile.prepare()
    write_whole(profile.home / "leak", CASE.subject.encode("utf-16-le"))
    (profile.home / CASE.resubmit_note).touch()
    assert len(found_in(profile.home, set(words_of(CASE)))) == 2
