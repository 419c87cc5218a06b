"""A station in its worst days: letters come while it, or one of its workers, is killed again and again, and while the
disasters of ``tests/faults`` strike it.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import tempfile
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from clerk_desktop.demo.text_pdf import Line, text_pdf
from clerk_desktop.demo.witness import DepositedDocument, ServerWitness
from tests.cli.station import PASSWORD, Station, served
from tests.faults.disaster import BY_NAME, NEED_A_DISK, Ground, disaster
from tests.faults.ground import station_ground, station_on
from tests.intake.office_files import docx, mail
from tests.intake.papers import picture
from tests.lines.tcp_proxy import TcpProxy

MAILROOM = "post.blomberg"
LONGEST_LIFE, LONGEST_DISASTER = 4.0, 8.0
LONGEST_START, LOOK = 8.0, 0.1
EARLY_SHARE = 0.2
WORKER_SHARE = 0.3
DISASTER_SHARE, WITHIN_SHARE = 0.6, 0.5
LOOK_EVERY = 10
LIVES_PER_KILL = 5


@dataclass(kw_only=True)
class Ordeal:
    """What was done to the station, and what came of it. ``looks``: the account after so many kills.

    ``ended``: how often it ended by itself before it could be killed, by exit code;
    ``struck``: how often each disaster has really happened, by name; ``impossible``: those that this machine has no
    means for; ``complaints``: what the station said on standard error.
    """

    letters: int
    expected: int
    killed: Counter[str] = field(default_factory=Counter)
    ended: Counter[int] = field(default_factory=Counter)
    struck: Counter[str] = field(default_factory=Counter)
    impossible: tuple[str, ...] = ()
    complaints: str = ""
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


def at_work(profile: Path, process: subprocess.Popen[bytes]) -> bool:
    """Wait until a station writes into its store, or seems to have nothing to do; False when it ended before."""
    log = profile / "store" / "clerk.db-wal"
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


@dataclass(frozen=True, kw_only=True)
class Tormentor:
    """What is done to one station. ``told`` gets what it says; ``names``: of the disasters that strike in turn."""

    station: Station
    ground: Ground
    told: IO[bytes]
    names: deque[str]
    found: Ordeal

    def suffer(self, kills: int, coming: Iterator[str]) -> None:
        """Start and kill so many times; a file comes before each. A few lives more, where it ends by itself."""
        until = self.found.killed["station"] + kills
        for _ in range(LIVES_PER_KILL * kills):
            if self.found.killed["station"] == until:
                return
            next(coming, None)
            process = self.station.start("run", told=self.told)
            try:
                self._live(process)
            finally:
                kill_and_count(process, self.found)

    def _live(self, process: subprocess.Popen[bytes]) -> None:
        """Let it come to work most often, then let a disaster strike or none; the kill comes within it or later."""
        chance = self.ground.chance
        early = chance.random() < EARLY_SHARE
        if not early and not at_work(self.ground.profile, process):
            return
        if chance.random() < DISASTER_SHARE:
            with self._struck():
                self._pass(process, LONGEST_DISASTER)
                if chance.random() < WITHIN_SHARE:
                    process.kill()
                    process.wait()
        if self._pass(process) and chance.random() < WORKER_SHARE:
            workers = children(process.pid)
            if workers and kill(chance.choice(workers)):
                self.found.killed["worker"] += 1
                self._pass(process)

    @contextmanager
    def _struck(self) -> Iterator[None]:
        """One that found nothing to strike gets the next life, too."""
        with disaster(self.names[0]).strike(self.ground) as times:
            yield
            happened = times()
        self.found.struck[self.names[0]] += happened
        if happened:
            self.names.rotate(-1)

    def _pass(self, process: subprocess.Popen[bytes], longest: float = LONGEST_LIFE) -> bool:
        """Let some time pass; False when the process has ended."""
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=self.ground.chance.uniform(0.0, longest))
        return process.poll() is None


def kill_and_count(process: subprocess.Popen[bytes], found: Ordeal) -> None:
    """End a station, unless it has ended; what it ended by is known from the system, not from who came first."""
    process.kill()
    code = process.wait()
    if code == -signal.SIGKILL:
        found.killed["station"] += 1
    else:
        found.ended[code] += 1


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


def ordeal(place: Path, *, letters: int, kills: int, seed: int, disasters: Sequence[str] = BY_NAME) -> Ordeal:
    """Let letters arrive one by one between kills and disasters; at last the station finishes in peace."""
    files = list(letter_files(letters))
    found = Ordeal(letters=letters, expected=sum(holds for _, _, holds in files), names={name for name, _, _ in files})
    with ExitStack() as end:
        url = end.enter_context(served(place / "server"))
        proxy = end.enter_context(TcpProxy(urlsplit(url).port or 0))
        told = end.enter_context(tempfile.TemporaryFile())
        ground = end.enter_context(station_ground(place, proxy, random.Random(seed)))
        station = station_on(ground, place)
        found.impossible = () if ground.disk else tuple(name for name in disasters if name in NEED_A_DISK)
        names = deque(name for name in disasters if name not in found.impossible)
        station.log_in(url.replace(f":{urlsplit(url).port}", f":{proxy.port}"), MAILROOM)
        station.run("scan-folder", "add", str(place / "disk" / "scans"), "--municipality", "blomberg")
        tormentor = Tormentor(station=station, ground=ground, told=told, names=names, found=found)
        rounds = max(1, kills // LOOK_EVERY)
        for number in range(rounds):
            coming = arrivals(ground.scans, files[number::rounds])
            tormentor.suffer(kills // rounds + (kills % rounds if number == rounds - 1 else 0), coming)
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
        found.settled = {path.name for path in (ground.scans / "erledigt").rglob("*") if path.is_file()}
        told.seek(0)
        found.complaints = told.read().decode()
    return found
