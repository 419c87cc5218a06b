"""The line between a station and a server, which a test can break in every way that a real one breaks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from clerk_desktop.model.errors import ServerBusy, ServerError, ServerUnreachable, SignInRefused

WRITES = ("deposit", "create_case", "next_number", "update_case", "update_document", "move", "add_event")


@dataclass(kw_only=True)
class Network:
    """``calls`` counts what was asked. ``lose`` names requests whose next reply gets lost after the server did them;
    ``fail`` answers the next request of that name with an error, before the server does anything; ``cut_after`` lets
    that many requests through, then the line is down, with the reply of the last one lost.
    """

    down: bool = False
    busy: int | None = None
    signed_in: bool = True
    lose: list[str] = field(default_factory=list)
    fail: dict[str, list[ServerError]] = field(default_factory=dict)
    broken: dict[str, ServerError] = field(default_factory=dict)
    cut_after: int | None = None
    calls: Counter[str] = field(default_factory=Counter)

    def heal(self) -> None:
        """Make everything work again."""
        self.down, self.busy, self.signed_in, self.cut_after = False, None, True, None
        self.lose.clear()
        self.fail.clear()
        self.broken.clear()

    def ask(self, name: str, about: str = "") -> None:
        """A request leaves the station."""
        if self.down or self.cut_after == 0:
            raise ServerUnreachable
        if not self.signed_in:
            raise SignInRefused
        if self.busy is not None:
            raise ServerBusy(self.busy)
        if about in self.broken:
            raise self.broken[about]
        if self.fail.get(name):
            raise self.fail[name].pop(0)
        self.calls[name] += 1

    def answer(self, name: str) -> None:
        """The reply comes back, or not."""
        if self.cut_after is not None:
            self.cut_after -= 1
            if self.cut_after == 0:
                raise ServerUnreachable
        if name in self.lose:
            self.lose.remove(name)
            raise ServerUnreachable
