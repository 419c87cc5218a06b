from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office.memory_backend import Oddities
from tests.office.office import Office

VARIANTS = {
    "strict": Oddities(),
    "without-log": Oddities(log=False),
    "odd": Oddities(
        ids_change=True, tokens=False, server_hash=False, writes_tell_parent=False, log_tells_children=False
    ),
}


@pytest.fixture(params=sorted(VARIANTS))
def office(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office]:
    made = Office(tmp_path, VARIANTS[request.param])
    yield made
    made.close()
