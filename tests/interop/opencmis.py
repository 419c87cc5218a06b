"""The OpenCMIS conformance kit (TCK 1.1.0, browser binding, all groups), with versioned and with plain documents."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.interop.part import Finding, Part, Report
from tests.interop.served import BUILD, SECONDARY, Served, create_secondary_type, served

JARS = BUILD / "jars"
RESULTS = ("OK", "INFO", "SKIPPED", "WARNING", "FAILURE", "UNEXPECTED_EXCEPTION")
TESTS = {"Basics": 3, "Types": 3, "CRUD": 22, "Versioning": 5, "Filing": 2, "Control": 1, "Query": 8}
"""How many tests each group of the kit has."""
VARIANTS = {
    "versioned": {"documentType": "clerk:document", "folderType": "cmis:folder"},
    "plain": {"documentType": "cmis:document", "folderType": "clerk:case"},
}
SECONDS = 1_800


@dataclass
class Group:
    """What one group of tests found."""

    name: str
    tests: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)


def run() -> list[Report]:
    """Fetch the kit; for each variant serve, run, read the report."""
    fetch_jars()
    return [run_variant(name, types) for name, types in VARIANTS.items()]


def run_variant(variant: str, types: dict[str, str]) -> Report:
    """Run the kit for one variant."""
    with served() as server:
        create_secondary_type(server)
        parameters = server.folder / "tck.properties"
        parameters.write_text(parameter_text(server, types), encoding="utf-8")
        text = run_kit(parameters)
    (BUILD / f"report-{variant}.txt").write_text(text, encoding="utf-8")
    groups = read_report(text)
    found = {group.name.removesuffix(" Test Group (BROWSER)"): group.tests for group in groups}
    return Report(
        name=variant,
        summary=summary(groups),
        findings=[finding for group in groups for finding in group.findings],
        missing=[f"{count} tests of {name}" for name, count in TESTS.items() if found.get(name) != count],
    )


def fetch_jars() -> None:
    """Let Maven copy the kit beside the build, once."""
    if not any(JARS.glob("chemistry-opencmis-test-tck-*.jar")):
        pom = Path(__file__).parent / "pom.xml"
        command = ["mvn", "-q", "-B", "-f", str(pom), "dependency:copy-dependencies", f"-DoutputDirectory={JARS}"]
        subprocess.run(command, check=True)


def parameter_text(server: Served, types: dict[str, str]) -> str:
    """Return the kit's properties file."""
    prefix = "org.apache.chemistry.opencmis."
    values = {
        "binding.spi.type": "browser",
        "binding.browser.url": server.url,
        "user": server.user,
        "password": server.password,
        "session.repository.id": "clerk",
        "tck.default.relationshipType": "cmis:relationship",
        "tck.default.itemType": "cmis:item",
        "tck.default.secondaryType": SECONDARY,
        **{f"tck.default.{kind}": type_id for kind, type_id in types.items()},
    }
    return "".join(f"{prefix}{key}={value}\n" for key, value in values.items())


def run_kit(parameters: Path) -> str:
    """Return the kit's text report."""
    command = ["java", "-cp", f"{JARS}/*", "org.apache.chemistry.opencmis.tck.runner.ConsoleRunner", str(parameters)]
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=False, timeout=SECONDS)
    if done.returncode:
        print(done.stdout[-3000:], file=sys.stderr)
    return done.stdout


def read_report(report: str) -> list[Group]:
    """Return the groups of a text report. Results below others are details of those and are not counted."""
    groups: list[Group] = []
    test, heading = "", ""
    for line in report.splitlines():
        if re.fullmatch(r"={20,}|-{20,}", line):
            heading = "" if heading else line[0]
            continue
        if heading == "=":
            groups.append(Group(name=line))
        elif heading == "-":
            test = line.split(" (", maxsplit=1)[0]
            groups[-1].tests += 1
        elif groups and (match := re.fullmatch(r"( +)([A-Z_]+): (.*)", line)) and match[2] in RESULTS:
            if len(match[1]) == 2:
                groups[-1].counts[match[2]] += 1
            if match[2] not in {"OK", "INFO"}:
                groups[-1].findings.append(Finding(result=match[2], test=test, text=match[3]))
    return groups


def summary(groups: Sequence[Group]) -> list[str]:
    """Return one line per group under a heading."""
    lines = [f"{'group':<32}{'tests':>6}" + "".join(f"{name:>{len(name) + 3}}" for name in RESULTS)]
    for group in groups:
        counts = "".join(f"{group.counts[name]:>{len(name) + 3}}" for name in RESULTS)
        lines.append(f"{group.name:<32}{group.tests:>6}{counts}")
    return lines


PART = Part(name="OpenCMIS TCK", needs=("java", "mvn"), run=run)
