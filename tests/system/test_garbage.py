"""Reference cycles: untouched while a window starts, found afterwards, also those of a session that was closed."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from clerk_desktop.system import garbage


class Knot:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def ordinary() -> Iterator[None]:
    yield
    garbage.look_at_all()


def test_a_start_is_not_searched_until_it_is_over() -> None:
    garbage.hold_back()
    assert not gc.isenabled()
    garbage.look_at_new()
    assert gc.isenabled()


def test_what_came_after_the_start_is_found() -> None:
    garbage.hold_back()
    garbage.look_at_new()
    late = weakref.ref(Knot())
    gc.collect()
    assert late() is None


def test_what_stood_at_the_start_is_passed_over_until_the_session_is_closed() -> None:
    garbage.hold_back()
    early = weakref.ref(Knot())
    garbage.look_at_new()
    gc.collect()
    assert early() is not None
    garbage.look_at_all()
    gc.collect()
    assert early() is None
