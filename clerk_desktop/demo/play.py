"""Plays the story and writes ``report.json``."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from clerk_desktop.demo.report import Report
from clerk_desktop.demo.sample_office import SampleOffice
from clerk_desktop.demo.story import MAILROOM, PASSPHRASE, Story

Pictures = Callable[[Path, str], tuple[Sequence[str], Mapping[str, float]]]
"""Takes pictures of the window on a profile (its folder, its passphrase): names, and the pauses in seconds."""


def play(out: Path, corpus: tuple[Path, ...], pictures: Pictures | None = None) -> Report:
    """Play every step up to the first that fails; returns and writes the report."""
    report = Report()
    with tempfile.TemporaryDirectory(prefix="clerk-demo-", ignore_cleanup_errors=True) as place:
        office = SampleOffice(Path(place) / "server")
        story = Story(office, Path(place), corpus)
        office.start()
        try:
            for name, step in story.steps:
                if not report.play(name, step):
                    break
            story.close()
            if report.ok and pictures is not None:
                names, stalls = pictures(story.home(MAILROOM), PASSPHRASE)
                report.screenshots += names
                report.stalls.update(stalls)
        finally:
            story.close()
            office.stop()
    report.write(out)
    return report
