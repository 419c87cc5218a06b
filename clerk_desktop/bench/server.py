"""The embedded server beside the OpenCMIS InMemory server: lists, durable uploads, queries; and its own memory.

Both run in processes of their own and are asked in turn by the same client over one connection each, uploads also over
four at once, after the Java machine has warmed up. Theirs keeps nothing on disk; ours answers an upload when it is
flushed. Its documents for the queries are filed nowhere: with folders it takes hours to fill.
"""

from __future__ import annotations

import itertools
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from clerk_desktop.bench.cmis_peer import PIECE, Peer
from clerk_desktop.bench.inmemory import NoBaseline, inmemory
from clerk_desktop.bench.memory import resident_bytes
from clerk_desktop.bench.ratio import Ratio
from clerk_desktop.bench.serving import served
from clerk_desktop.server.repository.seeding import import_session
from clerk_desktop.server.rights import Role
from clerk_desktop.server.serving import EmbeddedServer
from clerk_desktop.system.resources import resources_folder

USER = "admin"
PASSWORD = "bench"  # noqa: S105 - a server that is thrown away
FOREIGN = "OpenCMIS InMemory"
CHILDREN, PAGE = 1_000, 100
UPLOAD = 20 << 10
BATCHES = 10
WRITERS = 4
HEAP_MB = 3 << 10
MEGABYTE = 1 << 20
QUERIES = (
    "SELECT * FROM cmis:document WHERE cmis:name = 'letter 00077'",
    "SELECT * FROM cmis:document WHERE cmis:name LIKE 'letter 0007%'",
    "SELECT * FROM cmis:document WHERE cmis:name LIKE '%tter 0_07%'",
    "SELECT cmis:objectId, cmis:name FROM cmis:document ORDER BY cmis:name",
    "SELECT * FROM cmis:document WHERE cmis:creationDate > TIMESTAMP '2020-01-01T00:00:00.000Z'"
    " ORDER BY cmis:creationDate DESC",
)


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """How much is asked: documents to query over, uploads, bytes of the large document."""

    documents: int
    uploads: int
    large: int


SOME = Sizes(documents=10_000, uploads=200, large=256 * MEGABYTE)
WHOLE = Sizes(documents=100_000, uploads=1_000, large=2048 * MEGABYTE)


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two servers, with a folder of ``CHILDREN`` documents and one for uploads.

    ``writers``: further connections, for uploads at once.
    """

    peer: Peer
    writers: tuple[Peer, ...]
    listed: str
    uploads: str


def server(sizes: Sizes = SOME) -> tuple[Ratio, ...]:
    """Measure our server, and theirs beside it where this machine can run it."""
    with ExitStack() as stack:
        root = Path(stack.enter_context(TemporaryDirectory(prefix="clerk-bench-", ignore_cleanup_errors=True)))
        fill(root, sizes.documents - CHILDREN)
        url, pid = stack.enter_context(served(root))
        sides = [_side(stack, url)]
        notes: tuple[str, ...] = ()
        try:
            sides.append(_side(stack, stack.enter_context(inmemory(HEAP_MB))))
        except NoBaseline as missing:
            notes = (f"{missing}: only ours is measured",)
        # uploads before theirs is filled, which makes it slow at that
        figures = [
            _listing(sides, notes),
            _uploading(sides, sizes.uploads, (*notes, _flushing(root))),
            _uploading_at_once(sides, sizes.uploads, (*notes, _flushing(root))),
        ]
        for side in sides[1:]:
            for number in range(sizes.documents - CHILDREN):
                side.peer.empty_document(_name(number))
        figures.append(_querying(sides, sizes.documents, notes))
        return (*figures, _memory(sides[0], pid, sizes.large))


def whole_server() -> tuple[Ratio, ...]:
    """Measure with 100,000 documents, 1,000 uploads and a document of 2 GB, which takes some minutes."""
    return server(WHOLE)


def fill(data: Path, documents: int) -> None:
    """Make a data folder with an administrator and so many documents, a thousand to a folder."""
    embedded = EmbeddedServer(data, resources_folder() / "cmis-types", towns={})
    with embedded:
        embedded.application.accounts.add_user(USER, PASSWORD, role=Role.ADMIN)
        with import_session(embedded.application.repository, at=time.time_ns() // 1_000_000, by=USER) as into:
            for number in range(documents):
                place = f"/shelf {number // 1_000:03}"
                if number % 1_000 == 0:
                    into.folder(place)
                into.document(place, "cmis:document", _name(number), {})


def _name(number: int) -> str:
    return f"letter {number:05}"


def _side(stack: ExitStack, url: str) -> Side:
    peer, *writers = [Peer(url, USER, PASSWORD) for _ in range(1 + WRITERS)]
    for each in (peer, *writers):
        stack.callback(each.close)
    listed = peer.folder("listed")
    for number in range(CHILDREN):
        peer.empty_document(f"child {number:04}", listed)
    return Side(peer=peer, writers=tuple(writers), listed=listed, uploads=peer.folder("uploads"))


def _listing(sides: Sequence[Side], notes: tuple[str, ...]) -> Ratio:
    def act(side: Side) -> object:
        return side.peer.children(side.listed, CHILDREN)

    taken = _in_turn(sides, act, warm=60, rounds=21)
    return _ratio("server: list", f"{CHILDREN} children", "<= 1.0", taken, notes)


def _uploading(sides: Sequence[Side], uploads: int, notes: tuple[str, ...]) -> Ratio:
    names = itertools.count()

    def act(side: Side) -> None:
        _upload(side.peer, side, uploads // BATCHES, names)

    what = f"{uploads} documents of 20 kB, one after the other"
    return _uploads("server: create", what, sides, act, notes)


def _uploading_at_once(sides: Sequence[Side], uploads: int, notes: tuple[str, ...]) -> Ratio:
    names = itertools.count()
    with ThreadPoolExecutor(WRITERS) as pool:

        def act(side: Side) -> None:
            each = uploads // BATCHES // WRITERS
            told = [pool.submit(_upload, writer, side, each, names) for writer in side.writers]
            for done in told:
                done.result()

        what = f"{uploads} documents of 20 kB, {WRITERS} at once"
        return _uploads("server: create at once", what, sides, act, notes)


def _upload(peer: Peer, side: Side, count: int, names: Iterator[int]) -> None:
    content = os.urandom(UPLOAD)
    for _ in range(count):
        peer.document(f"upload {count} {next(names)}", side.uploads, UPLOAD, iter([content]))


def _uploads(name: str, what: str, sides: Sequence[Side], act: Callable[[Side], None], notes: tuple[str, ...]) -> Ratio:
    for side in sides:
        for writer in side.writers:
            writer.close()
    taken = _in_turn(sides, act, warm=2, rounds=BATCHES)
    whole = [[seconds * BATCHES for seconds in each] for each in taken]
    return _ratio(name, what, "<= 2.0 (0.5 x speed)", whole, notes)


def _flushing(folder: Path) -> str:
    """Tell how long this disk takes to keep as much as one upload: ours waits for that, theirs does not."""
    content, taken = os.urandom(UPLOAD), []
    with (folder / "flushed").open("wb", buffering=0) as file:
        for _ in range(50):
            started = time.perf_counter()
            file.write(content)
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - started)
    return f"of each of ours {statistics.median(taken) * 1000:.1f} ms or more are this disk's: one flush of 20 kB"


def _querying(sides: Sequence[Side], documents: int, notes: tuple[str, ...]) -> Ratio:
    sums: list[list[float]] = [[] for _ in range(7)]
    told = []
    for statement in QUERIES:

        def act(side: Side, asked: str = statement) -> object:
            return side.peer.query(asked, PAGE)

        taken = _in_turn(sides, act, warm=15, rounds=len(sums))
        sums = [_added(total, more) for total, more in zip(sums, taken, strict=True)]
        medians = [statistics.median(side) * 1000 for side in zip(*taken, strict=True)]
        told.append(f"{' ms beside '.join(f'{each:.1f}' for each in medians)} ms: {statement}")
    what = f"{len(QUERIES)} queries over {documents} documents"
    return _ratio("server: query", what, "<= 1.0", sums, (*notes, *told))


def _added(total: list[float], more: list[float]) -> list[float]:
    return [one + other for one, other in zip(total, more, strict=True)] if total else more


def _in_turn(sides: Sequence[Side], act: Callable[[Side], object], warm: int, rounds: int) -> list[list[float]]:
    """Return for each round the seconds of each side, on a fresh connection."""
    for side in sides:
        side.peer.close()
    for _ in range(warm):
        for side in sides:
            act(side)
    return [[_seconds(act, side) for side in sides] for _ in range(rounds)]


def _seconds(act: Callable[[Side], object], side: Side) -> float:
    started = time.perf_counter()
    act(side)
    return time.perf_counter() - started


def _ratio(name: str, what: str, goal: str, taken: list[list[float]], notes: tuple[str, ...]) -> Ratio:
    ours = [each[0] for each in taken]
    theirs = [each[1] if len(each) > 1 else float("nan") for each in taken]
    return Ratio(
        name=name,
        baseline_name=f"{FOREIGN}: {what}",
        goal=goal,
        ours=statistics.median(ours),
        baseline=statistics.median(theirs),
        ratio=statistics.median(mine / foreign for mine, foreign in zip(ours, theirs, strict=True)),
        notes=notes,
    )


def _memory(side: Side, pid: int, size: int) -> Ratio:
    """Send a large document and fetch it again, and watch how large the server's process gets meanwhile."""
    before = resident_bytes(pid)
    highest = before

    def watched(pieces: Iterator[bytes]) -> Iterator[bytes]:
        nonlocal highest
        for piece in pieces:
            highest = max(highest, resident_bytes(pid))
            yield piece

    content = os.urandom(PIECE)
    side.peer.close()
    started = time.perf_counter()
    sent = side.peer.document("large", side.uploads, size, watched(iter([content] * (size // PIECE))))
    kept = time.perf_counter()
    came = 0
    for length in side.peer.content(sent):
        came += length
        highest = max(highest, resident_bytes(pid))
    fetched = time.perf_counter()
    if came != size:
        raise RuntimeError(f"{came} bytes came back of {size}")
    return Ratio(
        name="server: memory",
        baseline_name="resident set before",
        goal="+ 50 MB at most",
        ours=highest / MEGABYTE,
        baseline=before / MEGABYTE,
        ratio=highest / before,
        unit="MB",
        notes=(
            f"{(highest - before) / MEGABYTE:+.0f} MB while {size // MEGABYTE} MB went up in {kept - started:.1f} s "
            f"and down in {fetched - kept:.1f} s",
        ),
    )
