"""Nothing personal ever stands in a log."""

from __future__ import annotations

import ast
import io
import logging
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from clerk_desktop.model.errors import NotKnown, ServerUnreachable, WrongUsage
from clerk_desktop.model.ids import new_key
from clerk_desktop.model.ledger import FileState
from clerk_desktop.model.outbox import CreateCase
from clerk_desktop.system.logs import GuardedFormatter, guarded, logging_to

OURS = logging.getLogger("clerk_desktop.sync.push")
PERSONAL = (
    "Erika Mustermann",
    "Mustermann",
    "mustermann",
    "/scans/Müller Widerspruch.pdf",
    r"C:\Scans\Müller.pdf",
    "clerk1.luegde",
    "32-50/2025/12",
    "https://dms.example/cmis?user=x",
    "geheim",
)


def logged(folder: Path) -> str:
    return (folder / "station.log").read_text(encoding="utf-8")


@pytest.mark.parametrize("secret", PERSONAL)
def test_names_paths_numbers_and_addresses_never_reach_the_log(tmp_path: Path, secret: str) -> None:
    also = io.StringIO()
    with logging_to(tmp_path, "station", "debug", also):
        OURS.warning("not sent: %s", secret, extra={"action": "push", "target": secret, "path": Path(secret)})
        OURS.warning("not sent: %(who)r", {"who": secret})
        OURS.warning("not sent: %s %s", [secret], {"x": secret})
        logging.getLogger("httpx").info("HTTP Request: GET %s", secret)
        try:
            try:
                raise ValueError(secret)
            except ValueError as error:
                raise NotKnown(what=secret) from error
        except NotKnown:
            OURS.exception("it failed", extra={"action": "push"})
    text = logged(tmp_path)
    assert also.getvalue() == text
    assert secret not in text.replace("action=push", "")
    assert text.count("\n") == 5
    assert "NotKnown at test_logs.py:" in text
    assert "from ValueError at test_logs.py:" in text


def test_a_template_that_does_not_fit_its_values_shows_none_of_them() -> None:
    record = logging.makeLogRecord({"name": OURS.name, "msg": "sent %d", "args": ("Mustermann", "Erika")})
    assert GuardedFormatter().format(record).endswith("sync.push …")


def test_ids_numbers_states_and_kinds_of_failure_are_logged(tmp_path: Path) -> None:
    document = new_key()
    with logging_to(tmp_path, "station", "info"):
        OURS.info(
            "not sent: %s after %d tries in %.1f s",
            ServerUnreachable.__name__,
            3,
            1.25,
            extra={"action": "push", "document": document, "state": FileState.QUEUED, "error": WrongUsage(what="x")},
        )
        OURS.debug("not asked for")
    (line,) = logged(tmp_path).splitlines()
    assert line.endswith(
        "INFO sync.push action=push not sent: ServerUnreachable after 3 tries in 1.2 s "
        f"document={document} state=queued error=WrongUsage"
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3, "3"),
        (True, "True"),
        (None, "None"),
        (datetime(2025, 11, 24, tzinfo=UTC), "2025-11-24 00:00:00+00:00"),
        (date(1961, 4, 12), "…"),
        ("OSError", "OSError"),
        (CreateCase.__name__, "CreateCase"),
        ("Meier", "…"),
        (b"bytes", "…"),
        (("a",), "…"),
    ],
)
def test_the_guard_lets_through_only_what_tells_nothing_about_a_person(value: object, shown: str) -> None:
    assert guarded(value) == shown


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    place = tmp_path / "no folder"
    with logging_to(place, "station", "info"):
        OURS.warning("lost line")
    assert not place.exists()


NO_MORE_FILES = """
import logging, resource, sys
from pathlib import Path
from clerk_desktop.system.logs import logging_to
log, (_, most) = logging.getLogger("clerk_desktop.sync.push"), resource.getrlimit(resource.RLIMIT_NOFILE)
with logging_to(Path(sys.argv[1]), "station", "info"):
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, most))
    log.warning("lost %s", "Mustermann")
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, most))
    log.warning("kept")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of open files")
def test_a_first_line_without_a_file_to_be_had_stops_nothing_and_the_next_one_is_written(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", NO_MORE_FILES, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert logged(tmp_path).endswith("WARNING sync.push kept\n")


def test_old_files_give_way(tmp_path: Path) -> None:
    with logging_to(tmp_path, "station", "info"):
        for _ in range(60):
            OURS.info("x" * 100_000)
    assert len(list(tmp_path.iterdir())) == 6
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 6_100_000


def is_constant_log_call(node: ast.Call) -> bool:
    extra = next((keyword.value for keyword in node.keywords if keyword.arg == "extra"), None)
    actions = (
        [value for key, value in zip(extra.keys, extra.values, strict=True) if ast.unparse(key or extra) == "'action'"]
        if isinstance(extra, ast.Dict)
        else []
    )
    return bool(node.args) and all(isinstance(part, ast.Constant) for part in (node.args[0], *actions))


def test_every_message_and_action_in_the_program_is_a_constant_text() -> None:
    wrong = []
    for path in sorted((Path(__file__).parents[2] / "clerk_desktop").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "getLogger" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("debug", "info", "warning", "error", "exception", "critical")
                and isinstance(node.func.value, ast.Name)
                and "log" in node.func.value.id.lower()
                and not is_constant_log_call(node)
            ):
                wrong.append(f"{path.name}:{node.lineno}")
    assert wrong == []
