"""What was measured is told, also when a later benchmark breaks."""

from __future__ import annotations

import json

import pytest

from clerk_desktop.bench.ratio import Ratio
from clerk_desktop.cli.commands.bench import measure
from clerk_desktop.model.errors import ExitCode

FIGURE = Ratio(
    name="claim", baseline_name="bare copy", goal="<= 2", ours=3.0, baseline=2.0, ratio=1.5, notes=("7 files",)
)


def measured() -> tuple[Ratio, ...]:
    return (FIGURE,)


def broken() -> tuple[Ratio, ...]:
    raise OSError("no room")


def test_a_benchmark_that_breaks_takes_no_figure_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    head = ("Name", "ours", "baseline", "ratio", "goal", "what")
    ended = measure([("one", measured), ("two", broken), ("three", measured)], head)
    said, complained = capsys.readouterr()
    assert ended is ExitCode.FAILED
    assert [line.split() for line in said.splitlines()[1:]] == [
        ["claim", "3.00", "s", "2.00", "s", "1.50", "<=", "2", "bare", "copy"]
    ] * 2
    assert "OSError: no room" in complained
    assert "two: broken off" in complained
    assert complained.count("claim: 7 files") == 2


def test_figures_for_programs_come_as_one_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert measure([("one", measured)]) is ExitCode.DONE
    assert json.loads(capsys.readouterr().out)[0]["ratio"] == 1.5
