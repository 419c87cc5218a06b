"""Content that comes as a worker needs it: only that is read, from any place, by any worker, and damage is told."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator

import pytest

from clerk_desktop.model.errors import ContentDamaged
from clerk_desktop.model.jobs import Priority
from clerk_desktop.workers.channel import ChannelClosed, ChannelKind
from clerk_desktop.workers.filling import PIECE, Filling, Pieces
from clerk_desktop.workers.host import WorkerHost
from clerk_desktop.workers.ways import awaiting, usual_kind
from tests.workers import hostile

KINDS = [ChannelKind.PIPES, *([ChannelKind.SOCKET] if sys.platform == "linux" else [])]
SCAN = bytes(range(256)) * 4096 + b"end"


class Source(io.BytesIO):
    """Counts what is read; behind ``good`` its bytes were changed."""

    def __init__(self, good: int = len(SCAN)) -> None:
        super().__init__(SCAN)
        self.read_bytes = 0
        self._good = good

    def read(self, size: int | None = -1) -> bytes:
        piece = super().read(size)
        self.read_bytes += len(piece)
        if self.tell() > self._good:
            raise ContentDamaged
        return piece


@pytest.fixture(scope="module", params=KINDS, ids=[kind.value for kind in KINDS])
def host(request: pytest.FixtureRequest) -> Iterator[WorkerHost]:
    made = WorkerHost(processes=2, abilities="tests.workers.hostile", channel=request.param)
    yield made
    made.close()


def glimpse(start: int, stop: int) -> hostile.Glimpse:
    return hostile.Glimpse(start=start, stop=stop)


def test_only_what_a_job_needs_is_read(host: WorkerHost) -> None:
    source = Source()
    with host.lend(source) as content:
        assert content.length == len(SCAN)
        assert host.run(glimpse(300_000, 300_010), content) == SCAN[300_000:300_010]
        assert source.read_bytes == PIECE
        assert host.run(glimpse(300_000, 300_020), content) == SCAN[300_000:300_020]
        assert source.read_bytes == PIECE
        assert host.run(glimpse(len(SCAN) - 5, len(SCAN)), content) == SCAN[-5:]
    assert source.closed


def test_all_of_it_can_be_needed(host: WorkerHost) -> None:
    with host.lend(Source()) as content:
        assert host.run(glimpse(70_000, 200_000), content) == SCAN[70_000:200_000]
        assert host.run(glimpse(0, len(SCAN)), content) == SCAN


def test_an_empty_content_can_be_lent(host: WorkerHost) -> None:
    source = io.BytesIO()
    with host.lend(source) as content:
        assert host.run(glimpse(0, 0), content) == b""
    assert source.closed


def test_damage_is_told_and_the_next_job_is_done(host: WorkerHost) -> None:
    with host.lend(Source(good=PIECE)) as content:
        with pytest.raises(ContentDamaged):
            host.run(glimpse(PIECE, PIECE + 1), content)
        assert host.run(glimpse(0, 10), content) == SCAN[:10]


def test_several_workers_read_the_same_content(host: WorkerHost) -> None:
    source = Source()
    with host.lend(source) as content:
        futures = [host.submit(glimpse(0, stop), content) for stop in range(1000, len(SCAN), 50_000)]
        assert [len(future.result()) for future in futures] == list(range(1000, len(SCAN), 50_000))
    assert source.read_bytes <= len(SCAN)


def test_a_file_is_worked_on_by_the_process_that_has_it_open(host: WorkerHost) -> None:
    with host.lend(Source()) as content:
        workers = {host.run(hostile.ProcessNumber(), content, priority=Priority.SCREEN) for _ in range(8)}
    assert len(workers) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="kills by process id")
def test_a_new_worker_gets_the_content_again(host: WorkerHost) -> None:
    with host.lend(Source()) as content:
        assert host.run(glimpse(0, 5), content) == SCAN[:5]
        os.kill(host.run(hostile.ProcessNumber(), content), signal.SIGKILL)
        assert host.run(glimpse(0, PIECE * 3), content) == SCAN[: PIECE * 3]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the mapping is shared")
def test_a_captured_worker_cannot_change_what_others_read() -> None:
    host = WorkerHost(processes=2, recognition_processes=1, abilities="tests.workers.hostile")
    try:
        with host.lend(Source()) as content:
            scribble = hostile.Glimpse(start=1, stop=9, scribble=True)
            assert host.run(scribble, content)[0] == 0
            os.kill(host.run(hostile.ProcessNumber(), content), signal.SIGKILL)
            assert host.run(glimpse(1, 9), content) == SCAN[1:9]
    finally:
        host.close()


def test_bytes_beyond_the_end_are_nobodys_need() -> None:
    memory = awaiting(usual_kind(), len(SCAN))
    assert memory is not None
    filling = Filling(Source(), memory)
    with pytest.raises(ChannelClosed):
        filling.bring(0, len(SCAN) + 1)
    filling.close()
    memory.close()


def test_missing_pieces_are_named_as_one_stretch() -> None:
    pieces = Pieces(PIECE * 3 + 7)
    assert pieces.missing(10, 20) == (0, PIECE)
    assert pieces.missing(PIECE * 2, 10**9) == (PIECE * 2, PIECE * 3 + 7)
    pieces.came(0, PIECE)
    assert pieces.missing(10, 20) is None
    assert pieces.missing(0, PIECE + 1) == (PIECE, PIECE * 2)
    assert pieces.missing(5, 5) is None


def test_the_end_of_a_file_is_named_as_one_stretch() -> None:
    pieces = Pieces(PIECE * 5 + 7)
    assert pieces.missing(PIECE * 5 + 1, PIECE * 5 + 3) == (PIECE * 4, PIECE * 5 + 7)
    pieces.came(PIECE * 4, PIECE * 5 + 7)
    assert pieces.missing(PIECE * 4, PIECE * 5 + 7) is None
    assert pieces.missing(PIECE * 3, PIECE * 5) == (PIECE * 3, PIECE * 4)
    assert Pieces(7).missing(2, 3) == (0, 7)


def test_a_process_for_the_screen_is_started_before_there_is_a_job() -> None:
    fresh = WorkerHost(processes=2, abilities="tests.workers.hostile")
    try:
        fresh.prepare()
        fresh.prepare()
        with fresh.lend(Source()) as content:
            assert fresh.run(glimpse(0, 3), content, priority=Priority.SCREEN) == SCAN[:3]
    finally:
        fresh.close()
