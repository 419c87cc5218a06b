"""cmissh of PyPI: all its `cmis-tck` suites over the browser binding, with versioned documents."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.interop.part import Finding, Part, Report
from tests.interop.served import BUILD, served

HERE = Path(__file__).parent
PLACE = BUILD / "shell"
PYTHON = PLACE / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
SUITES = {"basic": 12, "repository": 6, "folders": 9, "documents": 9, "properties": 5, "navigation": 7, "versioning": 7}
"""How many tests each suite has."""
RESULTS = {"pass": "OK", "fail": "FAILURE", "skipped": "SKIPPED"}
SECONDS = 300


def run() -> list[Report]:
    """Install it into an environment of its own, serve, run."""
    fetch()
    with served() as server:
        command = [str(PYTHON), str(HERE / "shell_suites.py"), server.url, server.user, "clerk:document"]
        done = subprocess.run(
            command, input=server.password, stdout=subprocess.PIPE, encoding="utf-8", check=False, timeout=SECONDS
        )
    counts: Counter[str] = Counter()
    findings: list[Finding] = []
    for line in done.stdout.splitlines():
        if line.startswith("@"):
            said = json.loads(line[1:])
            counts[said["suite"]] += 1
            result = RESULTS.get(said["result"], "FAILURE")
            if result != "OK":
                findings.append(Finding(result=result, test=f"{said['suite']} {said['test']}", text=said["text"]))
    summary = [line for line in done.stdout.splitlines() if line.startswith("<-")]
    missing = [f"{count} tests of {name}" for name, count in SUITES.items() if counts[name] != count]
    return [Report(name="cmissh", summary=summary, findings=findings, missing=missing)]


def fetch() -> None:
    """Make the environment, once."""
    wanted = HERE / "shell-requirements.txt"
    stamp = PLACE / wanted.name
    if not stamp.is_file() or stamp.read_bytes() != wanted.read_bytes():
        uv = [sys.executable, "-m", "uv"]
        subprocess.run([*uv, "venv", "-q", "--clear", "--python", sys.executable, str(PLACE)], check=True)
        install = ["pip", "install", "-q", "--python", str(PYTHON), "--require-hashes", "-r", str(wanted)]
        subprocess.run([*uv, *install], check=True)
        stamp.write_bytes(wanted.read_bytes())


PART = Part(name="cmissh", needs=(), run=run)
