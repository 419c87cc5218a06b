"""veraPDF 1.28.1 over files: a validator of PDF/A that none of us wrote, fetched into ``build/interop/verapdf``."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
PLACE = HERE.parents[1] / "build" / "interop" / "verapdf"


def why_not() -> str:
    """Return what is missing on this machine to validate, "" when nothing is."""
    missing = [program for program in ("java", "mvn") if shutil.which(program) is None]
    if missing and not (missing == ["mvn"] and _libraries()):
        return f"NO VALIDATOR of PDF/A: veraPDF needs {' and '.join(missing)}"
    return ""


def validate(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return for each file which rules of PDF/A-2b it breaks, "" for none."""
    if not _libraries():
        fetch = ["mvn", "-q", "-B", "-f", str(HERE / "verapdf.pom.xml"), "dependency:copy-dependencies"]
        subprocess.run([*fetch, f"-DoutputDirectory={PLACE}"], check=True, timeout=600, capture_output=True)
    classpath = os.pathsep.join(map(str, _libraries()))
    with tempfile.TemporaryDirectory() as folder:
        places = {}
        for number, (name, content) in enumerate(files.items()):
            place = Path(folder) / f"{number}.pdf"
            place.write_bytes(content)
            places[str(place)] = name
        done = subprocess.run(
            ["java", "-cp", classpath, str(HERE / "Validate.java"), *places],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )
    told = {}
    for line in done.stdout.splitlines():
        if line.startswith("VERDICT\t"):
            _, validated, faults = line.split("\t", 2)
            told[places[validated]] = faults
    assert set(told) == set(files), done.stderr
    return told


def _libraries() -> list[Path]:
    return sorted(PLACE.glob("*.jar"))
