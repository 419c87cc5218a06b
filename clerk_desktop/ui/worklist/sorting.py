"""How a list of cases was sorted when it was last left."""

from __future__ import annotations

from clerk_desktop.model.case import CaseOrder
from clerk_desktop.ui.state import WindowState
from clerk_desktop.ui.worklist.model import Asked

DOWN = "-"


def remembered(state: WindowState, name: str, first: CaseOrder) -> Asked:
    """Return a list as it was sorted; ``first``: where nobody sorted it yet, or by what there is no longer."""
    told = state.text(_key(name))
    try:
        return Asked(order=CaseOrder(told.removeprefix(DOWN)), descending=told.startswith(DOWN))
    except ValueError:
        return Asked(order=first)


def keep(state: WindowState, name: str, asked: Asked) -> None:
    """Remember how a list is sorted."""
    state.put_text(_key(name), f"{DOWN if asked.descending else ''}{asked.order.value}")


def _key(name: str) -> str:
    return f"{name}/sorted"
