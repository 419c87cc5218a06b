"""A server that says when to come back is left alone until then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clerk_desktop.backend.port import Backend
from clerk_desktop.documents.xfdf import Xfdf
from clerk_desktop.model.errors import (
    ClerkError,
    ExitCode,
    ServerBusy,
    SignInEnded,
    SignInRefused,
    SignOnServiceUnreachable,
    StoreBusy,
)
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from clerk_desktop.sync.engine import Sync
from clerk_desktop.usecases.work import Exchange
from tests.store.samples_of import ACCOUNT, KEY, FixedClock, fill

NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)


class Refusing:
    """A way to the server that ends in an error each time."""

    def __init__(self, error: ClerkError) -> None:
        self.error = error
        self.asked = 0

    def __call__(self) -> Backend:
        self.asked += 1
        raise self.error


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "home", KEY, FixedClock())


class BusyAtFirst(Store):
    """A store that others hold when it is first read."""

    held = True

    @contextmanager
    def read(self) -> Iterator[Session]:
        if self.held:
            self.held = False
            raise StoreBusy
        with super().read() as session:
            yield session


def test_a_store_that_others_hold_as_the_round_begins_is_how_the_round_ended(tmp_path: Path) -> None:
    store = BusyAtFirst.open(tmp_path / "home", KEY, FixedClock())
    sync = Sync(store=store, connect=Refusing(ServerBusy(600)), jitter=lambda: 0.5, marks=Xfdf())
    report = sync.run_once(NOW)
    assert isinstance(report.stopped, StoreBusy)
    assert report.next_try is not None
    store.close()


class Held(Store):
    """A store that others hold from some moment on."""

    held = False

    @contextmanager
    def read(self) -> Iterator[Session]:
        if self.held:
            raise StoreBusy
        with super().read() as session:
            yield session


def test_a_store_that_others_hold_as_the_round_ends_takes_nothing_from_what_the_server_said(tmp_path: Path) -> None:
    store = Held.open(tmp_path / "home", KEY, FixedClock())
    assert isinstance(store, Held)
    asked = list[datetime]()

    def connect() -> Backend:
        asked.append(NOW)
        store.held = True
        raise ServerBusy(600)

    sync = Sync(store=store, connect=connect, jitter=lambda: 0.5, marks=Xfdf())
    report = sync.run_once(NOW)
    assert isinstance(report.stopped, ServerBusy)
    assert report.next_try == NOW + timedelta(seconds=600)
    early = sync.run_once(NOW + timedelta(seconds=599))
    assert isinstance(early.stopped, ServerBusy)
    assert (len(asked), early.next_try, early.settled) == (1, NOW + timedelta(seconds=600), False)
    store.held = False
    store.close()


def test_an_exchange_over_a_store_that_others_hold_ends_as_a_round_does_and_is_held_back(tmp_path: Path) -> None:
    store = Held.open(tmp_path / "home", KEY, FixedClock())
    assert isinstance(store, Held)
    fill(store)
    way = Refusing(ServerBusy(600))
    sync = Sync(store=store, connect=way, jitter=lambda: 0.5, marks=Xfdf())

    def settle(_: datetime) -> None:
        raise StoreBusy

    exchange = Exchange(store=store, clock=FixedClock(), sync=lambda: sync, settle=settle, jitter=lambda: 0.5)
    store.held = True
    assert exchange.now().error == StoreBusy.__name__
    store.held = False
    asked = way.asked
    assert exchange.keep_up().error == StoreBusy.__name__
    assert way.asked == asked, "it is held back"
    store.close()


def test_nothing_is_asked_before_the_time_is_over_unless_somebody_waits(store: Store) -> None:
    busy = Refusing(ServerBusy(600))
    sync = Sync(store=store, connect=busy, jitter=lambda: 0.5, marks=Xfdf())
    assert sync.run_once(NOW).next_try == NOW + timedelta(seconds=600)
    early = sync.run_once(NOW + timedelta(seconds=599))
    assert busy.asked == 1
    assert early.next_try == NOW + timedelta(seconds=600)
    sync.run_once(NOW + timedelta(seconds=599), impatient=True)
    assert busy.asked == 2
    sync.run_once(NOW + timedelta(seconds=1300))
    assert busy.asked == 3
    store.close()


def test_a_refused_password_is_not_sent_again_until_somebody_signs_in_or_half_an_hour_is_over(tmp_path: Path) -> None:
    clock = FixedClock()
    store = Store.open(tmp_path / "home", KEY, clock)
    refused = Refusing(SignInRefused())
    exchange = Exchange(
        store=store,
        clock=clock,
        sync=lambda: Sync(store=store, connect=refused, jitter=lambda: 0.5, marks=Xfdf()),
        settle=lambda _: None,
        jitter=lambda: 0.5,
    )
    fill(store)  # work that could be sent at once
    for _ in range(50):
        assert exchange.keep_up().exit_code is ExitCode.NOT_SIGNED_IN
        clock.time += timedelta(seconds=30)
    assert refused.asked == 1
    with store.write() as session:
        session.account.put(ACCOUNT)
    exchange.keep_up()
    exchange.keep_up()
    assert refused.asked == 2
    clock.time += timedelta(minutes=31)
    exchange.keep_up()
    assert refused.asked == 3
    exchange.now()  # somebody waits for it
    assert refused.asked == 4
    store.close()


def test_a_sign_on_service_that_is_away_is_tried_again_and_a_sign_in_that_ended_waits_for_somebody(
    store: Store,
) -> None:
    away = Sync(store=store, connect=Refusing(SignOnServiceUnreachable()), jitter=lambda: 0.5, marks=Xfdf())
    assert away.run_once(NOW).next_try is not None
    ended = Sync(store=store, connect=Refusing(SignInEnded()), jitter=lambda: 0.5, marks=Xfdf())
    assert ended.run_once(NOW).next_try is None
    store.close()
