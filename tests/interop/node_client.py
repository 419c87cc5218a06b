"""The client `cmis` of npm through a clerk's day; the steps are in ``node/client.cjs``."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from tests.interop.part import Finding, Part, Report
from tests.interop.served import BUILD, served

SOURCE = Path(__file__).parent / "node"
PLACE = BUILD / "node"
DRIVER = SOURCE / "client.cjs"
LAST = "is refused with a wrong password"
SECONDS = 120


def run() -> list[Report]:
    """Install it, serve, run."""
    fetch()
    with served() as server:
        command = [_program("node"), str(DRIVER), server.url, server.user]
        done = subprocess.run(
            command,
            cwd=PLACE,
            input=server.password,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=False,
            timeout=SECONDS,
        )
    told = [Finding(**json.loads(line)) for line in done.stdout.splitlines()]
    missing = [] if told and told[-1].test == LAST and not done.returncode else ["the steps to their end"]
    summary = [f"{finding.result:<8} {finding.test}" for finding in told]
    return [
        Report(name="cmis", summary=summary, findings=[each for each in told if each.result != "OK"], missing=missing)
    ]


def fetch() -> None:
    """Let npm install it beside the build, once; scripts of packages are not run."""
    lock = "package-lock.json"
    if not (PLACE / "node_modules" / "cmis").is_dir() or (PLACE / lock).read_bytes() != (SOURCE / lock).read_bytes():
        PLACE.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", lock):
            shutil.copyfile(SOURCE / name, PLACE / name)
        command = [_program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=PLACE, check=True)


def _program(name: str) -> str:
    return shutil.which(name) or name


PART = Part(name="cmis of npm", needs=("node", "npm"), run=run)
