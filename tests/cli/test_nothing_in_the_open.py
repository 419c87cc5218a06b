"""Names that go through intake, review, search and export by real processes stand nowhere in the open afterwards."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from clerk_desktop.model.errors import WrongKey
from clerk_desktop.store.store import Store
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.secrets import Unkept
from clerk_desktop.system.unlock import unlock
from tests.cli.open_words import found_in
from tests.cli.station import PASSPHRASE, ROOT, Station, environment, served

NAME, STREET, SUBJECT, NOTE, SEARCHED = "Öztürk-Seltsam", "Rotkehlchenweg", "Wespennest", "Zwetschge", "Lindwurm"
WORDS = (NAME, STREET, SUBJECT, NOTE, SEARCHED)
XFDF = f"""<?xml version="1.0" encoding="UTF-8"?>
<xfdf xmlns="http://ns.adobe.com/xfdf/" xml:space="preserve"><annots>
<text page="0" rect="72,740,92,760" name="a1" title="x" date="D:20261123080000Z"><contents>{NOTE}</contents></text>
</annots></xfdf>"""
LETTER = text_pdf(
    [
        [
            Line(x=72, y=HEIGHT - 90, text=f"Erika {NAME}, {STREET} 7, 32825 Blomberg"),
            Line(x=72, y=HEIGHT - 120, text=f"Antrag: {SUBJECT} am Dach"),
        ]
    ]
)


def test_the_search_itself_would_find_a_word_however_it_is_hidden(tmp_path: Path) -> None:
    assert found_in(WORDS, tmp_path) == []
    (tmp_path / "utf-16").write_bytes(b"x" + NAME.encode("utf-16-le"))
    (tmp_path / "latin").write_bytes(NAME.casefold().encode("latin-1"))
    (tmp_path / "letter.pdf").write_bytes(b"x\x9c stream" + zlib.compress(b"BT (Wespennest) Tj ET" * 50) + b"end")
    (tmp_path / f"{STREET}.txt").touch()
    assert len(found_in(WORDS, tmp_path)) == 4
    (tmp_path / "whole.pdf").write_bytes(LETTER)
    assert len(found_in(WORDS, tmp_path)) > 4


@dataclass(frozen=True, kw_only=True)
class Used:
    """A profile after a day's work; ``around``: every other place where a program of this user may write."""

    station: Station
    around: tuple[Path, ...]
    exported: Path
    listed: str


@pytest.fixture(scope="module")
def used() -> Iterator[Used]:
    # not below the tests' own folder, which nobody else may enter anyway
    with TemporaryDirectory() as name, served() as url:
        place = Path(name)
        place.chmod(0o755)
        around = tuple(place / each for each in ("tmp", "cache", "config", "data", "state"))
        for folder in (*around, place / "scans", place / "out"):
            folder.mkdir()
        names = ("TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
        more = dict(zip(names, map(str, around), strict=True))
        station = Station(home=place / "home", more={**more, "QT_QPA_PLATFORM": "offscreen"})
        station.log_in(url, "clerk1.blomberg")
        (station.home / "settings.toml").write_text('log_level = "debug"\n', encoding="utf-8")
        yield _worked(station, place, around)


def _worked(station: Station, place: Path, around: tuple[Path, ...]) -> Used:
    running = station.start("run")
    try:
        station.run("scan-folder", "add", str(place / "scans"), "--municipality", "blomberg")
        station.run("sync", "--once")
        (place / "scans" / f"Scan {NAME}.pdf").write_bytes(LETTER)
        station.run("intake", "--once")
        station.run("sync", "--once")
    finally:
        running.terminate()
        assert running.wait(60) == 0
    [file] = station.json("transfers")["files"]
    [document] = file["documents"]
    station.run("file", document["documentId"], "--new", "--subject", f"{SUBJECT} {NAME}", "--plan", "67.10")
    station.run("sync", "--once")
    [case] = station.json("cases", "--query", SUBJECT)
    station.run("case", "pin", case["caseNumber"])
    (place / "out" / "marks.xfdf").write_text(XFDF, encoding="utf-8")
    station.run("annotate", document["documentId"], "--xfdf", str(place / "out" / "marks.xfdf"))
    station.run("case", "dispose", case["caseNumber"], "zK", "--to", "clerk2.blomberg", "--text", f"{NOTE} {NAME}")
    for word in (SEARCHED, NAME, SUBJECT):
        station.run("search", word, expect=None)
    window = [sys.executable, "-m", "clerk_desktop.bench.heartbeat_window", str(station.home), PASSPHRASE]
    subprocess.run(window, env=environment(station.more), capture_output=True, check=True, cwd=ROOT)
    station.run("export", document["documentId"], "--out", str(place / "out" / "letter.pdf"), "--flatten")
    station.run("sync", "--once")
    return Used(station=station, around=around, exported=place / "out", listed=station.run("cases"))


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_no_file_of_the_profile_the_logs_or_any_other_place_shows_a_name(used: Used) -> None:
    assert SUBJECT in used.listed
    assert found_in([NAME], used.exported) != []
    assert found_in(WORDS, used.station.home, *used.around) == []
    logs = [path.read_text(encoding="utf-8") for path in (used.station.home / "logs").glob("*.log")]
    assert any("action=" in log for log in logs)
    assert [path for path in Path("/dev/shm").glob("clerk*") if path.exists()] == []


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_nothing_lies_in_a_profile_that_the_inventory_does_not_name(used: Used) -> None:
    inventory = (ROOT / "packaging" / "dateninventar.md").read_text(encoding="utf-8")
    section = inventory.split("## Orte eines Profils")[1].split("\n## ")[0]
    named = [re.split("…|NNNN", name)[0] for name in re.findall(r"^\| `([^`]+)`", section, re.MULTILINE)]
    home = used.station.home
    lying = [path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()]
    assert len({path.split("/")[0] for path in lying}) > 4
    assert [path for path in lying if not path.startswith(tuple(named))] == []


def lists(folder: Path) -> bool:
    """Whether another user sees what is in a folder."""
    look = ["ls", str(folder)]
    return subprocess.run(look, user="nobody", capture_output=True, check=False, cwd="/").returncode == 0


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.skipif(sys.platform == "win32", reason="UNPROVEN: on Windows the user's profile folder keeps others out")
def test_no_other_user_of_the_machine_can_enter_a_profile(used: Used) -> None:
    for path in (used.station.home, *used.station.home.rglob("*")):
        if path.is_dir() and path.parent.stat().st_mode & (stat.S_IXGRP | stat.S_IXOTH):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    if os.geteuid() == 0:
        assert (lists(used.station.home.parent), lists(used.station.home)) == (True, False)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_a_purge_destroys_the_key_so_that_a_copy_of_the_store_is_closed_for_ever(used: Used, tmp_path: Path) -> None:
    home = used.station.home
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in (home / "store").iterdir():
        if path.is_file():
            (copy / path.name).write_bytes(path.read_bytes())
    key = unlock(Profile(home), PASSPHRASE, Unkept())
    used.station.run("logout", "--purge", "--discard-unsent")
    assert not (home / "key.json").exists()
    assert not (home / "store" / "clerk.db").exists()
    assert not list(home.glob("store/blobs/??/*"))
    (home / "store").mkdir(exist_ok=True)
    new = unlock(Profile(home), PASSPHRASE, Unkept())
    assert new != key
    for path in copy.iterdir():
        path.rename(home / "store" / path.name)
    with pytest.raises(WrongKey):
        Store.open(home, new)
    Store.open(home, key).close()  # it was the key that was missing, nothing else
