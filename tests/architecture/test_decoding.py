"""Only ``system.decoding`` teaches msgspec a class, one at a time: two threads that did so at once crashed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.test_imports import ALL

HOME = "system.decoding"
READING = ("Decoder", "decode", "convert")
HARMLESS = {"Raw", "Struct", "replace"}


def unlearned(tree: ast.AST) -> Iterator[int]:
    """Yield the lines where msgspec is given a type that did not come through ``learned``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "msgspec":
            yield from (node.lineno for each in node.names if each.name not in HARMLESS)
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            verb = name.rpartition(".")[2]
            types = [each.value for each in node.keywords if each.arg == "type"]
            if verb != "decode":
                types += node.args[-1:]
            if name.startswith("msgspec.") and verb in READING:
                yield from (node.lineno for each in types if not ast.unparse(each).startswith("learned("))


@pytest.mark.parametrize(("name", "path"), ALL, ids=[name for name, _ in ALL])
def test_classes_are_learned_one_at_a_time(name: str, path: Path) -> None:
    if name != HOME:
        assert list(unlearned(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "line",
    [
        "msgspec.json.Decoder(Case)",
        "msgspec.json.decode(body, type=Case)",
        "msgspec.msgpack.decode(body, type=kind)",
        "msgspec.convert(data, Mapping)",
        "from msgspec.json import decode",
    ],
)
def test_what_is_forbidden_is_seen(line: str) -> None:
    assert list(unlearned(ast.parse(line))) == [1]
