"""A list of 100,000 cases scrolled, sorted and filtered in our window, beside a bare table over a Python list."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from clerk_desktop.bench.ratio import Ratio
from clerk_desktop.bench.start import MEGABYTE, PASSPHRASE, fill, run
from clerk_desktop.model.case import Case, CaseStatus
from clerk_desktop.model.ids import CaseId

CASES = 100_000
PAIRS = 3
NAMES = ("Brandt", "Müller", "Schulz", "Özdemir", "Weiß")
STATUS = tuple(CaseStatus)
FIRST_DAY = date(2026, 1, 1)
SCROLLED, LONGEST_FRAME, SORTED, SORT_STALL, FILTERED, FILTER_STALL, MEMORY = range(7)
MILLI = 1000


def lists(cases: int = CASES, pairs: int = PAIRS) -> Ratio:
    """Do the same steps in both, in turn, off-screen."""
    with TemporaryDirectory(prefix="clerk-bench-") as place:
        home = Path(place)
        fill(home, map(numbered, range(cases)))
        taken = [(run("our_list", str(home), PASSPHRASE), run("bare_list", str(cases))) for _ in range(pairs)]
    ours, bare = (_medians([pair[side] for pair in taken]) for side in range(2))

    def beside(figure: int, what: str) -> str:
        ratio = statistics.median(mine[figure] / theirs[figure] for mine, theirs in taken)
        return f"{what} {ours[figure] * MILLI:.0f} ms beside {bare[figure] * MILLI:.0f} ms: {ratio:.2f}"

    return Ratio(
        name="list",
        baseline_name="bare PySide6 table over a Python list",
        goal="<= 2 a frame, memory <= 2",
        ours=ours[SCROLLED] * MILLI,
        baseline=bare[SCROLLED] * MILLI,
        ratio=statistics.median(mine[SCROLLED] / theirs[SCROLLED] for mine, theirs in taken),
        unit="ms",
        notes=(
            f"{cases} cases; 95 % of the frames of jumping and turning pages, painted",
            beside(LONGEST_FRAME, "longest frame"),
            beside(SORTED, "sorted and painted"),
            beside(SORT_STALL, "no event handled while sorting for"),
            beside(FILTERED, "nine letters typed and the hits painted"),
            beside(FILTER_STALL, "no event handled while filtering for"),
            f"resident set {ours[MEMORY] / MEGABYTE:.0f} MB beside {bare[MEMORY] / MEGABYTE:.0f} MB: "
            f"{ours[MEMORY] / bare[MEMORY]:.2f}",
        ),
    )


def numbered(number: int) -> Case:
    """Return the sample case with a number."""
    return Case(
        case_id=CaseId(f"{number:08}"),
        case_number=f"32.10-2026/{number}",
        subject=f"Anwohnerparken {NAMES[number % len(NAMES)]} {number * 7919 % 99991}",
        municipality="blomberg",
        filing_plan_number="32.10",
        status=STATUS[number % len(STATUS)],
        assignee=f"clerk{number % 40}.blomberg",
        due_on=FIRST_DAY + timedelta(days=number * 31 % 700) if number % 3 else None,
    )


def _medians(rows: Sequence[Sequence[float]]) -> list[float]:
    return [statistics.median(column) for column in zip(*rows, strict=True)]
