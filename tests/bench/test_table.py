"""The benchmarks are there, and the smallest of them tells what it found."""

from __future__ import annotations

import pytest

from clerk_desktop.bench.table import BENCHES, bench
from clerk_desktop.bench.thousand import thousand


@pytest.mark.parametrize("name", BENCHES)
def test_every_name_on_the_command_line_has_its_benchmark(name: str) -> None:
    assert callable(bench(name))


def test_files_that_are_dropped_at_once_are_each_claimed_once() -> None:
    figure = thousand(20)
    assert figure.baseline > 1
    assert figure.notes[0].startswith("20 files claimed once")
