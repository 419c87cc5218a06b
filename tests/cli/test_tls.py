"""The embedded server with a certificate of the town's own, and stations that trust it or do not."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from tests.cli.station import PASSWORD, Station, served
from tests.signin.authority import Authority

USER = "poststelle"


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """PEM files: of the server, with its key, and of the authority that signed it."""

    server: Path
    authority: Path


def made(folder: Path, address: str) -> Certificate:
    authority = Authority(folder)
    return Certificate(server=authority.server(address).pem(folder / "server.pem"), authority=authority.file)


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
    tls = ("--tls-cert", str(mine.server), "--tls-key", str(mine.server))
    trusting = {"SSL_CERT_FILE": str(mine.authority)}
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
    assert station.exit_code("serve", "--port", "0", "--tls-cert", str(mine.server))[0] == 2
    assert station.exit_code("serve", "--port", "0", "--host", "0.0.0.0")[0] == 2
    tls = ("--tls-cert", str(mine.server), "--tls-key", str(mine.server))
    assert station.exit_code("serve", "--port", "0", *tls, "--demo-data")[0] == 2


def test_a_server_that_cannot_start_says_why_in_a_sentence(tmp_path: Path) -> None:
    mine = made(tmp_path / "tls", "127.0.0.1")
    station, served_folder, file = Station(home=tmp_path / "admin"), tmp_path / "served", tmp_path / "file"
    file.touch()
    with served(served_folder, demo_data=False) as url:
        port = url.rpartition(":")[2].partition("/")[0]
        for words, code, named in (
            (("--port", port), 1, f"127.0.0.1:{port}"),
            (("--port", "70000"), 1, "127.0.0.1:70000"),
            (("--port", "0", "--data", str(served_folder)), 1, str(served_folder)),
            (("--port", "0", "--data", str(file / "below")), 1, str(file / "below")),
            (("--port", "0", "--tls-cert", str(mine.authority), "--tls-key", str(mine.server)), 2, str(mine.authority)),
            (("--port", "0", "--tls-cert", str(file / "below"), "--tls-key", str(mine.server)), 2, str(file / "below")),
        ):
            told = station.exit_code("serve", *words)
            assert (told[0], "Traceback" in told[1], named in told[1]) == (code, False, True), told


def test_a_user_that_cannot_be_added_is_told_in_a_sentence(tmp_path: Path) -> None:
    station, file = Station(home=tmp_path / "admin"), tmp_path / "file"
    file.touch()
    for name, data, password, code, named in (
        ("post:stelle", tmp_path / "data", "geheim", 2, "post:stelle"),
        ("poststelle", tmp_path / "data", "", 2, "--password-stdin"),
        ("poststelle", file / "below", "geheim", 1, str(file / "below")),
    ):
        words = ("add-user", name, "--data", str(data), "--password-stdin", "--municipality", "blomberg")
        told = station.exit_code("serve", *words, given=password + "\n")
        assert (told[0], "Traceback" in told[1], named in told[1], "geheim" in told[1]) == (code, False, True, False), (
            told
        )
