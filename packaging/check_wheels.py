"""Proves that each locked dependency that Windows needs has a wheel for win_amd64.

Usage: ``python packaging/check_wheels.py packaging/requirements.lock``. Asks the package index, downloads nothing.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.requirements import Requirement

WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
    "sys_platform": "win32",
}


def windows_requirements(lock: str) -> list[str]:
    """Name and version of every locked requirement whose marker holds on Windows."""
    found = []
    for line in re.findall(r"^([a-z0-9][^\\\n]*)", lock, flags=re.MULTILINE):
        requirement = Requirement(line.strip())
        if requirement.marker is None or requirement.marker.evaluate(dict(WINDOWS)):
            found.append(f"{requirement.name}{requirement.specifier}")
    return found


def main(lock_file: str) -> int:
    """Return 0 when pip resolves all of them from wheels alone."""
    wanted = windows_requirements(Path(lock_file).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as target:
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--no-deps", "--only-binary=:all:"]
        command += ["--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp", "--target", target]
        outcome = subprocess.run([*command, *wanted], check=False)
    print(f"{len(wanted)} dependencies have a win_amd64 wheel" if outcome.returncode == 0 else "a wheel is missing")
    return outcome.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
