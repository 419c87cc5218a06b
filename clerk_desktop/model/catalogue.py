"""What clerks choose from: entries of the filing plan and the people of the office."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanEntry:
    """A number of the filing plan (Aktenplan) with its title."""

    number: str
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Staff:
    """Somebody a case can be assigned to. ``account``: as cases name them."""

    account: str
    name: str
