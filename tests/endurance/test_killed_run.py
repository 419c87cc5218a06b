"""A scan station that is killed again and again loses nothing and doubles nothing."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from clerk_desktop.demo.letters.catalogue import all_letters
from clerk_desktop.demo.text_pdf import Line, text_pdf
from clerk_desktop.demo.witness import ServerWitness
from clerk_desktop.model.ledger import FileState
from tests.cli.station import PASSWORD, Station, served
from tests.endurance.killing import Killer, store_of

WAY = (
    FileState.SEEN,
    FileState.CLAIMED,
    FileState.UNDERSTOOD,
    FileState.QUEUED,
    FileState.DEPOSITED,
    FileState.CONFIRMED,
)
MAILROOM = "post.blomberg"


def drop_letters(folder: Path, count: int) -> dict[str, int]:
    """Put whole, distinct letters into a folder; returns how many documents each file holds, by name."""
    holds: dict[str, int] = {}
    for letter in all_letters():
        if letter.truth.refusal is None:
            holds[letter.draw(folder)[0].name] = max(1, len(letter.truth.parts))
    drop_texts(folder, holds, count)
    return holds


def drop_texts(folder: Path, holds: dict[str, int], count: int) -> None:
    """Put letters of one page into a folder until there are so many."""
    for number in range(len(holds), count):
        name = f"brief-{number:03}.pdf"
        text = (f"Schreiben Nummer {number}", "Betreff: Anwohnerparken", "Sehr geehrte Damen und Herren,")
        lines = [Line(x=70, y=700 - 20 * index, text=words) for index, words in enumerate(text)]
        (folder / f".{name}.part").write_bytes(text_pdf([lines]))
        (folder / f".{name}.part").rename(folder / name)
        holds[name] = 1


def hunt(place: Path, letters: int, kills: int) -> Killer:
    """Kill a station while it takes letters in; then everything must be there, once."""
    chance = random.Random(2026)
    scans = place / "scans"
    scans.mkdir()
    with served(place / "server") as url:
        station = Station(home=place / "station")
        station.log_in(url, MAILROOM)
        station.run("scan-folder", "add", str(scans), "--municipality", "blomberg")
        holds = drop_letters(scans, letters)
        with store_of(station) as store:

            def steps() -> int:
                with store.read() as session:
                    files = session.ledger.in_state(*FileState)
                return sum(WAY.index(file.state) + bool(file.settled_path) for file in files)

            def left() -> int:
                return len(holds) * len(WAY) - steps()

            def more(wanted: int) -> None:
                drop_texts(scans, holds, len(holds) + wanted // len(WAY) + 1)

            whole = left()
            killer = Killer(station=station, done=steps, left=left, more=more, chance=chance, linger=1.0)
            for _ in range(kills):
                killer.kill_after(chance.randint(0, 2 * whole // kills))
        station.run("intake", "--once", expect=None, timeout=1200)
        station.run("sync", "--once", expect=None)
        account = station.json("reconcile", expect=None)
        witness = ServerWitness(url=url, user=MAILROOM, password=PASSWORD)
        there = [*witness.documents("/Posteingang"), *witness.documents("/Akten")]
    assert account["lost"] == 0
    assert account["waiting"] == 0
    assert account["seen"] == len(holds)
    deposited = [document for document in there if document.source_sha256]
    assert max(Counter(document.object_key for document in deposited).values()) == 1
    assert all(document.content_sha256 == document.stated_sha256 for document in deposited)
    per_source = Counter(document.source_sha256 for document in deposited)
    assert sorted(per_source.values()) == sorted(holds.values())
    settled = {path.name for path in (scans / "erledigt").rglob("*") if path.is_file()}
    assert settled == set(holds)
    return killer


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_fifteen_kills_over_the_letters_of_the_sample_office_lose_and_double_nothing(tmp_path: Path) -> None:
    assert hunt(tmp_path, 0, 15).in_the_middle > 15 // 3


@pytest.mark.torture
@pytest.mark.timeout(7200)
def test_a_hundred_kills_over_forty_letters_lose_and_double_nothing(tmp_path: Path) -> None:
    assert hunt(tmp_path, 40, 100).in_the_middle > 100 // 3
