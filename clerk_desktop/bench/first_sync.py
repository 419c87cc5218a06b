"""The first synchronisation of a large office, beside bare paging of the same objects without keeping them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from clerk_desktop.assembly import open_desk
from clerk_desktop.bench.ratio import Ratio, compare
from clerk_desktop.bench.serving import served
from clerk_desktop.demo.office import large_office
from clerk_desktop.demo.seed import PASSWORD, TITLES, seed
from clerk_desktop.model.account import SignInRequest
from clerk_desktop.model.case import CaseFilter
from clerk_desktop.server.serving import EmbeddedServer
from clerk_desktop.system.resources import resources_folder

CASES, DOCUMENTS, PAGE = 10_000, 10_000, 1_000
PAIRS = 2
STATEMENTS = ("SELECT * FROM clerk:case", "SELECT * FROM clerk:document")
USER = "admin"


def first_sync(cases: int = CASES, documents: int = DOCUMENTS, pairs: int = PAIRS) -> Ratio:
    """Fetch all cases and documents over HTTP from a server in a process of its own, as a real one is."""
    with TemporaryDirectory(prefix="clerk-bench-", ignore_cleanup_errors=True) as place:
        root = Path(place)
        server = EmbeddedServer(root / "server", resources_folder() / "cmis-types", towns=TITLES)
        with server:
            seed(server, large_office(datetime.now(UTC).date(), cases, documents))
        profiles = iter(range(100))
        with served(root / "server") as (url, _):

            def ours() -> None:
                with open_desk(root / f"profile-{next(profiles)}", PASSWORD) as desk:
                    desk.accounts.log_in(SignInRequest(url=url, user=USER, password=PASSWORD))
                    desk.background.sync_once()
                    if len(desk.worklist.find(CaseFilter())) < cases:
                        raise RuntimeError("not all cases arrived")

            def baseline() -> None:
                with httpx.Client(auth=(USER, PASSWORD), timeout=60, trust_env=False) as client:
                    for statement in STATEMENTS:
                        _page_through(client, f"{url}/clerk", statement)

            figure = compare("sync", "<= 1.5", ours, "bare httpx paging by query", baseline, pairs)
    return replace(figure, notes=(f"{cases} cases and {documents} documents, profile made and signed in included",))


def _page_through(client: httpx.Client, address: str, statement: str) -> None:
    skip, more = 0, True
    while more:
        asked = {"cmisselector": "query", "q": statement, "succinct": "true"}
        asked |= {"maxItems": str(PAGE), "skipCount": str(skip)}
        page = json.loads(client.get(address, params=asked).raise_for_status().content)
        skip, more = skip + len(page["results"]), page["hasMoreItems"]
