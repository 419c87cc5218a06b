from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office.cmis_server import CmisServer
from tests.office.memory_backend import MemoryServer, Oddities
from tests.office.office import Office
from tests.office.serverside import ServerSide

STRICT = Oddities()
ODD = Oddities(ids_change=True, tokens=False, server_hash=False, writes_tell_parent=False, log_tells_children=False)
WITHOUT_LOG = Oddities(log=False)
SLOW = ("odd", "without-log", "cmis-plain", "cmis-alfresco")
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
            return CmisServer(place, "plain")
        case "cmis-alfresco":
            return CmisServer(place, "alfresco")
        case _:
            return CmisServer(place)


# the fast tier proves the rules on the strictest server in memory and on our own over CMIS
@pytest.fixture(params=["strict", "cmis", *(pytest.param(kind, marks=pytest.mark.slow) for kind in SLOW)])
def office(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office[ServerSide]]:
    made = Office(tmp_path, server(request.param, tmp_path))
    yield made
    made.close()


@pytest.fixture(params=["strict", pytest.param("odd", marks=pytest.mark.slow)])
def memory_office(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office[MemoryServer]]:
    """An office whose server can be changed in every way."""
    made = Office(tmp_path, MemoryServer(odd=STRICT if request.param == "strict" else ODD))
    yield made
    made.close()
