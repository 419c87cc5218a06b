"""What the case lists of the window differ in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from clerk_desktop.model.case import CaseFilter, CaseOrder
from clerk_desktop.ui.workplace import Workplace


@dataclass(frozen=True, kw_only=True)
class ListKind:
    """What a list shows by itself. ``name``: for what the window remembers; ``empty``: English source text."""

    name: str
    empty: str
    wanted: Callable[[Workplace], CaseFilter]
    order: CaseOrder = CaseOrder.NUMBER
