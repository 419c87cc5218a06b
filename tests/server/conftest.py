from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.office import Caller, Office, opened_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened_office(tmp_path / "data", users=("admin", "clerk.blomberg", "post.blomberg", "clerk.luegde")) as opened:
        yield opened


@pytest.fixture
def admin(office: Office) -> Caller:
    return office.caller("admin")


@pytest.fixture
def clerk(office: Office) -> Caller:
    """A clerk of Blomberg."""
    return office.caller("clerk.blomberg")


@pytest.fixture
def neighbour(office: Office) -> Caller:
    """A clerk of Lügde."""
    return office.caller("clerk.luegde")


@pytest.fixture
def inbox(clerk: Caller) -> str:
    """The id of Blomberg's inbox."""
    return clerk.at("Posteingang/Blomberg").id


@pytest.fixture
def cases(clerk: Caller) -> str:
    """The id of Blomberg's folder of cases."""
    return clerk.at("Akten/Blomberg").id
