"""The data inventory for the data-protection officer names everything that is kept, and the terms that hold."""

from __future__ import annotations

import ast
import re
from contextlib import closing
from pathlib import Path

import pytest

from clerk_desktop.intake.scan_batch import NOTE, PREFIX
from clerk_desktop.intake.watcher import CANARY
from clerk_desktop.store.blobs import PARTS
from clerk_desktop.store.database import DatabaseFile
from clerk_desktop.store.keys import derive
from clerk_desktop.store.store import Store
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.settings import OPENED_DAYS, PINNED_DAYS, STORAGE_LIMIT_MB
from tests.store.samples_of import KEY

ROOT = Path(__file__).parents[2]
INVENTORY = (ROOT / "packaging" / "dateninventar.md").read_text(encoding="utf-8")
PLACES_OF_A_PROFILE = ("`store/blobs`", "`locks`", "`logs`")
PLACES = ("database", "blobs", "opened", "logs", "locks", "settings_file", "key_file", "id_file", "purge_mark")


def rows() -> dict[str, str]:
    """Each row of the tables of places by what stands in its first column."""
    places = INVENTORY.split("## Tabellen der Datenbank")[0]
    return {line.split("|")[1].strip(): line for line in places.splitlines() if line.startswith("| ")}


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
    assert f"`{path.relative_to(home).as_posix()}`" in rows()


def test_the_terms_are_those_of_the_settings() -> None:
    terms = {line.split("|")[3].strip(): line for line in INVENTORY.splitlines() if line.count("|") == 4}
    assert f" {PINNED_DAYS.default:.0f} Tage" in terms[f"`{PINNED_DAYS.name}`"]
    assert f" {OPENED_DAYS.default:.0f} Tage" in terms[f"`{OPENED_DAYS.name}`"]
    assert f" {STORAGE_LIMIT_MB.default} MB" in terms[f"`{STORAGE_LIMIT_MB.name}`"]


# fmt: off
WRITING = frozenset({
    "write_whole", "write_bytes", "write_text", "copyfile", "copy2", "copyfileobj",
    "backup", "rename", "mkdir", "makedirs", "touch", "mkstemp",
    "mkdtemp", "TemporaryDirectory", "NamedTemporaryFile", "TemporaryFile", "SharedMemory", "memfd_create",
    "RotatingFileHandler", "QSettings", "QSaveFile", "QTemporaryFile", "QLocalServer", "O_CREAT",
})
# fmt: on
MODES = frozenset({"wb", "w", "ab", "a", "xb", "x", "r+b", "r+"})
CHOSEN = "Export, Ausdruck, Ordner der Rettung"
CANARIES, BATCHES = f"`{CANARY}…` im Scanordner", f"`{PREFIX}…` im Scanordner"
# each part of the program that writes files, and the first column of the inventory's rows about them
WRITERS = {
    "backend/certificate.py": ("`certificate.pem` in `clerk-desktop-…` im Ordner des Systems für Zwischendateien",),
    "cli/commands/marks.py": (CHOSEN,),
    "intake/attention.py": (CANARIES,),
    "intake/lease.py": ("`….clerk-lease-N` im Scanordner",),
    "intake/scan_batch.py": (BATCHES,),
    "intake/settle.py": ("`erledigt/JJJJ-MM-TT/` im Scanordner",),
    "intake/watch_doctor.py": (CANARIES,),
    "store/blobs.py": ("`store/blobs`",),
    "store/database.py": (
        *("`store/clerk.db`", "`store/backup-NNNN.db`", "`store/damaged-…`"),
        *("`store/damaged.mark`", "`store/key.proof`"),
    ),
    "store/migrate.py": ("`store/backup-NNNN.db`",),
    "store/salvage.py": ("`store/.salvage`",),
    "store/wal.py": ("`store/.salvage`",),
    "system/files.py": ("`.NAME.…` neben einer Datei",),
    "system/locks.py": ("`locks`",),
    "system/log_file.py": ("`logs`",),
    "system/paths.py": PLACES_OF_A_PROFILE,
    "system/settings.py": ("`settings.toml`",),
    "system/unlock.py": ("`key.json`", "`profile.id`"),
    "ui/single.py": ("`clerk-desktop-…` (lokaler Anschluss)",),
    "ui/state.py": ("`window.ini`",),
    "usecases/binding.py": (CHOSEN,),
    "usecases/collation.py": (CHOSEN,),
    "usecases/day_account.py": (CHOSEN,),
    "usecases/export.py": (CHOSEN, "`opened`"),
    "usecases/paper_boxes.py": (CHOSEN,),
    "usecases/purge.py": ("`purge.mark`",),
    "usecases/rescue.py": ("`store-without-key-…`",),
    "usecases/sheets.py": (CHOSEN,),
    "usecases/transfer_notes.py": (CHOSEN,),
    "usecases/unsent.py": (CHOSEN,),
    "workers/pipe_channel.py": ("Arbeitsspeicher zwischen Prozessen",),
    "workers/socket_channel.py": ("Arbeitsspeicher zwischen Prozessen",),
}
# what is named in the row of the place where it lies
WITHIN = {"`store/blobs`": PARTS, BATCHES: NOTE, "`settings.toml`": "settings.toml.damaged-…"}
NOT_AT_A_WORKPLACE = (
    *("server/", "demo/", "bench/", "ui/played/"),
    *("cli/commands/demo.py", "cli/commands/serve.py", "ui/tour.py"),
)


def writers() -> set[str]:
    """Every module of the program that names something with which files are written."""
    package = ROOT / "clerk_desktop"
    found = set()
    for path in package.rglob("*.py"):
        place = path.relative_to(package).as_posix()
        if not place.startswith(NOT_AT_A_WORKPLACE) and writes(path.read_text(encoding="utf-8")):
            found.add(place)
    return found


def writes(source: str) -> bool:
    nodes = tuple(ast.walk(ast.parse(source)))
    in_memory = frozenset(name for node in nodes for name in _buffer(node))
    return any(_writes(node, in_memory) for node in nodes)


def _buffer(node: ast.AST) -> tuple[str, ...]:
    """The name of a file that is only in memory."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Attribute(attr="BytesIO"))):
            return (name,)
        case _:
            return ()


def _writes(node: ast.AST, in_memory: frozenset[str]) -> bool:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name in WRITING
        case ast.Call(func=ast.Attribute(attr="open") | ast.Name(id="open"), args=given, keywords=named):
            modes = (*given, *(each.value for each in named if each.arg == "mode"))
            return any(isinstance(each, ast.Constant) and each.value in MODES for each in modes)
        case ast.Call(func=ast.Attribute(attr="save"), args=[target, *_]):
            return not (isinstance(target, ast.Name) and target.id in in_memory)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="os"), attr="replace")):
            return True
        case ast.Call(func=ast.Attribute(attr="replace"), args=[_], keywords=[]):  # a path's; texts and times take more
            return True
        case _:
            return False


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("image.save(path)", True),
        ("image.save(str(path), 'PNG')", True),
        ("target = io.BytesIO(); image.save(target, 'PNG')", False),
        ("painter.save()", False),
        ("path.open(mode='wb')", True),
        ("open(path, 'w')", True),
        ("path.open('rb')", False),
        ("beside.replace(path)", True),
        ("os.replace(beside, path)", True),
        ("text.replace('a', 'b')", False),
        ("now.replace(hour=1)", False),
    ],
)
def test_what_writes_files_is_told_from_what_does_not(line: str, found: bool) -> None:
    assert writes(line) is found


def test_every_part_of_the_program_that_writes_files_is_accounted_for() -> None:
    assert writers() == set(WRITERS)
    named = rows()
    assert {name for names in WRITERS.values() for name in names} - set(named) == set()
    assert [name for place, name in WITHIN.items() if f"`{name}`" not in named[place]] == []
