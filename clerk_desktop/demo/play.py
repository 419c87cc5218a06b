"""Plays the story and writes ``report.json``."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from clerk_desktop.demo.report import Evidence, Report, Step
from clerk_desktop.demo.sample_office import SampleOffice
from clerk_desktop.demo.story import Story

Steps = Sequence[tuple[str, Callable[[], Evidence]]]


class Windows(Protocol):
    """What is done in windows once the story is played without them."""

    pictures: list[str]
    """Names of the pictures taken so far."""
    stalls: dict[str, float]
    """Pauses of the window in seconds."""

    def steps(self, story: Story, office: SampleOffice) -> Steps:
        """Return what is played, in order."""

    def close(self) -> None:
        """Close every window."""


def play(out: Path, corpus: tuple[Path, ...], windows: Windows, tell: Callable[[Step], None]) -> Report:
    """Play every step up to the first that fails, tell each; returns and writes the report."""
    report = Report(tell=tell)
    with tempfile.TemporaryDirectory(prefix="clerk-demo-", ignore_cleanup_errors=True) as place:
        office = SampleOffice(Path(place) / "server")
        story = Story(office, Path(place), corpus)
        office.start()
        try:
            if _played(report, story.steps):
                story.close()
                _played(report, windows.steps(story, office))
                windows.close()
                report.screenshots += windows.pictures
                report.stalls.update(windows.stalls)
        finally:
            story.close()
            office.stop()
    report.write(out)
    return report


def _played(report: Report, steps: Steps) -> bool:
    return all(report.play(name, step) for name, step in steps)
