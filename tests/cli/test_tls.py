"""The embedded server with a certificate of the town's own, and stations that trust it or do not."""

from __future__ import annotations

import datetime
import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from tests.cli.station import PASSWORD, Station, served

USER = "poststelle"


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """PEM files; the certificate signed itself."""

    certificate: Path
    key: Path


def made(folder: Path, address: str) -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "clerk-desktop test")])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(exist_ok=True)
    pair = Certificate(certificate=folder / "cert.pem", key=folder / "key.pem")
    pair.certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    pair.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return pair


def sign_in(station: Station, url: str) -> tuple[int, str]:
    words = ("login", "--url", url, "--user", USER, "--password-stdin")
    return station.exit_code(*words, given=PASSWORD + "\n")


@pytest.mark.skipif(os.name == "nt", reason="the test trusts its certificate by SSL_CERT_FILE")
def test_a_letter_travels_under_tls_and_whoever_does_not_trust_the_certificate_sends_no_password(
    tmp_path: Path,
) -> None:
    mine = made(tmp_path / "tls", "127.0.0.1")
    data = tmp_path / "data"
    Station(home=tmp_path / "admin").run(
        "serve", "add-user", USER, "--data", str(data), "--password-stdin", "--municipality", "blomberg",
        "--role", "mailroom", given=PASSWORD + "\n",
    )  # fmt: skip
    tls = ("--tls-cert", str(mine.certificate), "--tls-key", str(mine.key))
    trusting = {"SSL_CERT_FILE": str(mine.certificate)}
    scans = tmp_path / "scans"
    scans.mkdir()
    with served(data, *tls, demo_data=False) as url:
        assert url.startswith("https://127.0.0.1:")
        code, told = sign_in(Station(home=tmp_path / "stranger", more={"LANGUAGE": "de"}), url)
        assert code == 4
        assert "Traceback" not in told
        assert "Zertifikat" in told
        station = Station(home=tmp_path / "station", more=trusting)
        assert sign_in(station, url)[0] == 0
        station.run("scan-folder", "add", str(scans), "--municipality", "blomberg")
        (scans / "brief.pdf").write_bytes(text_pdf([[Line(x=72, y=HEIGHT - 90, text="Widerspruch")]]))
        station.run("intake", "--once")
        station.run("sync", "--once")
        account = station.json("reconcile")
    assert (account["confirmed"], account["lost"]) == (1, 0)


def test_a_certificate_without_its_key_is_wrong_usage_and_no_other_machine_is_served_in_the_open(
    tmp_path: Path,
) -> None:
    mine = made(tmp_path / "tls", "127.0.0.1")
    station = Station(home=tmp_path / "admin")
    assert station.exit_code("serve", "--port", "0", "--tls-cert", str(mine.certificate))[0] == 2
    assert station.exit_code("serve", "--port", "0", "--host", "0.0.0.0")[0] == 2
    tls = ("--tls-cert", str(mine.certificate), "--tls-key", str(mine.key))
    assert station.exit_code("serve", "--port", "0", *tls, "--demo-data")[0] == 2
