"""The data inventory for the data-protection officer names everything that is kept, and the terms that hold."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest

from clerk_desktop.store.database import DatabaseFile
from clerk_desktop.store.keys import derive
from clerk_desktop.store.store import Store
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.settings import OPENED_DAYS, PINNED_DAYS, STORAGE_LIMIT_MB
from tests.store.samples_of import KEY

INVENTORY = (Path(__file__).parents[2] / "packaging" / "dateninventar.md").read_text(encoding="utf-8")
PLACES = ("database", "blobs", "opened", "logs", "locks", "settings_file", "key_file", "id_file")


def rows() -> dict[str, str]:
    """Each row of a table of the inventory by what stands in its first column."""
    return {match[1]: line for line in INVENTORY.splitlines() if (match := re.match(r"\| `([^`]+)` \|", line))}


def tables(home: Path) -> list[str]:
    """What a new database of this version really has."""
    Store.open(home, KEY).close()
    file = DatabaseFile(Profile(home).store, derive(KEY))
    with closing(file.connect_bare(file.path)) as connection:
        found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return sorted(str(name) for (name,) in found)


def test_every_table_is_named_with_what_it_holds_and_how_long_and_no_other(tmp_path: Path) -> None:
    section = INVENTORY.split("## Tabellen der Datenbank")[1].split("\n## ")[0]
    assert sorted(re.findall(r"^\| `(\w+)`", section, re.MULTILINE)) == tables(tmp_path)
    for line in section.splitlines():
        if line.startswith("| `"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            assert len(cells) == 4, line
            assert all(cells), line


@pytest.mark.parametrize("place", PLACES)
def test_every_place_of_a_profile_is_named(place: str) -> None:
    home = Path("/home/profile")
    path: Path = getattr(Profile(home), place)
    assert path.relative_to(home).as_posix() in rows()


def test_the_terms_are_those_of_the_settings() -> None:
    terms = {line.split("|")[3].strip(): line for line in INVENTORY.splitlines() if line.count("|") == 4}
    assert f" {PINNED_DAYS.default:.0f} Tage" in terms[f"`{PINNED_DAYS.name}`"]
    assert f" {OPENED_DAYS.default:.0f} Tage" in terms[f"`{OPENED_DAYS.name}`"]
    assert f" {STORAGE_LIMIT_MB.default} MB" in terms[f"`{STORAGE_LIMIT_MB.name}`"]
