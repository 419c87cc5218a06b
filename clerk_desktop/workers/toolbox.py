"""What a worker process can do: the port between the process and the abilities it was started with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from clerk_desktop.model.jobs import Job

Need = Callable[[int, int], None]
"""Waits until the content's bytes from a start to a stop are there."""


class Toolbox(Protocol):
    """Abilities of one worker process. A module named at its start offers ``toolbox() -> Toolbox``."""

    @property
    def jobs(self) -> Sequence[type[Job[Any]]]:
        """The kinds of jobs that ``perform`` understands."""

    def perform(self, job: Job[Any], number: int, content: memoryview, need: Need | None) -> object:
        """Do a job on a content; ``number`` is the same for the same content.

        ``need``: to be called before a stretch of the content is read, as its bytes are not all there; None: they are.
        """

    def forget(self, number: int) -> None:
        """Let go of all views on a content."""
