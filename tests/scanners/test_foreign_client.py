"""Foreign software scans from the test device (scanimage with sane-airscan): the device speaks as real ones do."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from tests.scanners.device import Device, switched_on

BACKEND = [*Path("/usr/lib").glob("*/sane/libsane-airscan.so.1"), *Path("/usr/lib/sane").glob("libsane-airscan.so.1")]
CONFIGURATION = """[devices]
"Muster" = {url}, eSCL
[options]
discovery = disable
"""


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("scanimage") is None or not BACKEND,
    reason="NO FOREIGN CLIENT: sane-utils and sane-airscan are not here, nothing was proven about the test device",
)
def test_sane_airscan_scans_a_stack_from_the_device(tmp_path: Path) -> None:
    with switched_on(Device(feeder=["eins", "zwei", "drei"])) as device:
        (tmp_path / "dll.conf").write_text("airscan\n", encoding="utf-8")
        (tmp_path / "airscan.conf").write_text(CONFIGURATION.format(url=device.url + "/"), encoding="utf-8")
        done = subprocess.run(
            [
                *("scanimage", "-d", "airscan:e0:Muster", "--source", "ADF", "--resolution", "75"),
                *("--format=png", f"--batch={tmp_path}/seite%d.png"),
            ],
            env={**os.environ, "SANE_CONFIG_DIR": str(tmp_path), "LC_ALL": "C"},
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
    pages = sorted(tmp_path.glob("seite*.png"))
    assert len(pages) == 3, done.stderr
    for page in pages:
        with Image.open(page) as image:
            assert image.width > 500
    assert device.jobs[0].settings["InputSource"] == "Feeder"
