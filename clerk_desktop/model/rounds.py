"""Rounds of background work: whoever holds a role (intake, sync) does that work for all processes of the profile."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_desktop.model.errors import ExitCode


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundResult:
    """How a round of background work ended. ``error`` names a class of ``model.errors``, "" for none.

    ``more``: there is more to do at once.
    """

    exit_code: ExitCode
    error: str = ""
    more: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """A round in the profile, counted per role. ``result`` is None while it runs, or when its process died."""

    number: int
    result: RoundResult | None
