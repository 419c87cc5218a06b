"""The benchmarks are there, and the smallest of them tells what it found."""

from __future__ import annotations

import pytest

from clerk_desktop.bench.inmemory import NoBaseline, inmemory
from clerk_desktop.bench.lists import lists
from clerk_desktop.bench.news import news
from clerk_desktop.bench.review import review
from clerk_desktop.bench.search import search
from clerk_desktop.bench.server import Sizes, server
from clerk_desktop.bench.table import BENCHES, bench
from clerk_desktop.bench.thousand import thousand


@pytest.mark.parametrize("name", BENCHES)
def test_every_name_on_the_command_line_has_its_benchmark(name: str) -> None:
    assert callable(bench(name))


def test_files_that_are_dropped_at_once_are_each_claimed_once() -> None:
    figure = thousand(20)
    assert figure.baseline > 1
    assert figure.notes[0].startswith("20 files claimed once")


def test_a_small_index_is_searched_beside_a_bare_one_in_every_way_that_clerks_type() -> None:
    whole, index = search(200, rounds=1)
    assert min(whole.ours, index.ours, index.baseline) > 0
    assert len(whole.notes) == 11


@pytest.mark.slow
def test_a_short_list_is_scrolled_sorted_and_filtered_in_both_tables() -> None:
    figure = lists(300, pairs=1)
    assert figure.ours > 0
    assert figure.baseline > 0
    assert [note.split(" ms beside ")[0].rpartition(" ")[0] for note in figure.notes[1:4]] == [
        "longest frame",
        "sorted and painted",
        "no event handled while sorting for",
    ]


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_the_review_is_driven_and_all_four_figures_are_told() -> None:
    figure = review(pages=30, pairs=1, turns=2)
    assert min(figure.ours, figure.baseline, figure.ratio) > 0
    assert [note.split(":")[0].split(",")[0] for note in figure.notes] == [
        figure.notes[0].split(",")[0],
        "turn to pages that were never drawn",
        "turn from cache",
        "ink from event to paint",
    ]


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_the_server_is_measured_beside_a_foreign_one_or_alone() -> None:
    figures = server(Sizes(documents=1_200, uploads=40, large=32 << 20))
    told = ["list", "create", "create at once", "query", "memory"]
    assert [figure.name for figure in figures] == [f"server: {name}" for name in told]
    assert all(figure.ours > 0 for figure in figures)
    assert figures[-1].ours - figures[-1].baseline < 50


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_a_foreign_server_that_does_not_start_is_no_baseline_and_no_failure() -> None:
    with pytest.raises(NoBaseline), inmemory(heap_mb=1):
        pass


@pytest.mark.slow
def test_news_cost_the_least_requests_there_can_be() -> None:
    figures = news(cases=6, changes=3, pins=2)
    assert [figure.unit for figure in figures] == ["requests"] * 6
    assert all(figure.ratio <= 1 for figure in figures)
