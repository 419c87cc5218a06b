"""What concerns every room: what could not be proven on this machine is said at the end of a run."""

from __future__ import annotations

import gc

import hypothesis
import pytest

from tests.interop.inmemory import why_not

# No test asserts wall time: how long one example takes says how busy the machine is.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


def pytest_collection_finish() -> None:
    """Search for garbage only in what tests make: they themselves and what they import stay until the end."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud that nothing foreign was asked."""
    reason = why_not()
    left = [each for each in terminalreporter.stats.get("skipped", ()) if reason and reason in str(each.longrepr)]
    if left:
        text = f"NOTHING PROVEN on a foreign server, {len(left)} tests left out: {reason}"
        terminalreporter.write_line(text, red=True, bold=True)
