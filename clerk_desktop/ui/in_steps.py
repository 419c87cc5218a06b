"""A part of the window that is made in several steps: who makes it before it is wanted holds up no key for long."""

from __future__ import annotations

from collections.abc import Iterator


class InSteps:
    """Nothing of it is used before it is finished; ``steps`` makes one part up to each ``yield``."""

    _steps: Iterator[None] | None = None

    def steps(self) -> Iterator[None]:
        """Make the parts; what is made at once has none."""
        yield from ()

    def make_on(self) -> bool:
        """Make the next part; False when all are there."""
        if self._steps is None:
            self._steps = self.steps()
        return next(self._steps, self) is None

    def finish(self) -> None:
        """Make what is missing, at once: somebody wants it now."""
        while self.make_on():
            pass
