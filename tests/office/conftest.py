from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.ground import Place
from tests.contract.grounds import inmemory_place
from tests.contract.unproven import NO_RIGHTS
from tests.interop.inmemory import why_not
from tests.office.cmis_server import embedded, foreign
from tests.office.memory_backend import MemoryServer, Oddities
from tests.office.office import Office
from tests.office.serverside import ServerSide

STRICT = Oddities()
ODD = Oddities(ids_change=True, tokens=False, server_hash=False, writes_tell_parent=False, log_tells_children=False)
WITHOUT_LOG = Oddities(log=False)
WHOLE_SECONDS = Oddities(log=False, tokens=False, whole_seconds=True)
SLOW = ("odd", "without-log", "cmis-plain", "cmis-alfresco")
FOREIGN = "inmemory"
# what a server that keeps no rights cannot show: tests/contract/unproven.py has the reason
NO_RIGHTS_THERE = {
    "test_another_town_sees_no_marks",
    "test_a_town_never_sees_another_towns_cases",
}
FOREIGN_MARKS = (pytest.mark.slow, pytest.mark.skipif(bool(why_not()), reason=why_not() or "it is there"))
SERVERS = ("strict", "odd", "without-log", "cmis")


def server(kind: str, place: Path) -> ServerSide:
    match kind:
        case "strict":
            return MemoryServer(odd=STRICT)
        case "odd":
            return MemoryServer(odd=ODD)
        case "without-log":
            return MemoryServer(odd=WITHOUT_LOG)
        case "cmis-plain":
            return embedded(place, "plain")
        case "cmis-alfresco":
            return embedded(place, "alfresco")
        case _:
            return embedded(place)


# the fast tier proves the rules on the strictest server in memory and on our own over CMIS
@pytest.fixture(scope="session")
def abroad() -> Iterator[Place]:
    """The OpenCMIS InMemory server; each office leaves it empty."""
    with inmemory_place() as place:
        yield place


@pytest.fixture(
    params=[
        "strict",
        "cmis",
        *(pytest.param(kind, marks=pytest.mark.slow) for kind in SLOW),
        pytest.param(FOREIGN, marks=FOREIGN_MARKS),
    ]
)
def office(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office[ServerSide]]:
    if request.param == FOREIGN and request.node.originalname in NO_RIGHTS_THERE:
        request.applymarker(pytest.mark.xfail(reason=NO_RIGHTS, strict=True))
    if request.param == FOREIGN:
        side: ServerSide = foreign(request.getfixturevalue("abroad"), "opencmis-inmemory")
    else:
        side = server(request.param, tmp_path)
    made = Office(tmp_path, side)
    yield made
    made.close()


@pytest.fixture(params=["strict", pytest.param("odd", marks=pytest.mark.slow)])
def memory_office(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office[MemoryServer]]:
    """An office whose server can be changed in every way."""
    made = Office(tmp_path, MemoryServer(odd=STRICT if request.param == "strict" else ODD))
    yield made
    made.close()
