from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk_desktop.backend.port import Backend
from clerk_desktop.server.application import Application
from tests.contract.ground import VARIANTS, Ground, embedded_ground, embedded_server


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    with embedded_server(tmp_path_factory.mktemp("server")) as application:
        yield application


@pytest.fixture(params=sorted(VARIANTS))
def ground(request: pytest.FixtureRequest, embedded: Application, tmp_path: Path) -> Iterator[Ground]:
    with embedded_ground(embedded, tmp_path, request.param) as opened:
        yield opened


@pytest.fixture
def post(ground: Ground) -> Backend:
    """The mailroom of Blomberg."""
    return ground.connect("post.blomberg")


@pytest.fixture
def clerk(ground: Ground) -> Backend:
    """A clerk of Blomberg."""
    return ground.connect("clerk.blomberg")
