"""Certificates on the command line: a town's own authority, servers out of date, workstations that show their own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.station import Station
from tests.signin.authority import AFTER, BEFORE, TODAY, Authority, Issued
from tests.signin.gateway import USER, Gateway, dms, listening, server_tls, service

PASSPHRASE = "mein Zertifikat 5"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path / "ca")


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(home=tmp_path / "station", more={"LANGUAGE": "de"})


@contextmanager
def secured(place: Path, certificate: Issued, clients: Path | None = None) -> Iterator[str]:
    """A DMS behind TLS; who shows a certificate is known by it, everybody else is the clerk."""
    tls = server_tls(certificate, place, clients)
    with dms(place / "dms") as application:
        gateway = Gateway(application, lambda environ: environ["SHOWN_NAME"] or USER)
        with listening(gateway, tls) as origin:
            yield service(origin)


def log_in(station: Station, url: str, *more: str, given: str = "x") -> tuple[int, str]:
    return station.exit_code("login", "--url", url, "--password-stdin", *more, given=given + "\n")


def test_a_towns_own_authority_is_trusted_where_the_settings_name_it(
    station: Station, authority: Authority, tmp_path: Path
) -> None:
    with secured(tmp_path, authority.server()) as url:
        code, told = log_in(station, url, "--user", USER)
        assert (code, "Zertifikat" in told, "abgelaufen" in told) == (4, True, False)
        station.set(ca_file=authority.file)
        assert log_in(station, url, "--user", USER)[0] == 0
        station.run("sync", "--once")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there the system's store is not a file that a variable names")
def test_what_the_system_trusts_is_trusted_without_a_setting(authority: Authority, tmp_path: Path) -> None:
    trusting = Station(home=tmp_path / "station", more={"SSL_CERT_FILE": str(authority.file)})
    with secured(tmp_path, authority.server()) as url:
        assert log_in(trusting, url, "--user", USER)[0] == 0


@pytest.mark.slow
def test_a_certificate_out_of_date_is_told_in_english_too(
    station: Station, authority: Authority, tmp_path: Path
) -> None:
    station.set(ca_file=authority.file)
    with secured(tmp_path, authority.server(valid=BEFORE)) as url:
        words = ("--lang", "en", "login", "--url", url, "--user", USER, "--password-stdin")
        code, told = station.exit_code(*words, given="x\n")
    assert (code, "expired" in told, "clock" in told) == (4, True, True)


@pytest.mark.parametrize("valid", [BEFORE, pytest.param(AFTER, marks=pytest.mark.slow)], ids=["expired", "not yet"])
def test_a_server_whose_certificate_is_out_of_date_is_told_by_name_and_gets_no_password(
    station: Station, authority: Authority, tmp_path: Path, valid: tuple[datetime, datetime]
) -> None:
    station.set(ca_file=authority.file)
    with secured(tmp_path, authority.server(valid=valid)) as url:
        code, told = log_in(station, url, "--user", USER)
    assert code == 4
    assert "abgelaufen" in told
    assert "Uhr" in told


@pytest.mark.slow
def test_a_certificate_of_another_address_is_not_trusted(
    station: Station, authority: Authority, tmp_path: Path
) -> None:
    station.set(ca_file=authority.file)
    with secured(tmp_path, authority.server("127.0.0.2")) as url:
        assert log_in(station, url, "--user", USER)[0] == 4


@pytest.mark.parametrize("form", [pytest.param("pem", marks=pytest.mark.slow), "pkcs12"])
def test_a_workstation_signs_in_with_its_own_certificate_and_the_passphrase_is_kept_nowhere_in_plain(
    station: Station, authority: Authority, tmp_path: Path, form: str
) -> None:
    mine = authority.person(USER)
    file = getattr(mine, form)(tmp_path / "mine.bin", PASSPHRASE)
    station.set(ca_file=authority.file, client_certificate=file, sign_in="certificate")
    with secured(tmp_path, authority.server(), authority.file) as url:
        code, told = log_in(station, url, given="falsch")
        assert (code, "mine.bin" in told, "falsch" in told) == (3, True, False)
        assert log_in(station, url, given=PASSPHRASE)[0] == 0
        station.run("sync", "--once")
        kept = [path for path in station.home.rglob("*") if path.is_file() and PASSPHRASE.encode() in path.read_bytes()]
        assert kept == []
        station.run("logout")
        assert station.exit_code("sync", "--once")[0] == 3


@pytest.mark.slow
def test_name_password_and_a_certificate_can_be_asked_for_together(
    station: Station, authority: Authority, tmp_path: Path
) -> None:
    file = authority.person(USER).pem(tmp_path / "mine.pem", PASSPHRASE)
    station.set(ca_file=authority.file, client_certificate=file)
    with secured(tmp_path, authority.server(), authority.file) as url:
        assert log_in(station, url, "--user", USER, given=f"x\n{PASSPHRASE}")[0] == 0


def test_without_a_certificate_that_the_server_takes_nobody_is_signed_in(
    station: Station, authority: Authority, tmp_path: Path
) -> None:
    strange = Authority(tmp_path / "other", "Fremde-CA").person(USER).pem(tmp_path / "strange.pem")
    with secured(tmp_path, authority.server(), authority.file) as url:
        station.set(ca_file=authority.file)
        code, told = log_in(station, url, "--user", USER)
        assert (code, "Zertifikat dieses Arbeitsplatzes" in told) == (3, True)
        station.set(ca_file=authority.file, client_certificate=strange)
        code, told = log_in(station, url, "--sign-in", "certificate")
        assert (code, "Zertifikat dieses Arbeitsplatzes" in told) == (3, True)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda authority, file: authority.person(USER, BEFORE).pem(file), "gültig bis"),
        (lambda authority, file: authority.person(USER, TODAY).pem(file).write_text("-----BEGIN NONSENSE"), "mine.pem"),
        (lambda authority, file: None, "mine.pem"),
        (lambda authority, file: file.write_bytes(b"\x30\x82\x01"), "mine.pem"),
    ],
    ids=["expired", "nonsense", "missing", "no pkcs12"],
)
def test_a_certificate_of_ones_own_that_is_none_is_told(
    station: Station, authority: Authority, tmp_path: Path, make: object, says: str
) -> None:
    make(authority, tmp_path / "mine.pem")  # type: ignore[operator]
    station.set(ca_file=authority.file, client_certificate=tmp_path / "mine.pem")
    code, told = log_in(station, "https://127.0.0.1:9/cmis", "--sign-in", "certificate", "--user", USER)
    assert (code, says in told) == (3, True)
    assert "Traceback" not in told


def test_a_ca_file_that_is_none_is_wrong_usage(station: Station, tmp_path: Path) -> None:
    station.set(ca_file=tmp_path / "none.pem")
    code, told = log_in(station, "https://127.0.0.1:9/cmis", "--user", USER)
    assert (code, "ca_file" in told) == (2, True)


def test_no_switch_ignores_certificates(station: Station) -> None:
    assert "insecure" not in station.run("login", "--help")
