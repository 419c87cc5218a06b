"""Certificates of devices: confirmed once by their fingerprint, and from then on that one only."""

from __future__ import annotations

from pathlib import Path

import pytest

from clerk_desktop.backend.line import Line
from clerk_desktop.model.errors import ScannerCertificateChanged, ScannerNotConfirmed
from clerk_desktop.model.scanning import ScannerPlace
from clerk_desktop.workers.host import WorkerHost
from tests.scanners.desk import PLATE, ScanDesk, scan_desk
from tests.scanners.device import Device, switched_on
from tests.signin.authority import Authority


def own(folder: Path, address: str = "127.0.0.1") -> Path:
    return Authority(folder).server(address).pem(folder / "device.pem")


def shown(error: ScannerNotConfirmed) -> str:
    return str(error.fields["fingerprint"])


def test_a_certificate_of_its_own_is_confirmed_once_whatever_name_is_in_it(desk: ScanDesk, tmp_path: Path) -> None:
    with switched_on(Device(), own(tmp_path / "tls", "drucker.example")) as device:
        place = ScannerPlace(url=device.url)
        with pytest.raises(ScannerNotConfirmed) as refused:
            desk.scan(device.url, PLATE)
        assert device.asked == []
        assert len(shown(refused.value)) == 95
        desk.scanning.confirm(place, shown(refused.value))
        assert desk.scan(device.url, PLATE).batch.pages == 1


def test_another_fingerprint_than_the_shown_one_opens_nothing(desk: ScanDesk, tmp_path: Path) -> None:
    with switched_on(Device(), own(tmp_path / "tls")) as device:
        desk.scanning.confirm(ScannerPlace(url=device.url), "AB:" * 31 + "AB")
        with pytest.raises(ScannerCertificateChanged):
            desk.scan(device.url, PLATE)
        assert device.asked == []


def test_a_certificate_of_the_towns_authority_needs_nobody(tmp_path: Path, host: WorkerHost) -> None:
    authority = Authority(tmp_path / "ca")
    certificate = authority.server().pem(tmp_path / "device.pem")
    line = Line(ca_file=authority.file)
    with scan_desk(tmp_path / "station", host, line) as desk, switched_on(Device(), certificate) as device:
        assert desk.scan(device.url, PLATE).batch.pages == 1
