"""A profile that is purged is gone: killed in the middle, on a full disk, and with copies that were left open."""

from __future__ import annotations

import itertools
from argparse import Namespace
from pathlib import Path

import pytest

from clerk_desktop.assembly import open_desk
from clerk_desktop.cli.commands.accounts import run_logout
from clerk_desktop.cli.context import Context
from clerk_desktop.model.case import CaseFilter
from clerk_desktop.model.errors import KeyringMissing, StillAtWork
from clerk_desktop.store.store import Store
from clerk_desktop.system.clock import SystemClock
from clerk_desktop.system.files import write_whole
from clerk_desktop.system.locks import Locks, Role
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.secrets import Unkept
from clerk_desktop.system.texts import Texts
from clerk_desktop.system.unlock import unlock
from clerk_desktop.usecases.purge import finish_purge, nobody_at_work, purge
from tests.faults.full_disk import run_on_small_disk, run_with_limited_files
from tests.office.station import PulledPlug

OLD, NEW = "altes Kennwort", "neues Kennwort"
ON_A_FULL_DISK = """
import sys
from pathlib import Path
from clerk_desktop.assembly import open_desk
from clerk_desktop.system.secrets import Secret
home = Path(sys.argv[1])
with open_desk(home, "Kennwort") as desk:
    desk.accounts.secrets.put(Secret.PASSWORD, "geheim")
    desk.worklist.open_case("Hundesteuer", "32.41", "luegde")
    limit(0)
    desk.accounts.log_out(purge=True, discard_unsent=True)
print((home / "store").exists(), (home / "key.json").exists())
"""


SIGNING_OUT_ON_A_FULL_DISK = """
import os, sys
from pathlib import Path
from clerk_desktop.assembly import open_desk
from clerk_desktop.model.account import Account
from clerk_desktop.model.errors import DiskFull, SignOutHalfDone
from clerk_desktop.system.secrets import Secret
home = Path(sys.argv[1])
with open_desk(home, "Kennwort") as desk:
    accounts = desk.accounts
    with accounts.store.write() as session:
        session.account.put(Account(url="http://127.0.0.1:9/cmis", user="anna", repository="r", mapping="embedded"))
    for name in Secret:
        accounts.secrets.put(name, "geheim" * 20_000)
    copy = home / "opened" / "12345678" / "Hundesteuer.pdf"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(bytes(COPY))
    with (home / "filler").open("wb", buffering=0) as filler:
        try:
            while filler.write(bytes(4096)):
                pass
        except OSError:
            pass
        try:
            accounts.secrets.put("another", "geheim" * 20_000)
        except DiskFull:
            print("full")
        try:
            accounts.log_out()
        except SignOutHalfDone:
            print("half done")
        print([accounts.secrets.get(name) is None for name in Secret], accounts.holder().signed_out, copy.exists())
"""


def killed() -> None:
    raise PulledPlug


@pytest.fixture
def used(tmp_path: Path) -> Profile:
    """A profile with a case, and with a copy that a window left open when it was killed."""
    profile = Profile(tmp_path)
    with open_desk(tmp_path, OLD) as desk:
        desk.worklist.open_case("Hundesteuer", "32.41", "luegde")
    copy = profile.opened / "12345678" / "Hundesteuer.pdf"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(b"%PDF")
    return profile


def is_new(profile: Profile) -> bool:
    """Whether the next start makes a profile as if there had been none."""
    with open_desk(profile.home, NEW) as desk:
        return desk.worklist.count(CaseFilter()) == 0 and list(profile.opened.rglob("*")) == []


def test_copies_that_were_left_open_go_with_a_purge(used: Profile) -> None:
    with open_desk(used.home, OLD) as desk:
        desk.accounts.log_out(purge=True, discard_unsent=True)
    assert list(used.opened.rglob("*")) == []
    assert not used.store.exists()
    assert is_new(used)


def test_copies_that_were_left_open_go_with_signing_out(used: Profile) -> None:
    with open_desk(used.home, OLD) as desk:
        desk.accounts.log_out()
        assert list(used.opened.rglob("*")) == []
        assert desk.worklist.count(CaseFilter()) == 1


def test_a_key_that_cannot_be_removed_is_no_purge_for_the_next_start_either(used: Profile) -> None:
    key = used.key_file.read_bytes()
    used.key_file.unlink()
    used.key_file.mkdir()  # no file to be unlinked, as one that another program has open
    with pytest.raises(OSError, match="key"):
        purge(used, Unkept(), killed)
    used.key_file.rmdir()
    used.key_file.write_bytes(key)
    with open_desk(used.home, OLD) as desk:
        assert desk.worklist.count(CaseFilter()) == 1


class Odd(Unkept):
    """A keyring whose errors nobody knows."""

    def remove(self, name: str) -> None:
        raise RuntimeError(name)


def test_whatever_kept_the_key_from_going_is_no_purge_for_the_next_start_either(tmp_path: Path) -> None:
    profile, keyring = Profile(tmp_path), Odd()
    key = unlock(profile, None, keyring)
    Store.open(tmp_path, key).close()
    with pytest.raises(RuntimeError):
        purge(profile, keyring, killed)
    assert not profile.purge_mark.exists()
    assert unlock(profile, None, keyring) == key


def test_a_purge_that_is_killed_behind_the_key_ends_with_the_next_start(used: Profile) -> None:
    with pytest.raises(PulledPlug):
        purge(used, Unkept(), killed)
    assert used.database.exists()
    assert is_new(used)
    assert not used.purge_mark.exists()


def test_a_purge_that_is_killed_before_the_key_ends_with_the_next_start(used: Profile) -> None:
    before = unlock(used, OLD, Unkept())
    write_whole(used.purge_mark, b"")
    assert is_new(used)
    assert unlock(used, NEW, Unkept()) != before


def test_a_purge_needs_no_room(tmp_path: Path) -> None:
    assert run_with_limited_files(ON_A_FULL_DISK, tmp_path) == ["False False"]


@pytest.mark.parametrize("role", [Role.WINDOW, Role.INTAKE, Role.SYNC])
def test_nothing_is_purged_while_another_process_works_with_the_profile(used: Profile, role: Role) -> None:
    seconds = itertools.count(step=20)
    patient = Locks(used.locks, monotonic=lambda: float(next(seconds)), wait=lambda _: None)
    context = Context(home=used.home, texts=Texts.for_language("de"), json=False, clock=SystemClock())
    with Locks(used.locks).take(role, 0), pytest.raises(StillAtWork):
        if role is Role.WINDOW:
            run_logout(context, Namespace(purge=True, discard_unsent=True))
        else:
            with nobody_at_work(patient):
                pass
    assert used.key_file.exists()
    assert used.database.exists()
    with nobody_at_work(Locks(used.locks)):
        assert Locks(used.locks).is_taken(Role.SYNC)
    assert not Locks(used.locks).is_taken(Role.SYNC)


def test_signing_out_on_a_full_disk_makes_itself_room(tmp_path: Path) -> None:
    program = SIGNING_OUT_ON_A_FULL_DISK.replace("COPY", "2 << 20")
    assert run_on_small_disk(program, tmp_path / "disk", 8192) == ["full", "[True, True, True] True False"]


class Keyring(Unkept):
    """A keyring that does not answer while it is ``locked``."""

    locked = False

    def remove(self, name: str) -> None:
        if self.locked:
            raise KeyringMissing
        super().remove(name)


def test_a_purge_whose_keyring_does_not_answer_did_nothing_and_one_that_was_killed_ends(tmp_path: Path) -> None:
    profile, keyring = Profile(tmp_path), Keyring()
    before = unlock(profile, None, keyring)
    Store.open(tmp_path, before).close()
    keyring.locked = True
    with pytest.raises(KeyringMissing):
        purge(profile, keyring, killed)
    assert not profile.purge_mark.exists()
    keyring.locked = False
    assert unlock(profile, None, keyring) == before

    with pytest.raises(PulledPlug):
        purge(profile, keyring, killed)
    finish_purge(profile, keyring)
    assert not profile.store.exists()
    assert not profile.purge_mark.exists()
    assert unlock(profile, None, keyring) != before
