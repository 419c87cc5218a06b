"""Where and by whom the program runs, as transfer notes tell it."""

from __future__ import annotations

import getpass
import platform
from dataclasses import dataclass

from clerk_desktop import __version__


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """Name of the machine, of the operating system's user, and the program with its version."""

    machine: str
    user: str
    program: str


def here() -> Surroundings:
    """Return the surroundings of this process; the user is "" where the system does not know one."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a service without a name
        user = ""
    return Surroundings(machine=platform.node(), user=user, program=f"clerk-desktop {__version__}")
