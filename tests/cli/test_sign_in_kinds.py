"""The kind of sign-in: told on the command line or by the settings, and kept with the account."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.station import PASSWORD, Station, served

USER = "clerk1.blomberg"


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(home=tmp_path / "station")


def test_a_kind_can_be_named_and_later_commands_use_it(station: Station) -> None:
    with served() as url:
        station.run(
            "login", "--url", url, "--user", USER, "--sign-in", "basic", "--password-stdin", given=PASSWORD + "\n"
        )
        station.run("sync", "--once")


def test_a_kind_that_there_is_not_is_wrong_usage_and_so_is_a_password_without_a_name(station: Station) -> None:
    words = ("login", "--url", "http://127.0.0.1:9/cmis", "--password-stdin")
    assert station.exit_code(*words, "--user", USER, "--sign-in", "trust-me", given="x\n")[0] == 2
    code, told = station.exit_code(*words, given="x\n")
    assert (code, "--user" in told) == (2, True)


def test_signing_out_forgets_the_secret_and_nothing_is_sent_from_then_on(station: Station) -> None:
    with served() as url:
        station.log_in(url, USER)
        station.run("logout")
        assert station.exit_code("sync", "--once")[0] == 3
        station.log_in(url, USER)
        station.run("sync", "--once")
