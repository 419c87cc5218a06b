"""cmislib of PyPI: the tests in ``tests/server/test_cmislib.py``, which the fast tier runs as well."""

from __future__ import annotations

import subprocess
import sys

from tests.interop.part import FAILED, Finding, Part, Report
from tests.interop.served import ROOT

TESTS = "tests/server/test_cmislib.py"
SECONDS = 300


def run() -> list[Report]:
    """Run them by pytest; a skipped one is a failure here."""
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "--color=no", TESTS]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=False, timeout=SECONDS)
    lines = done.stdout.splitlines()
    told = [line for line in lines if line.startswith(("PASSED", "FAILED", "ERROR", "SKIPPED"))]
    findings = [Finding(result=FAILED[0], test=TESTS, text=line) for line in told if not line.startswith("PASSED")]
    missing = [] if told and (findings or not done.returncode) else [f"{TESTS}: {done.stdout[-2000:]}"]
    return [Report(name="cmislib", summary=told, findings=findings, missing=missing)]


PART = Part(name="cmislib", needs=(), run=run)
