from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk_desktop.backend.port import Backend
from tests.contract.ground import Ground, Place, standing, write_mapping
from tests.contract.grounds import VARIANTS, alfresco_place, embedded_place, inmemory_place
from tests.contract.unproven import LUCK, UNPROVEN
from tests.interop.inmemory import why_not

FOREIGN = (pytest.mark.slow, pytest.mark.skipif(bool(why_not()), reason=why_not() or "it is there"))


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with embedded_place(tmp_path_factory.mktemp("server")) as place:
        yield place


@pytest.fixture(scope="session")
def alfresco(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with alfresco_place(tmp_path_factory.mktemp("alfresco")) as place:
        yield place


@pytest.fixture(scope="session")
def inmemory() -> Iterator[Place]:
    with inmemory_place() as place:
        yield place


def variants() -> list[object]:
    return [
        pytest.param(name, marks=FOREIGN if variant.server == "inmemory" else ()) for name, variant in VARIANTS.items()
    ]


@pytest.fixture(params=variants())
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ground]:
    variant = VARIANTS[request.param]
    test = f"{request.path.name}::{request.node.originalname}"
    for about in (variant.server, variant.mapping):
        if test in UNPROVEN.get(about, {}):
            request.applymarker(pytest.mark.xfail(reason=UNPROVEN[about][test], strict=True))
        if test in LUCK.get(about, {}):
            pytest.skip(LUCK[about][test])
    write_mapping(tmp_path, variant.mapping, variant.changes)
    with standing(request.getfixturevalue(variant.server), tmp_path, variant.version) as opened:
        yield opened


@pytest.fixture
def post(ground: Ground) -> Backend:
    """The mailroom of Blomberg."""
    return ground.connect("post.blomberg")


@pytest.fixture
def clerk(ground: Ground) -> Backend:
    """A clerk of Blomberg."""
    return ground.connect("clerk.blomberg")
