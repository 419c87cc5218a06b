"""Two profiles, of two people or of one, have nothing in common, even where their passphrase is the same."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from clerk_desktop.model.errors import ContentDamaged, WrongKey
from clerk_desktop.store.store import Store
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.secrets import Unkept
from clerk_desktop.system.store_key import StoreKey
from clerk_desktop.system.unlock import Stretching, unlock
from tests.store.samples_of import fill

PASSPHRASE = "Kürbis über Lügde"
LETTER = b"Hiermit lege ich Widerspruch ein. " * 100


def filled(home: Path) -> tuple[Profile, StoreKey, str]:
    """A profile with everything in it, and the hash of a letter."""
    profile = Profile(home)
    key = unlock(profile, PASSPHRASE, Unkept(), Stretching(memory_kib=64, passes=1, lanes=1))
    with closing(Store.open(home, key)) as store:
        fill(store)
        return profile, key, store.blobs.put_bytes(LETTER).sha256


def contents(profile: Profile) -> dict[str, Path]:
    return {path.name: path for path in profile.blobs.glob("??/*")}


def test_neither_opens_what_the_other_keeps_nor_tells_that_both_have_the_same_letter(tmp_path: Path) -> None:
    (one, key, sha256), (other, other_key, _) = filled(tmp_path / "one"), filled(tmp_path / "other")
    assert key != other_key
    mine, theirs = contents(one), contents(other)
    assert mine
    assert mine.keys().isdisjoint(theirs)
    with closing(Store.open(other.home, other_key)) as store:
        for path in theirs.values():
            path.write_bytes(next(iter(mine.values())).read_bytes())
        with pytest.raises(ContentDamaged):
            store.blobs.read(sha256)
    with pytest.raises(WrongKey):
        Store.open(one.home, other_key)
