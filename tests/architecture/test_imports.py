"""Who may import whom: the table of the architecture, as a test. Function-level imports count."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "clerk_desktop"

# package -> prefixes it may import from us (its own package is always allowed)
ALLOWED: dict[str, tuple[str, ...]] = {
    "model": (),
    "system": ("model",),
    "documents": ("model",),
    "processes": ("model",),
    "workers": ("model", "documents", "system.decoding"),
    "store": ("model", "system"),
    "backend": ("model", "system"),
    "scanners": ("model", "system"),
    "server": ("backend.cmis.names",),
    "sync": ("model", "system", "store", "backend.port"),
    "intake": ("model", "system", "store", "workers"),
    "usecases": ("model", "system", "store", "sync", "intake", "processes", "workers", "backend.port"),
    "ui": ("usecases", "model", "system"),
    # the names of the standard: demo fills the server in the server's own words
    "demo": ("usecases", "model", "system", "assembly", "server", "backend.cmis.names"),
    # measures one room at a time against a baseline, so it may reach into each; nobody but its command imports it
    "bench": ("model", "system", "store", "intake", "workers", "usecases", "assembly", "server", "demo", "ui"),
    "cli": ("usecases", "model", "system", "assembly", "server", "demo", "bench", "ui.start", "ui.tour", "ui.played"),
    "assembly": (
        "model",
        "system",
        "documents",
        "processes",
        "workers",
        "store",
        "backend",
        "scanners",
        "server",
        "sync",
        "intake",
        "usecases",
    ),
    "__main__": ("cli",),
    "__init__": (),
}
# module -> what it may import, narrower than its package
NARROWER: dict[str, tuple[str, ...]] = {"backend.port": ("model",)}
# cli may import these only inside their own command functions
LAZY_IN_CLI = ("server", "demo", "bench", "ui.start", "ui.tour", "ui.played")
# third party package -> prefixes of ours that may import it
HOMES: dict[str, tuple[str, ...]] = {
    "PySide6": (
        "ui",
        "bench.bare_window",
        "bench.bare_places",
        "bench.our_window",
        "bench.heartbeat_window",
        "bench.bare_list",
        "bench.our_list",
        "bench.list_steps",
        "bench.review_window",
    ),
    "httpx": ("backend", "scanners", "bench"),
    "apsw": ("store", "bench.search"),
    "sqlite3": ("server.repository",),
    "pdfplumber": ("documents.text", "bench.understand"),
    "watchdog": ("intake.watcher",),
    "keyring": ("system.secrets",),
    "pypdfium2": ("documents", "bench.bare_engine"),
    "zeroconf": ("scanners.announced",),
    "jwt": ("backend.signin.oidc",),
    "webbrowser": ("system.browser",),
    "pypac": ("system.proxies", "system.proxy_process"),
    "pikepdf": ("documents",),
    "fontTools": ("documents",),
    "pi_heif": ("documents.image_file",),
    "tesserocr": ("documents",),
    "zxingcpp": ("documents",),
    "PIL": ("documents", "demo"),
    "cheroot": ("server", "bench.news"),
    "werkzeug": ("server",),
    "lark": ("server",),
}
STANDARD_LIBRARY_ONLY = ("model",)


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)
        yield name, path


def imports(name: str, path: Path) -> Iterator[tuple[str, bool, int]]:
    """Each imported name (absolute, ours without the package prefix marked by a leading dot), lazily or not, line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or _for_types_only(node):
            inside.update(id(child) for child in ast.walk(node))
    for node in ast.walk(tree):
        lazy = id(node) in inside
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield _ours(alias.name), lazy, node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno} relative import; write the full name"
            base = node.module or ""
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield _ours(full if _is_module(full) else base), lazy, node.lineno


def _for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _ours(name: str) -> str:
    if name == "clerk_desktop":
        return ".__init__"
    return "." + name.removeprefix("clerk_desktop.") if name.startswith("clerk_desktop.") else name


def _is_module(name: str) -> bool:
    if not name.startswith("clerk_desktop."):
        return False
    place = PACKAGE.joinpath(*name.split(".")[1:])
    return place.is_dir() or place.with_suffix(".py").exists()


def _within(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)


ALL = list(modules())


@pytest.mark.parametrize(("name", "path"), ALL, ids=[name for name, _ in ALL])
def test_imports_only_what_the_table_allows(name: str, path: Path) -> None:
    room = name.split(".", maxsplit=1)[0]
    assert room in ALLOWED, f"{room} is not in the import table"
    allowed = NARROWER.get(name, (*ALLOWED[room], room))
    for imported, lazy, line in imports(name, path):
        where = f"{name}:{line} imports {imported}"
        if imported.startswith("."):
            ours = imported[1:]
            if ours == "__init__":
                continue
            assert _within(ours, allowed), where
            if room == "cli" and _within(ours, LAZY_IN_CLI):
                assert lazy, f"{where} at import time"
        else:
            top = imported.split(".", maxsplit=1)[0]
            if top in HOMES:
                assert _within(name, HOMES[top]), where
            if room in STANDARD_LIBRARY_ONLY:
                import sys

                assert top in sys.stdlib_module_names, where


def test_no_import_cycle_between_files_function_level_imports_included() -> None:
    known = {name for name, _ in ALL}
    graph: dict[str, set[str]] = {name: set() for name in known}
    for name, path in ALL:
        for imported, _, _ in imports(name, path):
            target = imported.removeprefix(".")
            if imported.startswith(".") and target in known and target != name:
                graph[name].add(target)
    done: set[str] = set()
    trail: list[str] = []

    def visit(name: str) -> None:
        if name in trail:
            raise AssertionError("cycle: " + " -> ".join([*trail[trail.index(name) :], name]))
        if name in done:
            return
        trail.append(name)
        for target in sorted(graph[name]):
            visit(target)
        trail.pop()
        done.add(name)

    for name in sorted(graph):
        visit(name)
