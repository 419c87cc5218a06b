"""Fronts and backs that a scanner for one side made in two runs, put into the order of the paper. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """A page of one of the two scans, from 1."""

    back: bool
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Sides:
    """How many pages each scan has. ``turned``: the whole stack was turned over, so the last back was scanned first."""

    fronts: int
    backs: int
    turned: bool = True

    @property
    def fit(self) -> bool:
        """Whether each front has its back."""
        return self.fronts == self.backs

    def in_order(self) -> tuple[Side, ...]:
        """Return all pages of both, front and back in turn; where one scan has more, its last sheets stand alone.

        Every page is there exactly once, whatever the numbers.
        """
        order: list[Side] = []
        for sheet in range(1, max(self.fronts, self.backs) + 1):
            if sheet <= self.fronts:
                order.append(Side(back=False, number=sheet))
            if sheet <= self.backs:
                order.append(Side(back=True, number=self.backs + 1 - sheet if self.turned else sheet))
        return tuple(order)
