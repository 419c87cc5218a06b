"""Plays the story and writes ``report.json``."""

from __future__ import annotations

import tempfile
from pathlib import Path

from clerk_desktop.demo.report import Report
from clerk_desktop.demo.sample_office import SampleOffice
from clerk_desktop.demo.story import Story


def play(out: Path, corpus: tuple[Path, ...]) -> Report:
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
        finally:
            story.close()
            office.stop()
    report.write(out)
    return report
