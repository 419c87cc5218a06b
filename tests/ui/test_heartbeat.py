"""The instrument itself: it tells a pause, how much of it was work, and where."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from pytestqt.qtbot import QtBot

from clerk_desktop.ui.heartbeat import STALL_SECONDS, Heartbeat, Stall
from clerk_desktop.ui.played.pauses import keep_pauses, waited

MOST_TRIES = 100


def keep_busy() -> None:
    begun = time.thread_time()
    while time.thread_time() - begun < 2 * STALL_SECONDS:
        pass


def wait_for_another() -> None:
    threading.Event().wait(2 * STALL_SECONDS)


def pauses_of(work: Callable[[], None], heart: Heartbeat) -> list[Stall]:
    """Work until it was seen: on a busy machine whoever looks may come too late."""
    for _ in range(MOST_TRIES):
        loop = QEventLoop()
        QTimer.singleShot(50, work)
        QTimer.singleShot(400, loop.quit)
        heart.start()
        loop.exec()
        heart.stop()
        if found := [stall for stall in heart.stalls if work.__name__ in stall.stack]:
            return found
    return []


def test_work_on_the_gui_thread_is_told_with_its_place(qtbot: QtBot) -> None:
    heart = Heartbeat()
    busy = pauses_of(keep_busy, heart)
    assert busy
    assert busy[0].worked > STALL_SECONDS
    assert heart.worst >= busy[0].seconds
    assert heart.worst >= heart.p999 > 0


def test_waiting_on_the_gui_thread_is_a_pause_without_work(qtbot: QtBot) -> None:
    heart = Heartbeat()
    waits = pauses_of(wait_for_another, heart)
    assert waits
    assert waits[0].worked < STALL_SECONDS


def test_of_the_pauses_those_that_were_work_are_told_in_one_line_and_all_are_kept(tmp_path: Path) -> None:
    stack = '  File "/x/clerk_desktop/ui/a.py", line 3, in fill\n    go()\n  File "/x/other.py", line 9, in go\n'
    stalls = (
        Stall(0.3, 0.2, stack),
        Stall(0.3, 0.2, stack),
        Stall(0.2, 0.1, ""),
        Stall(0.9, STALL_SECONDS, stack.replace("fill", "wait")),
    )
    said = keep_pauses(stalls, tmp_path)
    assert said == "3 of 4 pauses were work of more than 50 ms (stalls.txt): ui/a.py:3 fill 2x, in Qt 1x"
    assert "in wait" in (tmp_path / "stalls.txt").read_text(encoding="utf-8")
    assert keep_pauses((), tmp_path) == "0 of 0 pauses were work of more than 50 ms (stalls.txt)"


@pytest.mark.parametrize(
    ("stack", "waits"),
    [
        (
            'File "/x/clerk_desktop/ui/tasks.py", line 9, in run\n'
            'File "/x/clerk_desktop/store/store.py", line 3, in read',
            1,
        ),
        ('File "C:\\x\\clerk_desktop\\backend\\session.py", line 3, in ask\nFile "C:\\x\\ssl.py", line 1, in read', 1),
        ('File "/x/clerk_desktop/ui/inbox/store.py", line 3, in fill\nFile "/x/worker.py", line 1, in paint', 0),
        ('File "/x/clerk_desktop/cli/commands/demo.py", line 3, in run', 0),
        ("", 0),
    ],
    ids=["store", "server, Windows", "only its name", "caller", "nobody looked"],
)
def test_a_pause_in_which_the_window_waited_for_others_is_known_by_where_it_stood(stack: str, waits: int) -> None:
    assert len(waited((Stall(0.1, 0.0, stack),))) == waits
