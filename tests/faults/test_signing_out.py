"""Signing out counts at once: for a round in another process, and when it is killed in its middle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_desktop.backend.port import Backend
from clerk_desktop.documents.xfdf import Xfdf
from clerk_desktop.model.account import Account
from clerk_desktop.model.errors import DiskFull, NotSignedIn
from clerk_desktop.model.signing_in import SignInRequest
from clerk_desktop.sync.engine import Sync
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
    with pytest.raises(DiskFull):
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
