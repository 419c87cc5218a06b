"""The report of the played main job: each step is told as soon as it is over."""

from __future__ import annotations

from clerk_desktop.demo.report import Evidence, Report, require


def test_each_step_is_told_before_the_next_begins() -> None:
    told: list[tuple[str, bool]] = []
    before: list[list[tuple[str, bool]]] = []
    report = Report(tell=lambda step: told.append((step.name, step.ok)))

    def step() -> Evidence:
        before.append([*told])
        require(len(before) < 3, before)
        return {"count": len(before)}

    assert [report.play(name, step) for name in ("one", "two", "three")] == [True, True, False]
    assert before == [[], [("one", True)], [("one", True), ("two", True)]]
    assert told[-1] == ("three", False)
    assert not report.ok
