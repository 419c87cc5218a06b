"""Signing out counts at once: for a round in another process, and when it is killed in its middle."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_desktop.backend.port import Backend
from clerk_desktop.documents.xfdf import Xfdf
from clerk_desktop.model.account import Account
from clerk_desktop.model.errors import (
    DiskFull,
    KeyringMissing,
    NotSignedIn,
    PasswordStays,
    SignOutHalfDone,
    StillAtWork,
)
from clerk_desktop.model.pin import Keeping
from clerk_desktop.model.signing_in import SignInRequest
from clerk_desktop.store.secrets import StoreSecrets
from clerk_desktop.sync.engine import Sync
from clerk_desktop.sync.retention import Retention
from clerk_desktop.system.secrets import Secret, SecretStore, Unkept
from clerk_desktop.system.store_key import StoreKey
from clerk_desktop.usecases.accounts import Accounts
from tests.office.memory_backend import MemoryServer
from tests.office.office import Office
from tests.office.station import PulledPlug, Station
from tests.ui.full_store import FullStore


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Station]:
    office = Office(tmp_path, MemoryServer())
    yield office.station("anna")
    office.close()


class Dying(Unkept):
    """The machine dies when the first secret is to go."""

    def remove(self, name: str) -> None:
        raise PulledPlug


def sign_in(request: SignInRequest, fresh: SecretStore) -> Account:
    return Account(url=request.url, user=request.user, repository="clerk", mapping="embedded")


def accounts(station: Station, secrets: SecretStore) -> Accounts:
    return Accounts(
        store=station.store,
        secrets=secrets,
        sign_in=sign_in,
        sign_out=lambda _: None,
        certificate_locked=lambda: False,
        mappings=lambda: (),
        let_go=lambda: None,
        make_room=lambda: None,
        alone=nullcontext,
        destroy=lambda: None,
    )


def test_one_that_is_killed_in_its_middle_is_signed_out(anna: Station) -> None:
    anna.pin(anna.open_case("Hundesteuer"))
    with pytest.raises(PulledPlug):
        accounts(anna, Dying()).log_out()
    anna.restart()
    left = accounts(anna, Unkept())
    holder = left.holder()
    assert holder is not None
    assert holder.signed_out
    with pytest.raises(NotSignedIn):
        left.signed_in()
    with anna.store.read() as session:
        assert session.pins.all() == ()


def test_on_a_full_disk_the_password_goes_all_the_same(anna: Station, tmp_path: Path) -> None:
    store = FullStore.open(tmp_path / "full", StoreKey.random())
    assert isinstance(store, FullStore)
    kept, told = Unkept(), list[Account]()
    mine = replace(accounts(anna, kept), store=store, sign_out=told.append)
    mine.log_in(SignInRequest(url="http://office/cmis", user="anna", password=""))
    kept.put(Secret.PASSWORD, "geheim")
    store.full = True
    with pytest.raises(SignOutHalfDone):
        mine.log_out()
    assert kept.get(Secret.PASSWORD) is None
    assert [account.user for account in told] == ["anna"]
    store.close()


def test_who_exchanges_in_another_process_stops_and_goes_on_after_signing_in(anna: Station) -> None:
    mine = accounts(anna, Unkept())

    def connect() -> Backend:
        return anna.connect_as(mine.signed_in().user)

    engine = Sync(store=anna.store, connect=connect, jitter=lambda: 0.5, marks=Xfdf())
    assert engine.run_once(anna.clock.now()).stopped is None
    mine.log_out()
    anna.open_case("Hundesteuer")
    asked = anna.net.exchanges
    assert isinstance(engine.run_once(anna.clock.now()).stopped, NotSignedIn)
    assert anna.net.exchanges == asked
    mine.log_in(SignInRequest(url="http://office/cmis", user="anna", password=""))
    assert engine.run_once(anna.clock.now()).push.sent == 1
    engine.close()


def test_on_a_full_disk_room_is_made_for_signing_out_also_of_what_is_pinned(tmp_path: Path) -> None:
    office = Office(tmp_path, MemoryServer())
    mailroom, anna = office.station("post"), office.station("anna")
    case_id = mailroom.open_case("Hundesteuer")
    (letter,) = mailroom.scan(b"Hundesteuer")
    mailroom.file(letter, case_id)
    office.settle(2)
    anna.pin(case_id)
    anna.sync()
    (unsent,) = anna.scan(b"Neues")
    assert (anna.has_content(letter), anna.has_content(unsent)) == (True, True)
    store = anna.store
    full = [True]

    class OneSecret(StoreSecrets):
        def remove(self, name: str) -> None:
            if full[0]:
                raise DiskFull
            super().remove(name)

    def make_room() -> None:
        Retention(store, Keeping).let_all_go(anna.clock.now())
        full[0] = anna.has_content(letter)

    secrets = OneSecret(store)
    for name in Secret:
        secrets.put(name, "geheim")
    replace(accounts(anna, secrets), make_room=make_room).log_out()
    assert [secrets.get(name) for name in Secret] == [None] * len(Secret)
    assert (anna.has_content(letter), anna.has_content(unsent)) == (False, True)
    office.close()


class Locked(Unkept):
    """A keyring that lets the password be read by nobody and go nowhere."""

    def remove(self, name: str) -> None:
        if name == Secret.PASSWORD:
            raise KeyringMissing
        super().remove(name)


def test_a_locked_keyring_keeps_only_what_lies_in_it(anna: Station) -> None:
    kept, went = Locked(), list[str]()
    kept.put(Secret.PASSWORD, "geheim")
    kept.put(Secret.TOKENS, "geheim")

    def not_now(_: Account) -> None:
        raise KeyringMissing

    mine = replace(accounts(anna, kept), sign_out=not_now, let_go=lambda: went.append("copies"))
    with pytest.raises(PasswordStays):
        mine.log_out()
    assert (kept.get(Secret.PASSWORD), kept.get(Secret.TOKENS), went) == ("geheim", None, ["copies"])
    holder = mine.holder()
    assert holder is not None
    assert holder.signed_out


def test_nothing_is_purged_while_another_process_works_with_it(anna: Station) -> None:
    kept, went = Unkept(), list[str]()
    kept.put(Secret.PASSWORD, "geheim")

    def at_work() -> AbstractContextManager[None]:
        raise StillAtWork

    mine = replace(accounts(anna, kept), alone=at_work, destroy=lambda: went.append("store"))
    with pytest.raises(StillAtWork):
        mine.log_out(purge=True, discard_unsent=True)
    assert (kept.get(Secret.PASSWORD), went) == ("geheim", [])
    replace(mine, alone=nullcontext).log_out(purge=True, discard_unsent=True)
    assert (kept.get(Secret.PASSWORD), went) == (None, ["store"])
