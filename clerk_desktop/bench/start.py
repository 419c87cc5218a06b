"""From nothing to the painted list of 10,000 cases, and the memory then, beside a bare table window of as many rows."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from clerk_desktop.assembly import open_desk
from clerk_desktop.bench.ratio import Ratio
from clerk_desktop.model.case import Case
from clerk_desktop.model.ids import CaseId
from clerk_desktop.store.store import Store
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.secrets import KeyringSecrets
from clerk_desktop.system.unlock import profile_id, unlock

CASES = 10_000
PAIRS = 7
PASSPHRASE = "bench"  # noqa: S105 - a profile that is thrown away
MEGABYTE = 1 << 20


def start(cases: int = CASES, pairs: int = PAIRS) -> Ratio:
    """Start both in turn, off-screen, the first pair uncounted."""
    with TemporaryDirectory(prefix="clerk-bench-") as place:
        home = Path(place)
        fill(home, map(_case, range(cases)))
        taken = []
        for _ in range(pairs + 1):
            ours = run("our_window", str(home), PASSPHRASE)
            taken.append((ours, run("bare_window", str(cases))))
        taken = taken[1:]
    seconds, unlocking, memory = (statistics.median(ours[part] for ours, _ in taken) for part in range(3))
    bare, bare_memory = (statistics.median(theirs[part] for _, theirs in taken) for part in range(2))
    return Ratio(
        name="start",
        baseline_name="bare PySide6 table window",
        goal="<= 1.6, memory <= 2",
        ours=seconds,
        baseline=bare,
        ratio=statistics.median(ours[0] / theirs[0] for ours, theirs in taken),
        notes=(
            f"{cases} cases; unlocking the store took {unlocking:.2f} s beside that",
            f"resident set {memory / MEGABYTE:.0f} MB beside {bare_memory / MEGABYTE:.0f} MB: "
            f"{memory / bare_memory:.2f}",
        ),
    )


def fill(home: Path, cases: Iterable[Case]) -> None:
    """Make a profile with these cases whose window opens with the list of all of them."""
    open_desk(home, PASSPHRASE).close()
    profile = Profile(home.resolve())
    key = unlock(profile, PASSPHRASE, KeyringSecrets(profile_id(profile)))
    with closing(Store.open(profile.home, key)) as store, store.write() as session:
        for case in cases:
            session.cases.put(case)
    (home / "window.ini").write_text("[General]\nplace=cases\n", encoding="utf-8")


def run(program: str, *words: str) -> list[float]:
    """Run a program of this package off-screen; returns the numbers that it prints."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled: the first run sees to it here
    command = [sys.executable, "-m", f"clerk_desktop.bench.{program}", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return [float(word) for word in done.stdout.split()]


def _case(number: int) -> Case:
    return Case(
        case_id=CaseId(f"{number:08}"),
        case_number=f"32.10-2026/{number}",
        subject=f"Anwohnerparken Burgstraße {number}",
        municipality="blomberg",
        filing_plan_number="32.10",
    )
