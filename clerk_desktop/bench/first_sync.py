"""The first synchronisation of a large office, beside bare paging through the same folders without keeping anything."""

from __future__ import annotations

import json
import statistics
import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import httpx

from clerk_desktop.assembly import open_desk
from clerk_desktop.bench.memory import resident_bytes
from clerk_desktop.bench.ratio import Ratio, compare
from clerk_desktop.bench.serving import served
from clerk_desktop.demo.office import large_office
from clerk_desktop.demo.seed import PASSWORD, TITLES, seed
from clerk_desktop.model.case import CaseFilter
from clerk_desktop.model.signing_in import SignInRequest
from clerk_desktop.server.serving import EmbeddedServer
from clerk_desktop.system.resources import resources_folder

CASES, DOCUMENTS, WHOLE_DOCUMENTS, PAGE = 10_000, 10_000, 50_000, 1_000
PAIRS, WHOLE_PAIRS = 2, 3
USER = "admin"
TREES, LISTS = "/Akten", "/Posteingang"
LOOK_SECONDS = 0.05
MIB = 1024 * 1024
Entry: TypeAlias = dict[str, Any]


@dataclass(kw_only=True)
class _Taken:
    """What a run took beside time: processor seconds of this process, and its memory in bytes, moment by moment."""

    processor: list[float] = field(default_factory=list)
    memory: list[list[int]] = field(default_factory=list)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Note what the block takes."""
        seen = [resident_bytes()]
        over = threading.Event()

        def look() -> None:
            while not over.wait(LOOK_SECONDS):
                seen.append(resident_bytes())

        looking = threading.Thread(target=look)
        looking.start()
        begun = time.process_time()
        try:
            yield
        finally:
            self.processor.append(time.process_time() - begun)
            over.set()
            looking.join()
            self.memory.append(seen)


def first_sync(cases: int = CASES, documents: int = DOCUMENTS, pairs: int = PAIRS) -> Ratio:
    """Fetch all cases and documents over HTTP from a server in a process of its own, as a real one is."""
    with TemporaryDirectory(prefix="clerk-bench-", ignore_cleanup_errors=True) as place:
        root = Path(place)
        server = EmbeddedServer(root / "server", resources_folder() / "cmis-types", towns=TITLES)
        with server:
            seed(server, large_office(datetime.now(UTC).date(), cases, documents))
        profiles = iter(range(100))
        mine, bare = _Taken(), _Taken()
        with served(root / "server") as (url, _):

            def ours() -> None:
                with mine.watched(), open_desk(root / f"profile-{next(profiles)}", PASSWORD) as desk:
                    desk.accounts.log_in(SignInRequest(url=url, user=USER, password=PASSWORD))
                    desk.background.sync_once()
                    if desk.worklist.count(CaseFilter()) < cases:
                        raise RuntimeError("not all cases arrived")

            def baseline() -> None:
                with bare.watched(), httpx.Client(auth=(USER, PASSWORD), timeout=60, trust_env=False) as client:
                    if _walk(client, f"{url}/clerk/root") < cases + documents:
                        raise RuntimeError("the walk does not see everything")

            figure = compare("sync", "<= 1.5", ours, "bare httpx, same folders, answers read", baseline, pairs)
    processor = tuple(statistics.median(each.processor) for each in (mine, bare))
    return replace(
        figure,
        notes=(
            f"{cases} cases and {documents} documents, profile made and signed in included",
            f"processor time of the workstation {processor[0]:.1f} s beside {processor[1]:.1f} s",
            f"memory at each fifth of the last run: {_fifths(mine.memory[-1])} MiB",
        ),
    )


def whole() -> Ratio:
    """Do the same with 50,000 documents: some minutes."""
    return first_sync(CASES, WHOLE_DOCUMENTS, WHOLE_PAIRS)


def _walk(client: httpx.Client, root: str) -> int:
    """Ask as the workstation does: the entries of each town, what lies below each, the inboxes; count objects."""
    wanted = _properties()

    def read(path: str, selector: str, object_id: str = "", skip: int = 0) -> list[Entry]:
        asked = {"cmisselector": selector, "succinct": "true", "filter": wanted, "includePathSegment": "false"}
        asked |= {"objectId": object_id} if object_id else {}
        asked |= {"depth": "-1"} if selector == "descendants" else {"maxItems": str(PAGE), "skipCount": str(skip)}
        answer = json.loads(client.get(root + path, params=asked).raise_for_status().content)
        if selector == "descendants":
            return list(answer)
        found: list[Entry] = answer["objects"]
        return found + (read(path, selector, object_id, skip + len(found)) if answer["hasMoreItems"] else [])

    count = 0
    for top in (TREES, LISTS):
        for town in read(top, "children"):
            below = read("", "children", _id(town))
            count += _size(below)
            count += sum(_size(read("", "descendants", _id(entry))) for entry in below if top == TREES)
    return count


def _properties() -> str:
    """Return the property filter: everything that the mapping names, and what CMIS itself has."""
    mapping = tomllib.loads((resources_folder() / "dms-mappings" / "embedded.toml").read_text(encoding="utf-8"))
    own = {name for part in ("case", "document", "event", "annotations") for name in mapping.get(part, {}).values()}
    cmis = "objectId objectTypeId baseTypeId name changeToken lastModificationDate versionSeriesId versionLabel"
    stream = "contentStreamLength contentStreamMimeType contentStreamHash isPrivateWorkingCopy parentId path"
    return ",".join([*sorted(filter(None, own)), *(f"cmis:{name}" for name in f"{cmis} {stream}".split())])


def _id(entry: Entry) -> str:
    """Return the object's id; in ``descendants`` an entry holds its object one step deeper (5.2.11)."""
    inner = entry["object"]
    return str(inner.get("object", inner)["succinctProperties"]["cmis:objectId"])


def _size(entries: list[Entry]) -> int:
    return sum(1 + _size(entry.get("children") or []) for entry in entries)


def _fifths(seen: list[int]) -> str:
    places = (round(part * (len(seen) - 1) / 5) for part in range(6))
    return " ".join(str(seen[place] // MIB) for place in places)
