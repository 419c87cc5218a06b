"""The product's abilities, except that two words in a file do what a fault in a PDF library does."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Sequence
from typing import Any

from clerk_desktop.model.jobs import Job
from clerk_desktop.workers.abilities import FileAbilities
from clerk_desktop.workers.toolbox import Need


class HostileAbilities:
    """As ``FileAbilities``."""

    def __init__(self) -> None:
        self._abilities = FileAbilities()
        self.jobs: Sequence[type[Job[Any]]] = self._abilities.jobs

    def perform(self, job: Job[Any], number: int, content: memoryview, need: Need | None) -> object:
        head = bytes(content[:64])
        if b"CRASH" in head:
            os.kill(os.getpid(), signal.SIGSEGV)
        if b"HANG" in head:
            threading.Event().wait()
        return self._abilities.perform(job, number, content, need)

    def forget(self, number: int) -> None:
        self._abilities.forget(number)


def toolbox() -> HostileAbilities:
    return HostileAbilities()
