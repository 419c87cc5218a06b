"""Boxes in which the paper of scanned letters is kept until it may be destroyed (Sammelablage)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class BoxHindrance(Enum):
    """Why the paper of a box may not be destroyed, whatever its age."""

    LOST = "lost"
    NOT_ARRIVED = "not-arrived"
    DIFFERS = "differs"
    UNCOMPARED = "uncompared"
    NO_NUMBER = "no-number"


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperBox:
    """A box. ``number`` "": letters that nobody put a box number to. ``first`` and ``last``: days of receipt.

    ``destroy_on``: from that day on its paper may be destroyed, None while a ``hindrance`` stands against it.
    """

    number: str
    letters: int
    first: date | None
    last: date | None
    destroy_on: date | None
    hindrances: tuple[BoxHindrance, ...] = ()
