"""What concerns every room: what could not be proven on this machine is said at the end of a run."""

from __future__ import annotations

import pytest

from tests.interop.inmemory import why_not


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud that nothing foreign was asked."""
    reason = why_not()
    left = [each for each in terminalreporter.stats.get("skipped", ()) if reason and reason in str(each.longrepr)]
    if left:
        text = f"NOTHING PROVEN on a foreign server, {len(left)} tests left out: {reason}"
        terminalreporter.write_line(text, red=True, bold=True)
