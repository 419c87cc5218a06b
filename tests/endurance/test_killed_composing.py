"""Pages are put together anew while the program is killed and the disk is full: no page is lost or doubled."""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
import pytest

from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from clerk_desktop.demo.witness import ServerWitness
from clerk_desktop.model.document import Document
from tests.cli.station import PASSWORD, Station, served
from tests.endurance.killing import store_of
from tests.faults import full_disk
from tests.faults.disaster import Ground
from tests.faults.ground import station_ground, station_on
from tests.lines.tcp_proxy import TcpProxy

MAILROOM = "post.blomberg"
STACKS = ("ABCD", "EFG", "HIJ")
SHORTEST_LIFE, LONGEST_LIFE = 0.3, 1.3
FULL_SHARE = 0.3


def stack(words: str) -> bytes:
    return text_pdf([[Line(x=72, y=HEIGHT - 90, text=f"Seite {word} eines Briefes")] for word in words])


def words_on(content: bytes) -> str:
    """The words on the pages as they are drawn, not as anything keeps them."""
    pdf = pypdfium2.PdfDocument(content)
    try:
        return "".join(page.get_textpage().get_text_bounded().split()[1] for page in pdf)
    finally:
        pdf.close()


@dataclass(kw_only=True)
class Clerk:
    """Does something with the pages of the letters in the inbox, in processes of their own that do not always end.

    ``act_seconds`` is what an act takes that nobody disturbs, so that each is killed in its middle, however fast.
    """

    station: Station
    ground: Ground
    ended: Counter[str]
    act_seconds: float = 0.0

    def letters(self) -> dict[Document, str]:
        """Looked at in a copy of the profile: as it would be found after the machine died here."""
        with tempfile.TemporaryDirectory() as place:
            copy = Path(shutil.copytree(self.ground.profile, Path(place) / "station"))
            with store_of(replace(self.station, home=copy)) as store:
                with store.read() as session:
                    found = session.documents.inbox()
                return {letter: words_on(store.blobs.read(letter.sha256)) for letter in found}

    def learn(self) -> None:
        """One act to its end, by the clock: as long as those last that are killed."""
        begun = time.monotonic()
        assert self.station.start("pages", *self._words()).wait(timeout=120) == 0
        self.act_seconds = time.monotonic() - begun

    def act(self) -> None:
        """One act, killed at any moment or while the disk is full."""
        words = self._words()
        if self.ground.disk is not None and self.ground.chance.random() < FULL_SHARE:
            with full_disk.strike(self.ground):
                process = self.station.start("pages", *words)
                self.ended[f"full disk, exit {process.wait(timeout=120)}"] += 1
            return
        begun = time.monotonic()
        process = self.station.start("pages", *words)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=self.act_seconds * self.ground.chance.uniform(SHORTEST_LIFE, LONGEST_LIFE))
            self.act_seconds = min(self.act_seconds, time.monotonic() - begun)  # the machine was busy when it learned
        self.ended["killed" if process.poll() is None else f"exit {process.poll()}"] += 1
        process.kill()
        process.wait()

    def _words(self) -> tuple[str, ...]:
        chance = self.ground.chance
        letters = sorted(self.letters(), key=lambda letter: letter.document_id)
        one = chance.choice(letters)
        others = [letter for letter in letters if letter != one]
        acts: list[tuple[str, ...]] = [("rotate", one.document_id, "1", "--by", "90")]
        if (count := one.page_count or 0) > 1:
            acts.append(("split", one.document_id, "--before", str(chance.randint(2, count))))
        if others:
            other = chance.choice(others)
            acts.append(("join", one.document_id, other.document_id))
            acts.append(("move", one.document_id, "1", "--to", other.document_id))
        return chance.choice(acts)


def hunt(place: Path, acts: int) -> Counter[str]:
    """Let a clerk do so much; after each act every page is in one letter, and in the end it is so on the server."""
    with ExitStack() as end:
        url = end.enter_context(served(place / "server"))
        proxy = end.enter_context(TcpProxy(urlsplit(url).port or 0))
        ground = end.enter_context(station_ground(place, proxy, random.Random(2026)))
        station = station_on(ground, place)
        station.log_in(url, MAILROOM)
        station.run("scan-folder", "add", str(place / "disk" / "scans"), "--municipality", "blomberg")
        for words in STACKS:
            (ground.scans / f"{words}.pdf").write_bytes(stack(words))
        station.run("intake", "--once")
        clerk = Clerk(station=station, ground=ground, ended=Counter())
        clerk.learn()
        pages = sorted("".join(STACKS))
        for number in range(acts):
            clerk.act()
            assert sorted("".join(clerk.letters().values())) == pages
            if number % 4 == 3:
                station.run("sync", "--once", expect=None)
        station.run("sync", "--once")
        station.run("verify-log")
        account = station.json("reconcile", expect=None)
        letters = clerk.letters()
        witness = ServerWitness(url=url, user=MAILROOM, password=PASSWORD)
        there = {document.object_key: document for document in witness.documents("/Posteingang")}
        mine = {letter.document_id for letter in letters}
        ours = [document for document in witness.documents("/Posteingang") if document.object_key in mine]
    assert not [how for how in clerk.ended if how.endswith("exit 2")], "an act was no command at all"
    assert (account["seen"], account["confirmed"], account["lost"]) == (len(STACKS), len(STACKS), 0)
    assert sorted("".join(letters.values())) == pages
    assert len(ours) == len(mine)
    assert all(there[letter.document_id].content_sha256 == letter.sha256 for letter in letters)
    return clerk.ended


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_twelve_acts_that_are_killed_or_find_the_disk_full(tmp_path: Path) -> None:
    ended = hunt(tmp_path, 12)
    assert ended["killed"]


@pytest.mark.torture
@pytest.mark.timeout(7200)
def test_a_hundred_acts_that_are_killed_or_find_the_disk_full(tmp_path: Path) -> None:
    ended = hunt(tmp_path, 100)
    assert ended["killed"]
    assert any(how.startswith("full disk") for how in ended)
