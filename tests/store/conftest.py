from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk_desktop.store.store import Store
from tests.new_store import open_store
from tests.store.samples_of import KEY, FixedClock


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[Store]:
    opened = open_store(tmp_path / "home", KEY, clock)
    yield opened
    opened.close()
