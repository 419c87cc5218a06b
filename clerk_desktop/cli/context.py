"""What every command gets: the profile, the language, and where output goes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from clerk_desktop.assembly import open_desk
from clerk_desktop.model.errors import ClerkError, ExitCode
from clerk_desktop.system.clock import Clock
from clerk_desktop.system.logs import logging_to
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.settings import LOG_LEVEL
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.desk import Desk

PASSPHRASE = "CLERK_DESKTOP_PASSPHRASE"  # noqa: S105 - the name of the variable, not its content


@dataclass(frozen=True, kw_only=True)
class Context:
    """The surroundings of one command."""

    home: Path
    texts: Texts
    json: bool
    clock: Clock

    def open_desk(self) -> Desk:
        """Open the profile. Raises ``StoreError``."""
        return open_desk(self.home, os.environ.get(PASSPHRASE), self.clock)

    def logged(self, name: str, desk: Desk) -> AbstractContextManager[Path]:
        """Keep a log while a program of that name goes on, without personal data."""
        return logging_to(Profile(self.home).logs, name, desk.settings.load().value(LOG_LEVEL))

    def say(self, text: str) -> None:
        """Tell a person something; with ``--json`` standard output stays free for the document."""
        print(text, file=sys.stderr if self.json else sys.stdout, flush=True)

    def complain(self, text: str) -> None:
        """Tell a person that somebody is needed."""
        print(text, file=sys.stderr, flush=True)

    def say_error(self, error: ClerkError) -> None:
        """Tell what went wrong in work that was done elsewhere."""
        print(self.texts.sentence(error), file=sys.stderr)


class Command(Protocol):
    """What a subcommand does; returns the exit code."""

    def __call__(self, context: Context, arguments: argparse.Namespace) -> ExitCode:
        """Run."""


if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Subparsers = argparse._SubParsersAction
Translate = Callable[[str], str]
