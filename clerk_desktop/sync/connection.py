"""A connection to the server that is made when it is first needed and made anew after it was ended."""

from __future__ import annotations

from collections.abc import Callable

from clerk_desktop.backend.port import Backend


class KeptConnection:
    """Keeps what ``connect`` made. For one thread at a time."""

    def __init__(self, connect: Callable[[], Backend]) -> None:
        self._connect = connect
        self._backend: Backend | None = None

    def get(self) -> Backend:
        """Return the connection; raises also what ``connect`` raises."""
        if self._backend is None:
            self._backend = self._connect()
        return self._backend

    def end(self) -> None:
        """End it; who asks next gets a new one."""
        if self._backend is not None:
            self._backend.close()
            self._backend = None
