"""How the workstation stands with the shared server, and how much waits where: what the window's frame shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Link(Enum):
    """The connection as a clerk needs to know it, most pressing first."""

    SIGN_IN = "sign-in"
    HELP = "help"
    OFFLINE = "offline"
    SENDING = "sending"
    UNTRIED = "untried"
    """Signed in, and no exchange has ended yet."""
    ONLINE = "online"
    ALONE = "alone"


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """``waiting``: changes on their way; ``needs_help``: changes and files that wait for somebody.

    ``error`` names the class in ``model.errors`` that ended the last exchange, ``intake`` what hindered the last
    pass over the scan folders, "" for none.
    """

    link: Link
    waiting: int = 0
    needs_help: int = 0
    error: str = ""
    intake: str = ""
