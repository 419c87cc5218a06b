"""Sets software that none of us wrote against the embedded server, and our client against a server of others.

What is fetched (Maven Central, PyPI, npm) stays in ``build/interop``. Exits with 1 on any failure, on a WARNING or
SKIPPED that README.md does not explain, on a row there that is no longer so, and when a part could not run; with
``--where-possible`` parts whose programs are not installed are left out, and named.

Usage: python -m tests.interop.run [--where-possible] [PART ...]
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.interop import foreign_server, node_client, opencmis, python_client, shell
from tests.interop.known import Known, read_known, unexplained
from tests.interop.part import Part, Report

PARTS: dict[str, Part] = {
    "tck": opencmis.PART,
    "cmislib": python_client.PART,
    "cmissh": shell.PART,
    "cmis": node_client.PART,
    "inmemory": foreign_server.PART,
}


def main() -> int:
    """Run the parts asked for, all by default."""
    parser = argparse.ArgumentParser(description="Foreign CMIS software against the embedded server.")
    parser.add_argument("--where-possible", action="store_true", help="leave out what this machine cannot run")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    known = read_known()
    wrong: list[str] = []
    left_out: list[str] = []
    for name in given.parts or PARTS:
        part = PARTS[name]
        if lacking := part.lacks():
            left_out.append(f"{part.name}: {', '.join(lacking)} not installed")
            continue
        wrong += run_part(part, known)
    for line in left_out:
        print(f"\n*** LEFT OUT, NOTHING PROVEN: {line}")
    for line in wrong:
        print(f"\nWRONG: {line}")
    return 1 if wrong or (left_out and not given.where_possible) else 0


def run_part(part: Part, known: list[Known]) -> list[str]:
    """Run one part, print what it found, and return what is wrong with it."""
    print(f"\n== {part.name}", flush=True)
    started = time.monotonic()
    wrong: list[str] = []
    for report in part.run():
        print_report(report, known)
        wrong += [f"{report.name}: {line}" for line in unexplained(report, known)]
    print(f"{time.monotonic() - started:.0f} s", flush=True)
    return wrong


def print_report(report: Report, known: list[Known]) -> None:
    """Print the summary, then every finding with its reason."""
    print(f"-- {report.name}")
    for line in report.summary:
        print(line)
    for finding in report.findings:
        reason = next((row.reason for row in known if row.covers(report.name, finding)), "NOT EXPLAINED")
        print(f"{finding.result} {finding.test}: {finding.text}\n    {reason}")


if __name__ == "__main__":
    sys.exit(main())
