"""What the start of the window must not pay for: nothing that the first picture does not show is imported before it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from clerk_desktop.assembly import open_desk

ROOT = Path(__file__).parents[2]
PASSPHRASE = "a passphrase of a test"
HEAVY = (
    *("httpx", "msgspec", "lxml", "pikepdf", "pypdfium2", "PIL", "pdfplumber", "tesserocr", "watchdog", "keyring"),
    *("multiprocessing", "subprocess", "asyncio", "email", "http.client", "importlib.metadata", "ssl"),
    *("PySide6.QtNetwork", "PySide6.QtPrintSupport", "PySide6.QtTest"),
)
NOT_YET = (
    *("backend", "documents", "intake", "sync", "workers", "server", "demo", "processes"),
    *("cli.parser", "cli.commands.cases", "model.outbox", "model.ledger", "model.annotation", "model.remote"),
    *("model.event", "model.document", "model.signing_in", "model.office_settings", "model.counts"),
    *("model.known_number", "model.searching", "store.search", "usecases.case_view"),
    *("ui.case.unsaved", "ui.field_words", "ui.found_place"),
    *("model.reading", "model.jobs", "model.search", "usecases.search", "usecases.rescue", "usecases.background"),
    *("ui.case.view", "ui.inbox.place", "ui.review", "ui.search", "ui.settings", "ui.transfers", "ui.welcome"),
    *("ui.frame.tray", "ui.frame.hit_list", "ui.single", "ui.trouble_dialog", "ui.unlock_dialog", "ui.help"),
)


IMPORTS = """
import builtins
told = [builtins.__import__]
import PySide6
told.append(builtins.__import__)
import clerk_desktop.ui
told.append(builtins.__import__)
from PySide6.QtWidgets import QLabel
told.append(builtins.__import__)
print(*(each.__name__ for each in told))
"""
WRAPPED = """
import builtins
import PySide6
inner = builtins.__import__
def ours(*given, **named):
    return inner(*given, **named)
builtins.__import__ = ours
import clerk_desktop.ui
print(builtins.__import__ is ours)
"""


def test_imports_pass_by_pysides_look_for_its_switches() -> None:
    """Pins what PySide6 does to imports: one that does it in another way must be seen here."""
    assert _printed("-c", IMPORTS) == ["__import__", "__feature_import__", "__lazy_import__", "__lazy_import__"]


def test_an_import_that_somebody_else_wrapped_stays_theirs() -> None:
    assert _printed("-c", WRAPPED) == ["True"]


def test_the_first_picture_pays_only_for_what_it_shows(tmp_path: Path) -> None:
    with open_desk(tmp_path, PASSPHRASE) as desk:
        desk.worklist.open_case("Anwohnerparken", "32.10", "blomberg")
    (tmp_path / "window.ini").write_text("[General]\nplace=cases\n", encoding="utf-8")
    rows, *imported = _told(tmp_path)
    assert rows == "1"
    too_early = HEAVY + tuple(f"clerk_desktop.{name}" for name in NOT_YET)
    assert [name for name in imported if _is_one(name, too_early)] == []


def _told(home: Path) -> list[str]:
    return _printed("-m", "tests.ui.start_program", str(home), PASSPHRASE)


def _printed(*words: str) -> list[str]:
    command = [sys.executable, *words]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.split()


def _is_one(name: str, packages: tuple[str, ...]) -> bool:
    """Tell whether a module is one of these packages, or lies in one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)
