"""Our client on a server that none of us wrote: contract and main job on the OpenCMIS InMemory server, by pytest.

What cannot be proven there is printed with its reason from ``tests/contract/unproven.py``, which no failure can be
excused by: a test that is listed there and passes fails the run.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.contract.grounds import VARIANTS
from tests.interop.part import FAILED, Finding, Part, Report
from tests.interop.served import ROOT

RUNS = {
    **{name: ("tests/contract", "-k", name) for name, variant in VARIANTS.items() if variant.server == "inmemory"},
    "main job": ("tests/cli/test_main_job_abroad.py",),
}
SECONDS = 1800


def run() -> list[Report]:
    """Run the contract once per mapping, then the main job with both."""
    return [_report(name, words) for name, words in RUNS.items()]


def _report(name: str, words: Sequence[str]) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.xml"
        command = [sys.executable, "-m", "pytest", "-q", "--color=no", f"--junitxml={results}", *words]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=False, timeout=SECONDS)
        if not results.is_file():
            return Report(name=name, summary=[], findings=[], missing=[done.stdout[-2000:]])
        return read_results(name, results.read_text(encoding="utf-8"))


def read_results(name: str, xml: str) -> Report:
    """Return the report of a run from pytest's JUnit file."""
    counts: Counter[str] = Counter()
    unproven: dict[str, str] = {}
    findings: list[Finding] = []
    for case in ET.fromstring(xml).iter("testcase"):
        file = case.attrib["classname"].rpartition(".")[2]
        test = f"{file}: {case.attrib['name']}"
        wrong = next((each for each in case if each.tag in ("failure", "error")), None)
        left = case.find("skipped")
        if wrong is not None:
            findings.append(Finding(result=FAILED[0], test=test, text=wrong.attrib.get("message", "")))
        elif left is not None:
            unproven[f"{file}: {case.attrib['name'].partition('[')[0]}"] = left.attrib.get("message", "")
        else:
            counts[file] += 1
    summary = [f"{file:<24}{count:>5} passed" for file, count in sorted(counts.items())]
    summary += [f"not provable: {test}\n    {reason}" for test, reason in sorted(unproven.items())]
    missing = [] if counts else ["nothing was proven"]
    return Report(name=name, summary=summary, findings=findings, missing=missing)


PART = Part(name="OpenCMIS InMemory server 1.1.0", needs=("java", "mvn"), run=run)
