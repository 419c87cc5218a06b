from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack
from pathlib import Path

import pytest

from clerk_desktop.model.errors import (
    FileRefused,
    RecognitionMissing,
    RefusalReason,
    WorkerCrashed,
    WorkerLate,
    WorkerNotStarted,
    WorkersClosed,
)
from clerk_desktop.model.jobs import Priority
from clerk_desktop.workers.channel import ChannelKind
from clerk_desktop.workers.host import LoadedContent, WorkerHost
from tests.workers import hostile, stillborn
from tests.workers.processes import wait_until

KINDS = [ChannelKind.PIPES, *([ChannelKind.SOCKET] if sys.platform == "linux" else [])]
LETTER = b"Sehr geehrte Frau Schmidt"


@pytest.fixture(scope="module", params=KINDS, ids=[kind.value for kind in KINDS])
def host(request: pytest.FixtureRequest) -> Iterator[WorkerHost]:
    with_limits = WorkerHost(
        processes=2, recognition_processes=1, memory=1024**3, abilities="tests.workers.hostile", channel=request.param
    )
    yield with_limits
    with_limits.close()


@pytest.fixture
def letter(host: WorkerHost) -> Iterator[LoadedContent]:
    with host.load([LETTER], len(LETTER)) as content:
        yield content


def test_a_job_sees_the_content_and_its_answer_comes_back_typed(host: WorkerHost, letter: LoadedContent) -> None:
    assert host.run(hostile.Measure(), letter) == sum(LETTER)


def test_content_may_come_in_pieces_and_big_results_come_back_whole(host: WorkerHost) -> None:
    pieces = [bytes([number]) * 700_000 for number in range(5)]
    with host.load(iter(pieces), 3_500_000) as content:
        assert host.run(hostile.Echo(), content) == b"".join(pieces)
        pixels = host.run(hostile.Paint(width=500, height=300), content)
    assert (pixels.width, pixels.height, pixels.stride) == (500, 300, 2000)
    assert pixels.data == b"\7" * 600_000


def test_an_empty_file_can_be_looked_at_too(host: WorkerHost) -> None:
    with host.load([], 0) as content:
        assert host.run(hostile.Measure(), content) == 0
        assert host.run(hostile.Echo(), content) == b""


def test_content_that_is_shorter_or_longer_than_said_is_not_loaded(host: WorkerHost) -> None:
    for length in (len(LETTER) - 1, len(LETTER) + 1):
        with pytest.raises(ValueError, match="not as long"), host.load([LETTER], length):
            pass


def test_a_refusal_comes_back_with_its_reason(host: WorkerHost, letter: LoadedContent) -> None:
    with pytest.raises(FileRefused) as refused:
        host.run(hostile.Refuse(reason=RefusalReason.ENCRYPTED), letter)
    assert refused.value.reason is RefusalReason.ENCRYPTED


def test_missing_language_data_do_not_count_against_the_file(host: WorkerHost, letter: LoadedContent) -> None:
    with pytest.raises(RecognitionMissing):
        host.run(hostile.Unprepared(), letter)


def test_a_crash_is_tried_once_more_and_the_next_file_is_read_by_a_new_worker(
    host: WorkerHost, letter: LoadedContent, tmp_path: Path
) -> None:
    assert host.run(hostile.Crash(once=str(tmp_path / "crashed")), letter) == 1
    with pytest.raises(WorkerCrashed):
        host.run(hostile.Crash(), letter)
    assert host.run(hostile.Measure(), letter) == sum(LETTER)


def test_a_worker_that_hangs_is_ended(host: WorkerHost, letter: LoadedContent) -> None:
    with pytest.raises(WorkerLate):
        host.run(hostile.Hang(), letter, timeout=0.2)
    assert host.run(hostile.Measure(), letter) == sum(LETTER)


def test_a_job_that_takes_too_much_memory_is_refused_and_nothing_else_suffers(
    host: WorkerHost, letter: LoadedContent
) -> None:
    with pytest.raises(FileRefused) as refused:
        host.run(hostile.Swell(), letter)
    assert refused.value.reason is RefusalReason.TOO_LARGE
    assert host.run(hostile.Measure(), letter) == sum(LETTER)


def test_libraries_that_chat_disturb_no_answer_and_reach_no_log(
    host: WorkerHost, letter: LoadedContent, capfd: pytest.CaptureFixture[str]
) -> None:
    assert host.run(hostile.Chat(), letter) == 0
    assert host.run(hostile.Measure(), letter) == sum(LETTER)
    said = capfd.readouterr()
    assert "Schmidt" not in said.out + said.err


def test_an_unforeseen_error_refuses_the_file_and_its_text_reaches_no_log(
    host: WorkerHost, letter: LoadedContent, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(FileRefused) as refused:
        host.run(hostile.Raise(), letter)
    assert refused.value.reason is RefusalReason.UNREADABLE
    assert [getattr(record, "error", "") for record in caplog.records] == ["ArithmeticError"]
    assert "Schmidt" not in caplog.text + "".join(str(vars(record)) for record in caplog.records)


def test_an_answer_of_the_wrong_form_counts_as_a_crash(host: WorkerHost, letter: LoadedContent) -> None:
    with pytest.raises(WorkerCrashed):
        host.run(hostile.Lie(), letter)


def test_a_worker_gets_no_secrets_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLERK_DESKTOP_PASSPHRASE", "geheim")
    host = WorkerHost(processes=1, abilities="tests.workers.hostile")
    try:
        with host.load([LETTER], len(LETTER)) as letter:
            names = host.run(hostile.Environment(), letter)
    finally:
        host.close()
    assert "CLERK_DESKTOP_PASSPHRASE" not in names
    assert "OMP_THREAD_LIMIT" in names


@pytest.mark.skipif(sys.platform != "linux", reason="processes are ranked by niceness on Linux only")
def test_recognition_runs_with_low_priority_and_the_screen_does_not(host: WorkerHost, letter: LoadedContent) -> None:
    ranked = min(10 + os.nice(0), 19)  # the lowest there is, where the tests run low already
    assert host.run(hostile.Niceness(), letter, priority=Priority.RECOGNITION) >= ranked


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_worker_killed_from_outside_is_replaced(host: WorkerHost, letter: LoadedContent, tmp_path: Path) -> None:
    victim = host.run(hostile.ProcessNumber(), letter)
    os.kill(victim, signal.SIGKILL)
    assert host.run(hostile.Measure(), letter) == sum(LETTER)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the mapping is shared")
def test_a_captured_worker_cannot_change_what_others_read(tmp_path: Path) -> None:
    host = WorkerHost(processes=2, recognition_processes=1, abilities="tests.workers.hostile")
    gate = tmp_path / "gate"
    try:
        with host.load([LETTER], len(LETTER)) as letter:
            host.run(hostile.Scribble(), letter, priority=Priority.RECOGNITION)
            busy = host.submit(
                hostile.Mark(book=str(tmp_path / "book"), name="x", gate=str(gate)),
                letter,
                priority=Priority.RECOGNITION,
            )
            wait_until(busy.running)
            assert host.run(hostile.Echo(), letter, priority=Priority.SCREEN) == LETTER
            gate.touch()
            busy.result()
    finally:
        host.close()


def test_a_page_on_screen_does_not_wait_for_recognition(
    host: WorkerHost, letter: LoadedContent, tmp_path: Path
) -> None:
    book, gate = tmp_path / "book", tmp_path / "gate"
    slow = [
        host.submit(
            hostile.Mark(book=str(book), name="recognised", gate=str(gate)), letter, priority=Priority.RECOGNITION
        )
        for _ in range(3)
    ]
    host.run(hostile.Mark(book=str(book), name="drawn"), letter, priority=Priority.SCREEN)
    gate.touch()
    for future in slow:
        future.result()
    assert book.read_text().splitlines()[0] == "drawn"


def test_jobs_that_wait_when_their_content_goes_are_cancelled(host: WorkerHost, tmp_path: Path) -> None:
    book, gate = tmp_path / "book", tmp_path / "gate"
    with host.load([LETTER], len(LETTER)) as content:
        jobs = [
            host.submit(hostile.Mark(book=str(book), name="x", gate=str(gate)), content, priority=Priority.RECOGNITION)
            for _ in range(3)
        ]
        wait_until(jobs[0].running)
    gate.touch()
    assert jobs[0].result() == 0
    for job in jobs[1:]:
        with pytest.raises(CancelledError):
            job.result()


def test_closing_ends_what_runs_and_what_waits_without_blaming_the_file() -> None:
    host = WorkerHost(processes=1, abilities="tests.workers.hostile")
    with host.load([LETTER], len(LETTER)) as letter:
        jobs = [host.submit(hostile.Hang(), letter) for _ in range(2)]
        wait_until(jobs[0].running)
        host.close()
        for job in jobs:
            with pytest.raises(WorkersClosed):
                job.result()
        with pytest.raises(WorkersClosed):
            host.submit(hostile.Hang(), letter)


def test_workers_that_never_start_are_tried_twice_and_not_blamed_on_the_file(capfd: pytest.CaptureFixture[str]) -> None:
    host = WorkerHost(processes=1, abilities="tests.workers.nowhere")
    try:
        with host.load([LETTER], len(LETTER)) as letter, pytest.raises(WorkerNotStarted):
            host.run(hostile.Measure(), letter)
    finally:
        host.close()
    assert capfd.readouterr().err.count("No module named") == 2


def test_a_worker_that_ends_while_it_starts_is_started_again(tmp_path: Path) -> None:
    host = WorkerHost(processes=1, abilities="tests.workers.stillborn", tessdata=tmp_path)
    try:
        with host.load([LETTER], len(LETTER)) as letter:
            assert host.run(hostile.Measure(), letter) == sum(LETTER)
    finally:
        host.close()
    assert (tmp_path / stillborn.NOTE).exists()


def test_a_host_without_processes_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="needs a process"):
        WorkerHost(processes=0)


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_closed_host_leaves_no_process_behind() -> None:
    host = WorkerHost(processes=2, abilities="tests.workers.hostile")
    with host.load([LETTER], len(LETTER)) as letter:
        numbers = {host.run(hostile.ProcessNumber(), letter, priority=priority) for priority in Priority}
    host.close()
    assert [number for number in numbers if Path(f"/proc/{number}").exists()] == []


def test_the_page_on_screen_comes_before_forgetting_what_was_shown_before(
    host: WorkerHost, letter: LoadedContent
) -> None:
    screen = Priority.SCREEN
    answers: Future[Future[int]] = Future()
    shown_before = ExitStack()
    before = shown_before.enter_context(host.load([LETTER], len(LETTER)))
    assert host.run(hostile.Measure(), before, priority=screen) == sum(LETTER)
    forgotten = host.run(hostile.Forgotten(), before, priority=screen)

    def go_on(_: Future[int]) -> None:
        shown_before.close()
        answers.set_result(host.submit(hostile.Forgotten(), letter, priority=screen))

    host.submit(hostile.Measure(), letter, priority=screen).add_done_callback(go_on)
    assert answers.result().result() == forgotten
    wait_until(lambda: host.run(hostile.Forgotten(), letter) == forgotten + 1)
