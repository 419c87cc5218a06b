"""The list of what cannot be proven names tests that exist, and nothing of our own server."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.contract.grounds import VARIANTS
from tests.contract.unproven import LUCK, UNPROVEN

HERE = Path(__file__).parent


def test_every_entry_names_a_test_and_a_reason() -> None:
    for about, tests in (*UNPROVEN.items(), *LUCK.items()):
        assert about in {word for variant in VARIANTS.values() for word in (variant.server, variant.mapping)}
        for name, reason in tests.items():
            file, _, function = name.partition("::")
            tree = ast.parse((HERE / file).read_text(encoding="utf-8"))
            assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, name
            assert len(reason) > 40, name


def test_our_own_server_with_our_own_mapping_is_excused_from_nothing() -> None:
    assert "embedded" not in {*UNPROVEN, *LUCK}
