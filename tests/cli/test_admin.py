"""``admin check``, ``admin install-types`` and ``login --mapping`` by command line, on the embedded server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk_desktop.cli.commands.admin import install_command
from clerk_desktop.model.account import Account
from clerk_desktop.model.administration import Need
from tests.cli.station import PASSWORD, Station, served

MAPPINGS = ("alfresco", "embedded", "opencmis-inmemory", "plain")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.mark.parametrize("mapping", MAPPINGS)
def test_login_takes_each_mapping_and_check_says_what_it_needs(tmp_path: Path, url: str, mapping: str) -> None:
    station = Station(home=tmp_path)
    station.log_in(url, "admin", mapping)
    ready = mapping in ("embedded", "plain")
    found = station.json("admin", "check", expect=0 if ready else 5)
    assert (found["mapping"], found["ready"]) == (mapping, ready)
    assert set(found["needs"]) == {need.value for need in Need}, "a server is judged before anything is added to it"
    hindering = {item["todo"] for item in found["todo"] if item["hinders"]}
    assert bool(hindering) is not ready
    assert {item["state"] for item in found["types"]} <= ({"there"} if ready else {"absent", "incomplete"})
    station.run("sync", "--once", expect=0 if ready else 1)


def test_a_mapping_that_is_none_is_wrong_usage(tmp_path: Path, url: str) -> None:
    words = ("login", "--url", url, "--user", "admin", "--mapping", "nscale", "--password-stdin")
    code, told = Station(home=tmp_path).exit_code(*words, given=PASSWORD)
    assert code == 2
    assert "nscale" in told


def test_check_speaks_german_and_english_and_asks_who_is_asking(tmp_path: Path, url: str) -> None:
    station = Station(home=tmp_path)
    assert station.exit_code("admin", "check")[0] == 2
    code, told = station.exit_code("admin", "check", url)
    assert (code, "--user" in told) == (2, True)
    words = ("admin", "check", url, "--user", "admin", "--password-stdin")
    assert "Mit diesem Server kann gearbeitet werden." in station.run("--lang", "de", *words, given=PASSWORD)
    assert "Clerks can work with this server." in station.run("--lang", "en", *words, given=PASSWORD)
    assert station.exit_code(*words, given="wrong")[0] == 3
    assert station.exit_code("sync", "--once")[0] == 3, "nobody was signed in by looking"


def test_types_that_are_refused_are_named_and_the_content_model_is_pointed_to(tmp_path: Path, url: str) -> None:
    station = Station(home=tmp_path)
    words = ("admin", "install-types", url, "--user", "admin", "--mapping", "alfresco", "--password-stdin")
    told = station.run("--lang", "de", *words, given=PASSWORD, expect=1)
    assert "F:clerk:case" in told
    (line,) = [line for line in told.splitlines() if line.endswith("alfresco.xml")]
    assert Path(line.partition(": ")[2]).is_file()


def test_what_is_alike_stands_in_one_line_with_the_command_that_does_it(tmp_path: Path, url: str) -> None:
    words = ("admin", "check", url, "--user", "admin", "--mapping", "alfresco", "--password-stdin")
    told = Station(home=tmp_path).run("--lang", "en", *words, given=PASSWORD, expect=5)
    (line,) = [line for line in told.splitlines() if "install-types" in line]
    assert line.endswith(f"clerk-desktop admin install-types {url} --user admin --mapping alfresco")
    assert "The server says of itself: changes objectidsonly" in told


@pytest.mark.parametrize(
    ("platform", "quoted"), [("linux", "'Rats Akten'"), ("win32", '"Rats Akten"')], ids=["linux", "windows"]
)
def test_the_command_names_the_repository_as_the_shell_of_the_platform_takes_it(platform: str, quoted: str) -> None:
    who = Account(url="https://dms.example/cmis", user="admin", repository="Rats Akten", mapping="plain")
    wanted = f"install-types https://dms.example/cmis --user admin --repository {quoted} --mapping plain"
    assert install_command(who, platform) == f"clerk-desktop admin {wanted}"


def test_signs_that_the_windows_prompt_takes_as_its_own_are_quoted() -> None:
    who = Account(url="https://dms.example/cmis?a=1&b=2", user="admin", repository="", mapping="plain")
    assert '"https://dms.example/cmis?a=1&b=2"' in install_command(who, "win32")


def test_only_an_administrator_creates_types(tmp_path: Path, url: str) -> None:
    station = Station(home=tmp_path)
    station.log_in(url, "clerk1.blomberg", "opencmis-inmemory")
    states = {each["type"]: each["state"] for each in station.json("admin", "install-types", expect=1)}
    assert "created" not in states.values()


def test_a_mapping_of_the_towns_own_is_found_and_chosen_by_the_settings(tmp_path: Path, url: str) -> None:
    own = tmp_path / "own"
    own.mkdir()
    shipped = Path(__file__).parents[2] / "resources" / "dms-mappings" / "plain.toml"
    (own / "rathaus.toml").write_text(
        shipped.read_text(encoding="utf-8").replace('"/Vorlagen"', '"/Rathaus/Vorlagen"'), encoding="utf-8"
    )
    station = Station(home=tmp_path / "home")
    station.set(dms_mapping="rathaus", dms_mappings=str(own))
    station.run("login", "--url", url, "--user", "admin", "--password-stdin", given=PASSWORD)
    found = station.json("admin", "check")
    assert found["mapping"] == "rathaus"
    assert "/Rathaus/Vorlagen" in {item["what"] for item in found["todo"]}
    assert station.json("admin", "check", "--mapping", "embedded")["mapping"] == "embedded"
