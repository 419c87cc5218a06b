"""One foreign program that is set against our server: what it needs, and what it found."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass

FAILED = ("FAILURE", "UNEXPECTED_EXCEPTION")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A result that is more than "OK": its kind in the program's words, the test, and what it said."""

    result: str
    test: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """What one run of a program found. ``summary``: lines to print; ``missing``: what should have run and did not."""

    name: str
    summary: Sequence[str]
    findings: Sequence[Finding]
    missing: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Part:
    """A program by name. ``needs``: what must be on the search path; ``run`` fetches it and returns its reports."""

    name: str
    needs: tuple[str, ...]
    run: Callable[[], Sequence[Report]]

    def lacks(self) -> list[str]:
        """Return what is needed and not installed."""
        return [program for program in self.needs if shutil.which(program) is None]
