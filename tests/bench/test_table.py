"""The benchmarks are there, and the smallest of them tells what it found."""

from __future__ import annotations

import pytest

from clerk_desktop.bench.lists import lists
from clerk_desktop.bench.table import BENCHES, bench
from clerk_desktop.bench.thousand import thousand


@pytest.mark.parametrize("name", BENCHES)
def test_every_name_on_the_command_line_has_its_benchmark(name: str) -> None:
    assert callable(bench(name))


def test_files_that_are_dropped_at_once_are_each_claimed_once() -> None:
    figure = thousand(20)
    assert figure.baseline > 1
    assert figure.notes[0].startswith("20 files claimed once")


def test_a_short_list_is_scrolled_sorted_and_filtered_in_both_tables() -> None:
    figure = lists(300, pairs=1)
    assert figure.ours > 0
    assert figure.baseline > 0
    assert [note.split(" ms beside ")[0].rpartition(" ")[0] for note in figure.notes[1:4]] == [
        "longest frame",
        "sorted and painted",
        "no event handled while sorting for",
    ]
