"""A store that cannot be used, by command line: what is said in both languages, what is kept, and the way out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from clerk_desktop.store.database import DatabaseFile
from clerk_desktop.store.keys import derive
from clerk_desktop.store.migrate import migrations
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.secrets import Unkept
from clerk_desktop.system.unlock import unlock
from tests.cli.station import PASSPHRASE, Station, served

pytestmark = pytest.mark.slow
PAGE = 4096
SUBJECT = "Baumfällung Lindenallee"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture(scope="module")
def worked_in(url: str, tmp_path_factory: pytest.TempPathFactory) -> Station:
    """A profile with the demo office and work that was not sent; never used itself."""
    station = Station(home=tmp_path_factory.mktemp("station") / "home")
    station.log_in(url, "clerk1.blomberg")
    station.run("sync", "--once")
    number = station.json("cases")[0]["caseNumber"]
    station.run("case", "dispose", number, "zK", "--to", "clerk2.blomberg", "--text", "Rückruf abwarten")
    station.run("case", "new", "--subject", SUBJECT, "--plan", "67.10")
    return station


@pytest.fixture
def station(worked_in: Station, tmp_path: Path) -> Station:
    shutil.copytree(worked_in.home, tmp_path / "home")
    return Station(home=tmp_path / "home")


def file_of(station: Station) -> DatabaseFile:
    key = unlock(Profile(station.home), PASSPHRASE, Unkept())
    return DatabaseFile(station.home / "store", derive(key))


def damage(station: Station, *names: str) -> bytes:
    """Turn one bit of the first page of each table or index of these names; returns the whole file."""
    file = file_of(station)
    with closing(file.connect_bare(file.path)) as connection:
        connection.pragma("journal_mode", "delete")
        roots = dict(connection.execute("SELECT name, rootpage FROM sqlite_schema"))
        connection.pragma("journal_mode", "wal")
    content = bytearray(file.path.read_bytes())
    for name in names:
        content[(roots[name] - 1) * PAGE + 2000] ^= 1
    file.path.write_bytes(content)
    return bytes(content)


def test_doctor_tells_a_damaged_store_in_both_languages_and_changes_nothing(station: Station) -> None:
    content = damage(station, "cases")
    german, english = (station.run("--lang", each, "doctor", expect=1) for each in ("de", "en"))
    assert "StoreDamaged" in german
    assert "Nichts wurde überschrieben" in german
    assert "--rescue" in german
    assert "Nothing was overwritten" in english
    code, told = station.exit_code("--lang", "de", "cases")
    assert (code, "Der lokale Speicher ist beschädigt." in told, "Traceback" in told) == (1, True, False)
    assert (station.home / "store" / "clerk.db").read_bytes() == content
    [kept] = (station.home / "store").glob("damaged-*-*")
    assert (kept / "clerk.db").read_bytes() == content


def test_a_damaged_index_is_repaired_and_the_work_is_sent(station: Station, url: str, tmp_path: Path) -> None:
    damage(station, "cases_list")
    found = {each["check"]: each for each in station.json("doctor", expect=1)}
    assert found["Local store"]["detail"] == "StoreDamaged"
    assert "{" not in found["Local store"]["remedy"]
    done = station.json("doctor", "--rescue", str(tmp_path / "out"))
    assert (done["outcome"], done["export"], done["complete"]) == ("repaired", None, True)
    assert Path(done["kept"]).is_dir()
    assert not (tmp_path / "out").exists()
    station.run("sync", "--once")
    assert station.json("transfers")["outbox"] == []
    assert SUBJECT in {case["subject"] for case in station.json("cases")}
    assert station.json("doctor", "--rescue", str(tmp_path / "out"))["outcome"] == "whole"


def test_a_damaged_table_is_fetched_again_and_unsent_work_lies_in_files(station: Station, tmp_path: Path) -> None:
    before = {case["caseNumber"] for case in station.json("cases")}
    content = damage(station, "baselines")
    out = station.run("--lang", "de", "doctor", "--rescue", str(tmp_path / "out"), expect=5)
    assert "neu begonnen" in out
    [folder] = (tmp_path / "out").iterdir()
    assert str(folder) in out
    text = (folder / "Nicht gesendete Arbeit.txt").read_text(encoding="utf-8-sig")
    assert SUBJECT in text
    assert "Rückruf abwarten" in text
    assert "personenbezogene Daten" in text
    kinds = [each["kind"] for each in json.loads((folder / "unsent.json").read_bytes())["operations"]]
    assert sorted(kinds) == ["AddEvent", "CreateCase"]
    assert content in {path.read_bytes() for path in (station.home / "store").glob("damaged-*/clerk.db")}
    assert station.json("cases") == []
    station.run("sync", "--once")
    after = {case["caseNumber"] for case in station.json("cases")}
    assert {number for number in before if "/v-" not in number} <= after
    assert station.json("doctor", "--rescue", str(tmp_path / "out"))["outcome"] == "whole"


def test_a_store_whose_first_page_is_gone_is_begun_anew_and_kept(station: Station, tmp_path: Path) -> None:
    database = station.home / "store" / "clerk.db"
    file_of(station).connect_bare(database).close()
    content = bytes(PAGE) + database.read_bytes()[PAGE:]
    database.write_bytes(content)
    done = station.json("doctor", "--rescue", str(tmp_path / "out"), expect=5)
    assert (done["outcome"], done["complete"], done["operations"]) == ("begun-anew", False, 0)
    assert (Path(done["kept"]) / "clerk.db").read_bytes() == content
    assert station.exit_code("sync", "--once")[0] == 3


def test_a_credential_store_that_does_not_answer_is_said_and_nothing_is_changed(station: Station) -> None:
    (station.home / "key.json").rename(station.home / "kept.json")
    bare = Station(home=station.home, as_shipped=True, more={"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"})
    before = (station.home / "store" / "clerk.db").read_bytes()
    for language, says in (("de", "Es wurde nichts verändert"), ("en", "Nothing was changed")):
        for words in (("cases",), ("doctor", "--rescue", str(station.home / "out"))):
            code, told = bare.exit_code("--lang", language, *words)
            assert (code, says in told, "Traceback" in told) == (1, True, False), told
    assert (station.home / "store" / "clerk.db").read_bytes() == before
    (station.home / "kept.json").rename(station.home / "key.json")
    assert station.json("cases")


def test_a_wrong_passphrase_is_said_in_both_languages_and_nothing_is_changed(station: Station) -> None:
    wrong = Station(home=station.home, more={"CLERK_DESKTOP_PASSPHRASE": "falsch"})
    before = (station.home / "store" / "clerk.db").read_bytes()
    for language, says in (
        ("de", "lässt sich mit diesem Schlüssel nicht öffnen"),
        ("en", "does not open with this key"),
    ):
        for words in (("doctor",), ("doctor", "--rescue", str(station.home / "out"))):
            code, told = wrong.exit_code("--lang", language, *words)
            assert code == 1
            assert says in told, told
    assert (station.home / "store" / "clerk.db").read_bytes() == before
    assert not (station.home / "out").exists()


def test_a_store_of_a_newer_program_is_refused_and_left_alone(station: Station, tmp_path: Path) -> None:
    file = file_of(station)
    with closing(file.connect_bare(file.path)) as connection:
        connection.pragma("user_version", len(migrations()) + 1)
    before = file.path.read_bytes()
    for words in (("doctor",), ("doctor", "--rescue", str(tmp_path / "out")), ("cases",)):
        code, told = station.exit_code("--lang", "de", *words)
        assert (code, "neueren Programmversion" in told) == (1, True), told
    assert file.path.read_bytes() == before
    assert not (tmp_path / "out").exists()


def test_settings_that_cannot_be_read_are_said_and_never_written_over(station: Station) -> None:
    number = station.json("cases")[0]["caseNumber"]
    content = b'theme = "dark\n'
    (station.home / "settings.toml").write_bytes(content)
    for language, says in (("de", "Einstellungsdatei"), ("en", "settings file")):
        code, told = station.exit_code("--lang", language, "case", "pin", number)
        assert (code, says in told, "settings.toml" in told) == (2, True, True), told
    found = {each["check"]: each for each in station.json("doctor", expect=1)}
    assert found["Settings"]["detail"] == "SettingsDamaged"
    assert (station.home / "settings.toml").read_bytes() == content
