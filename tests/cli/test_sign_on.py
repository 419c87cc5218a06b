"""A town with a sign-on service, on the command line: a real browser's way over loopback, and stations that live on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from tests.cli.station import PROGRAM, Station, environment
from tests.signin.authority import Authority
from tests.signin.gateway import Gateway, dms, listening, service
from tests.signin.sign_on import SUBJECT, Door, sign_on_service


@dataclass(frozen=True, kw_only=True)
class Town:
    """A DMS behind a gateway that takes the service's tokens, and one station."""

    url: str
    door: Door
    gateway: Gateway
    station: Station

    def log_in(self, person: str = SUBJECT) -> tuple[int, str]:
        self.station.more["FAKE_PERSON"] = person  # type: ignore[index]
        return self.station.exit_code("login", "--url", self.url)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    authority = Authority(tmp_path / "ca")
    more = {
        "LANGUAGE": "de",
        "BROWSER": f"{sys.executable} -m tests.signin.fake_browser %s &",
        "FAKE_TRUSTED": str(authority.file),
    }
    station = Station(home=tmp_path / "station", more=more)
    with dms(tmp_path / "dms") as application, sign_on_service(authority, tmp_path / "sso") as (issuer, door):
        gateway = Gateway(application, door.who)
        with listening(gateway) as origin:
            town = Town(url=service(origin), door=door, gateway=gateway, station=station)
            town.station.set(sign_in="oidc", oidc_issuer=issuer, ca_file=str(authority.file))
            yield town


def test_from_the_browser_to_a_letter_on_the_server_and_out_again(town: Town, tmp_path: Path) -> None:
    code, told = town.log_in()
    assert (code, "/oauth2/authorize?" in told) == (0, True)
    scans = tmp_path / "scans"
    scans.mkdir()
    town.station.run("scan-folder", "add", str(scans), "--municipality", "blomberg")
    (scans / "brief.pdf").write_bytes(text_pdf([[Line(x=72, y=HEIGHT - 90, text="Widerspruch")]]))
    town.station.run("intake", "--once")
    town.door.forget_access()
    town.station.run("sync", "--once")
    assert town.station.json("reconcile")["confirmed"] == 1
    assert town.door.refreshes == 1
    assert all(not line.startswith("Basic") for line in town.gateway.seen)
    town.station.run("logout")
    assert len(town.door.revoked) == 1
    assert town.station.exit_code("sync", "--once")[0] == 3


def test_no_token_lies_in_the_profile_in_plain(town: Town) -> None:
    town.log_in()
    token = town.gateway.seen[-1].removeprefix("Bearer ").encode()
    assert len(token) > 20
    assert [path for path in town.station.home.rglob("*") if path.is_file() and token in path.read_bytes()] == []


def test_whoever_says_no_is_not_signed_in(town: Town) -> None:
    code, told = town.log_in("deny")
    assert (code, "nicht abgeschlossen" in told) == (3, True)
    assert town.station.exit_code("sync", "--once")[0] == 3


def test_a_service_that_is_down_ends_with_four_and_one_that_talks_html_with_one(town: Town) -> None:
    town.door.down = True
    code, told = town.log_in()
    assert (code, "Anmeldedienst" in told, "Traceback" in told) == (4, True, False)
    town.door.down = False
    town.door.html.add("/oauth2/token")
    code, told = town.log_in()
    assert (code, "Anmeldedienst" in told, "Traceback" in told) == (1, True, False)


@pytest.mark.slow
def test_work_waits_while_the_service_is_down_and_goes_on_by_itself(town: Town) -> None:
    town.log_in()
    town.station.run("sync", "--once")
    town.station.run("case", "new", "--subject", "Baumfällung", "--plan", "67.10", "--municipality", "blomberg")
    town.door.forget_access()
    town.door.down = True
    assert town.station.exit_code("sync", "--once")[0] == 4
    assert len(town.station.json("transfers")["outbox"]) == 1
    town.door.down = False
    town.station.run("sync", "--once")
    assert town.station.json("transfers")["outbox"] == []


@pytest.mark.slow
def test_a_session_that_was_ended_asks_for_a_new_sign_in_and_keeps_the_work(town: Town) -> None:
    town.log_in()
    town.station.run("sync", "--once")
    town.station.run("case", "new", "--subject", "Baumfällung", "--plan", "67.10", "--municipality", "blomberg")
    town.door.forget_all()
    code, told = town.station.exit_code("sync", "--once")
    assert (code, "Anmeldung" in told) == (3, True)
    assert town.log_in()[0] == 0
    town.station.run("sync", "--once")
    assert town.station.json("transfers")["outbox"] == []


def test_two_processes_of_one_profile_renew_once(town: Town) -> None:
    town.log_in()
    town.door.forget_access()
    both = [
        subprocess.Popen(
            [*PROGRAM, "--home", str(town.station.home), *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment(town.station.more),
        )
        for words in (("sync", "--once"), ("doctor",))
    ]
    told = [process.communicate(timeout=100)[0].decode() for process in both]
    assert both[0].returncode == 0, told[0]
    assert "✓ Server" in told[1]
    assert town.door.refreshes == 1
    assert town.station.exit_code("sync", "--once")[0] == 0


@pytest.mark.slow
def test_a_profile_stays_that_of_whoever_signed_in_first(town: Town) -> None:
    town.log_in()
    assert town.log_in("somebody-else")[0] == 1
    town.station.run("sync", "--once")


@pytest.mark.slow
def test_signing_out_works_with_the_service_down_or_gone_from_the_settings(town: Town) -> None:
    town.log_in()
    town.door.down = True
    town.station.run("logout")
    town.door.down = False
    assert town.log_in()[0] == 0
    town.station.set(sign_in="oidc")
    town.station.run("logout")
    assert town.station.exit_code("sync", "--once")[0] != 0


def test_without_a_service_in_the_settings_it_is_said_which_one_is_missing(town: Town) -> None:
    town.station.set(sign_in="oidc")
    code, told = town.log_in()
    assert (code, "Einstellung" in told, "oidc_issuer = –" in told) == (2, True, True)
