"""A station in its worst days: letters come while it, or one of its workers, is killed again and again."""

from __future__ import annotations

import os
import random
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clerk_desktop.demo.text_pdf import Line, text_pdf
from clerk_desktop.demo.witness import DepositedDocument, ServerWitness
from tests.cli.station import PASSWORD, Station, served
from tests.intake.office_files import docx, mail
from tests.intake.papers import picture

MAILROOM = "post.blomberg"
LONGEST_LIFE = 4.0
LONGEST_START, LOOK = 8.0, 0.1
EARLY_SHARE = 0.2
WORKER_SHARE = 0.3
LOOK_EVERY = 10


@dataclass(kw_only=True)
class Ordeal:
    """What was done to the station, and what came of it. ``looks``: the account after so many kills."""

    letters: int
    expected: int
    killed: Counter[str] = field(default_factory=Counter)
    looks: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    account: dict[str, Any] = field(default_factory=dict)
    there: list[DepositedDocument] = field(default_factory=list)
    settled: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    log: str = ""

    @property
    def doubled(self) -> int:
        """How many documents the server has more than once."""
        counted = Counter(document.object_key for document in self.there)
        return sum(count - 1 for count in counted.values())

    @property
    def spoiled(self) -> int:
        """How many documents have other bytes than they should."""
        return sum(document.content_sha256 != document.stated_sha256 for document in self.there)


def letter_files(count: int) -> Iterator[tuple[str, bytes, int]]:
    """Distinct files of every kind, each with the number of documents it holds."""
    for number in range(count):
        text = (f"Schreiben Nummer {number}", "Betreff: Anwohnerparken", "Sehr geehrte Damen und Herren,")
        lines = [Line(x=70, y=700 - 20 * place, text=words) for place, words in enumerate(text)]
        kind = number % 10
        if kind == 7:
            yield f"brief-{number:04}.docx", docx(f"Antrag {number}"), 1
        elif kind == 8:
            inside = text_pdf([lines])
            yield f"brief-{number:04}.eml", mail(("Anlage.pdf", inside), subject=f"Antrag {number}"), 2
        elif kind == 9:
            yield f"brief-{number:04}.png", picture(text=f"Antrag {number}"), 1
        else:
            yield f"brief-{number:04}.pdf", text_pdf([lines]), 1


def children(process: int) -> list[int]:
    """Return the processes that a process started; none where the system does not tell."""
    found: list[int] = []
    for told in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += [int(child) for child in told.read_text().split()]
        except OSError:
            continue
    return found


def at_work(station: Station, process: subprocess.Popen[bytes]) -> bool:
    """Wait until a station writes into its store, or seems to have nothing to do; False when it ended before."""
    log = station.home / "store" / "clerk.db-wal"
    for _ in range(round(LONGEST_START / LOOK)):
        before = log.stat().st_size if log.exists() else 0
        try:
            process.wait(timeout=LOOK)
        except subprocess.TimeoutExpired:
            if log.exists() and log.stat().st_size > before > 0:
                return True
            continue
        return False
    return True


def suffer(station: Station, kills: int, chance: random.Random, coming: Iterator[str]) -> Counter[str]:
    """Start and kill so many times, most often in the middle of work; a file comes before each. What was killed."""
    killed: Counter[str] = Counter()
    while killed.total() < kills:
        next(coming, None)
        process = station.start("run")
        try:
            if chance.random() < EARLY_SHARE or at_work(station, process):
                process.wait(timeout=chance.uniform(0.0, LONGEST_LIFE))
        except subprocess.TimeoutExpired:
            workers = children(process.pid)
            if workers and chance.random() < WORKER_SHARE and kill(chance.choice(workers)):
                killed["worker"] += 1
                with suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=chance.uniform(0.0, LONGEST_LIFE))
        process.kill()
        process.wait()
        killed["station"] += 1
    return killed


def kill(process: int) -> bool:
    """End a process at once; False when it was gone already."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def arrivals(scans: Path, files: Sequence[tuple[str, bytes, int]]) -> Iterator[str]:
    """Put one file into the folder at each step, as a scanner does: written beside, then renamed."""
    for name, content, _ in files:
        (scans / f".{name}.part").write_bytes(content)
        (scans / f".{name}.part").rename(scans / name)
        yield name


def ordeal(place: Path, *, letters: int, kills: int, seed: int) -> Ordeal:
    """Let letters arrive one by one between the kills; at last the station finishes in peace."""
    chance = random.Random(seed)
    scans = place / "scans"
    scans.mkdir()
    files = list(letter_files(letters))
    found = Ordeal(letters=letters, expected=sum(holds for _, _, holds in files), names={name for name, _, _ in files})
    with served(place / "server") as url:
        station = Station(home=place / "station")
        station.log_in(url, MAILROOM)
        station.run("scan-folder", "add", str(scans), "--municipality", "blomberg")
        rounds = max(1, kills // LOOK_EVERY)
        for number in range(rounds):
            coming = arrivals(scans, files[number::rounds])
            more = kills // rounds + (kills % rounds if number == rounds - 1 else 0)
            found.killed += suffer(station, more, chance, coming)
            for _ in coming:
                pass  # what found no kill to come before
            found.looks.append((found.killed.total(), station.json("reconcile", expect=None)))
        station.run("intake", "--once", expect=None)
        station.run("sync", "--once", expect=None)
        found.account = station.json("reconcile", expect=None)
        found.log = station.run("verify-log", expect=0)
        witness = ServerWitness(url=url, user=MAILROOM, password=PASSWORD)
        all_there = [*witness.documents("/Posteingang"), *witness.documents("/Akten")]
        found.there = [document for document in all_there if document.source_sha256]
    found.settled = {path.name for path in (scans / "erledigt").rglob("*") if path.is_file()}
    return found
