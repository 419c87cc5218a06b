"""Decoders are made once, and by one thread at a time."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from clerk_desktop.model.case import Case
from clerk_desktop.system.decoding import decoder, learned


def test_threads_that_begin_at_once_decode_alike() -> None:
    begin = threading.Barrier(8)

    def made() -> object:
        begin.wait()
        return decoder(tuple[Case, ...]).decode(b"[]")

    with ThreadPoolExecutor(8) as threads:
        assert [each.result() for each in [threads.submit(made) for _ in range(8)]] == [()] * 8
    assert learned(Case) is Case
