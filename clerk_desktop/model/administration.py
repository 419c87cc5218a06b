"""What an administrator learns about a server, and what was done there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class TypeState(Enum):
    """How one of our types stands on a server."""

    THERE = "there"
    INCOMPLETE = "incomplete"
    ABSENT = "absent"
    CREATED = "created"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True, slots=True)
class TypeReport:
    """One of our types on a server. ``missing`` are the ids of properties that it lacks there."""

    type_id: str
    state: TypeState
    missing: tuple[str, ...] = ()
