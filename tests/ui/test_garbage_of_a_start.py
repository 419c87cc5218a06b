"""Reference cycles are searched for again however a start ends: one that fails must not fill the memory all day."""

from __future__ import annotations

import gc
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clerk_desktop.assembly import Workshop
from clerk_desktop.cli.commands.window import run_window
from clerk_desktop.cli.context import Context
from clerk_desktop.model.errors import DiskFull, RoleTaken
from clerk_desktop.store.secrets import StoreSecrets
from clerk_desktop.store.store import Store
from clerk_desktop.system import garbage
from clerk_desktop.system.locks import Locks, Role
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.session import WindowSession
from tests.ui.stage import KEY, Clock, settle


class NeverReady(Workshop):
    """A desk on a disk that is full."""

    def make_ready(self) -> None:
        raise DiskFull


@pytest.fixture(autouse=True)
def ordinary() -> Iterator[None]:
    yield
    garbage.look_at_all()


def test_it_is_searched_and_the_error_said_when_the_session_does_not_get_ready(qtbot: QtBot, tmp_path: Path) -> None:
    store = Store.open(tmp_path, KEY, Clock())
    inside = StoreSecrets(store)
    desk = NeverReady(profile=Profile(tmp_path), store=store, secrets=inside, keyring=inside, clock=Clock())
    session = WindowSession(desk, Texts.for_language("de"), tmp_path)
    said: list[str] = []
    session.workplace.wishes.say.connect(lambda message: said.append(message.text))
    garbage.hold_back()
    session.make_ready()
    settle(session)
    searched = gc.isenabled()
    session.close()
    assert searched
    assert said == [Texts.for_language("de").sentence(DiskFull())]


def test_it_is_searched_when_there_is_no_window_after_all(qtbot: QtBot, tmp_path: Path) -> None:
    context = Context(home=tmp_path, texts=Texts.for_language("de"), json=False, clock=Clock())
    lock = Locks(Profile(tmp_path).locks).take(Role.WINDOW, 0)
    with lock, pytest.raises(RoleTaken):
        run_window(context, Namespace(lang="de"))
    assert gc.isenabled()
