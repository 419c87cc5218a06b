"""How much lies where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How much lies in the places of the window. ``inbox`` counts documents and held files."""

    inbox: int = 0
    mine: int = 0
    resubmissions: int = 0
    needs_help: int = 0
