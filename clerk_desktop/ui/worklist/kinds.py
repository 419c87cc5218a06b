"""What the case lists of the window differ in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from clerk_desktop.model.case import CaseFilter, CaseOrder
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.workplace import Place
from clerk_desktop.usecases.desk import Desk


@dataclass(frozen=True, kw_only=True)
class ListKind:
    """What a list shows by itself. ``name``: for what the window remembers; ``empty``: English source text.

    ``filled_from``: the place, and its name, where a person goes to fill this list; None: by a new case.

    ``wanted`` may read the store: it is not called on the GUI thread.
    """

    name: str
    empty: str
    symbol: Icon
    wanted: Callable[[Desk], CaseFilter]
    order: CaseOrder = CaseOrder.NUMBER
    filled_from: tuple[Place, str] | None = None
