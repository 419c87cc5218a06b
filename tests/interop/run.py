"""Runs the OpenCMIS conformance kit (TCK 1.1.0) against the embedded server and sums up what it found.

Needs Java (17 or later) and Maven; the kit comes from Maven Central. Exits with 1 on any FAILURE or
UNEXPECTED_EXCEPTION. The reasons for each WARNING and SKIPPED are in README.md.

Usage: python -m tests.interop.run [GROUP_CLASS ...]
"""

from __future__ import annotations

import json
import re
import secrets
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from clerk_desktop.server.rights import Role
from clerk_desktop.server.serving import EmbeddedServer

HERE = Path(__file__).parent
TYPES = HERE.parents[1] / "resources" / "cmis-types"
JARS = HERE.parents[1] / "build" / "interop" / "jars"
RESULTS = ("OK", "INFO", "SKIPPED", "WARNING", "FAILURE", "UNEXPECTED_EXCEPTION")
BAD = ("FAILURE", "UNEXPECTED_EXCEPTION")
ALL_GROUPS = 7
SECONDARY = "tck:secondary"
VARIANTS = {
    "versioned": {"documentType": "clerk:document", "folderType": "cmis:folder"},
    "plain": {"documentType": "cmis:document", "folderType": "clerk:case"},
}


@dataclass
class Group:
    """What one group of tests found: results by kind, and the texts of those that are not simply OK."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)


def main() -> int:
    """Fetch the kit; for each variant serve, run, print the summary."""
    fetch_jars()
    verdicts = [passed(name, types, sys.argv[1:]) for name, types in VARIANTS.items()]
    return 0 if all(verdicts) else 1


def passed(variant: str, types: dict[str, str], classes: list[str]) -> bool:
    """Run the kit for one variant and return whether nothing failed and no group is missing."""
    password = secrets.token_urlsafe()
    with (
        tempfile.TemporaryDirectory() as folder,
        EmbeddedServer(Path(folder) / "data", TYPES, towns={"probe": "Probe"}) as server,
    ):
        server.application.accounts.add_user("admin", password, role=Role.ADMIN)
        create_secondary_type(server.url, password)
        parameters = Path(folder) / "tck.properties"
        parameters.write_text(parameter_text(server.url, password, types), encoding="utf-8")
        report = run_kit(parameters, classes, Path(folder))
    (JARS.parent / f"report-{variant}.txt").write_text(report, encoding="utf-8")
    groups = read_report(report)
    print(f"\n== {variant}")
    print_summary(groups)
    bad = sum(group.counts[name] for group in groups for name in BAD)
    return not bad and len(groups) == (len(classes) or ALL_GROUPS)


def fetch_jars() -> None:
    """Let Maven copy the kit beside the build, once."""
    if not any(JARS.glob("chemistry-opencmis-test-tck-*.jar")):
        command = ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies"]
        subprocess.run([*command, f"-DoutputDirectory={JARS}"], check=True)


def create_secondary_type(url: str, password: str) -> None:
    """Create the secondary type the kit attaches: our own types need none, and this proves ``createType`` as well."""
    definition = {
        "id": SECONDARY,
        "baseId": "cmis:secondary",
        "parentId": "cmis:secondary",
        "localName": "probe",
        "localNamespace": "tck",
        "displayName": "Probe",
        "queryName": SECONDARY,
        "description": "A secondary type",
        "creatable": True,
        "fileable": False,
        "queryable": True,
        "fulltextIndexed": True,
        "includedInSupertypeQuery": True,
        "controllablePolicy": False,
        "controllableACL": False,
        "propertyDefinitions": {
            "tck:note": {
                "id": "tck:note",
                "localName": "note",
                "localNamespace": "tck",
                "displayName": "Note",
                "queryName": "tck:note",
                "description": "A note",
                "propertyType": "string",
                "cardinality": "single",
                "updatability": "readwrite",
                "required": False,
                "queryable": True,
                "orderable": True,
                "openChoice": True,
                "inherited": False,
            }
        },
    }
    form = {"cmisaction": "createType", "type": json.dumps(definition)}
    httpx.post(f"{url}/clerk", data=form, auth=("admin", password)).raise_for_status()


def parameter_text(url: str, password: str, types: dict[str, str]) -> str:
    """Return the kit's properties file."""
    prefix = "org.apache.chemistry.opencmis."
    values = {
        "binding.spi.type": "browser",
        "binding.browser.url": url,
        "user": "admin",
        "password": password,
        "session.repository.id": "clerk",
        "tck.default.relationshipType": "cmis:relationship",
        "tck.default.itemType": "cmis:item",
        "tck.default.secondaryType": SECONDARY,
        **{f"tck.default.{kind}": type_id for kind, type_id in types.items()},
    }
    return "".join(f"{prefix}{key}={value}\n" for key, value in values.items())


def run_kit(parameters: Path, groups: list[str], folder: Path) -> str:
    """Return the kit's text report. ``groups`` are class names; none means all."""
    command = ["java", "-cp", f"{JARS}/*", "org.apache.chemistry.opencmis.tck.runner.ConsoleRunner", str(parameters)]
    if groups:
        listed = folder / "groups.txt"
        listed.write_text("\n".join(groups), encoding="utf-8")
        command.append(str(listed))
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=False, timeout=3600)
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
        elif groups and (match := re.fullmatch(r"( +)([A-Z_]+): (.*)", line)) and match[2] in RESULTS:
            if len(match[1]) == 2:
                groups[-1].counts[match[2]] += 1
            if match[2] != "OK":
                groups[-1].remarks.append(f"{match[2]:<20} {test}:{match[1]}{match[3]}")
    return groups


def print_summary(groups: list[Group]) -> None:
    """Print one line per group, then every remark."""
    print(f"{'group':<28}" + "".join(f"{name:>21}" for name in RESULTS))
    for group in groups:
        print(f"{group.name:<28}" + "".join(f"{group.counts[name]:>21}" for name in RESULTS))
    for group in groups:
        for remark, count in Counter(group.remarks).items():
            print(f"{count:>3} x {remark}")


if __name__ == "__main__":
    sys.exit(main())
