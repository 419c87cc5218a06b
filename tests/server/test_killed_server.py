"""A server that is killed in the midst of uploads has every document it said it has, whole."""

from __future__ import annotations

import hashlib
import http.client
import os
import random
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from clerk_desktop.bench.cmis_peer import Peer
from clerk_desktop.bench.server import PASSWORD, USER, fill
from clerk_desktop.bench.serving import served
from tests.server.consistency import faults_in

KILLS, WRITERS = 5, 4
SIZES = (0, 1, 20 << 10, 100 << 10)
"""Of small contents, which lie in the database, and of larger ones, which become files."""


class Writers:
    """Several clients of one server that upload until it is gone, and remember what they were told was kept."""

    def __init__(self, folder: str, seed: int, enough: int) -> None:
        self.kept: dict[str, str] = {}
        self.enough = threading.Event()
        self._folder = folder
        self._seed = seed
        self._enough = enough

    def write(self, url: str, number: int) -> None:
        chance = random.Random(self._seed * 100 + number)
        made = 0
        peer = None
        try:
            peer = Peer(url, USER, PASSWORD)
            while True:
                content = chance.randbytes(chance.choice(SIZES))
                name = f"{self._seed}-{number}-{made}"
                object_id = peer.document(name, self._folder, len(content), iter([content]))
                self.kept[object_id] = hashlib.sha256(content).hexdigest()
                made += 1
                if len(self.kept) >= self._enough:
                    self.enough.set()
        except (OSError, http.client.HTTPException):
            return  # the server is gone
        finally:
            self.enough.set()
            if peer is not None:
                peer.close()


def fetched(url: str, object_id: str) -> str:
    asked = {"objectId": object_id, "cmisselector": "content"}
    answer = httpx.get(f"{url}/clerk/root", params=asked, auth=(USER, PASSWORD), trust_env=False, timeout=60)
    empty = answer.status_code == 409 and answer.json()["exception"] == "constraint"
    return hashlib.sha256(b"" if empty else answer.raise_for_status().content).hexdigest()


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends processes in another way")
def test_what_was_acknowledged_survives_the_killing_of_the_server(tmp_path: Path) -> None:
    chance = random.Random(7)
    data = tmp_path / "data"
    fill(data, 0)
    kept: dict[str, str] = {}
    for life in range(KILLS):
        with served(data) as (url, pid):
            peer = Peer(url, USER, PASSWORD)
            writers = Writers(peer.folder(f"life {life}"), life, chance.randrange(1, 80))
            peer.close()
            with ThreadPoolExecutor(WRITERS) as pool:
                told = [pool.submit(writers.write, url, number) for number in range(WRITERS)]
                assert writers.enough.wait(300)
                os.kill(pid, signal.SIGKILL)
                for each in told:
                    each.result(300)
        kept |= writers.kept
    assert len(kept) > KILLS
    with served(data) as (url, _):
        assert {each: fetched(url, each) for each in kept} == kept
    assert faults_in(data) == []  # what was half received is removed at the start
