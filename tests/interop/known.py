"""The table of README.md: which results other than "OK" are known, and why they stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.interop.part import FAILED, Finding, Report

README = Path(__file__).parent / "README.md"
HEADING = ["result", "run", "test", "says", "reason"]


@dataclass(frozen=True, kw_only=True)
class Known:
    """A row. ``runs``: names of reports; ``says``: how the text begins."""

    result: str
    runs: tuple[str, ...]
    test: str
    says: str
    reason: str

    def covers(self, run: str, finding: Finding) -> bool:
        """Whether this row explains a finding."""
        same = (self.result, self.test) == (finding.result, finding.test)
        return same and run in self.runs and finding.text.startswith(self.says)


def read_known(readme: Path = README) -> list[Known]:
    """Return the rows. Raises ``ValueError`` for a row without a reason and for one that excuses a failure."""
    rows: list[Known] = []
    inside = False
    for line in readme.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
        if cells == HEADING:
            inside = True
        elif not cells:
            inside = False
        elif inside and set(cells[0]) != {"-"}:
            result, runs, test, says, reason = cells
            if not reason or result in FAILED:
                raise ValueError(f"This cannot be explained away: {line}")
            names = tuple(name.strip() for name in runs.split(","))
            rows.append(Known(result=result, runs=names, test=test, says=says, reason=reason))
    return rows


def unexplained(report: Report, known: Sequence[Known]) -> list[str]:
    """Return what is wrong with a report: failures, what is not in the table, what did not run, rows that are stale."""
    wrong = [f"did not run: {name}" for name in report.missing]
    for finding in report.findings:
        if not any(row.covers(report.name, finding) for row in known):
            wrong.append(f"{finding.result}, {finding.test}: {finding.text}")
    for row in known:
        if report.name in row.runs and not any(row.covers(report.name, finding) for finding in report.findings):
            wrong.append(f"listed in README.md and no longer so: {row.result}, {row.test}: {row.says}")
    return wrong
