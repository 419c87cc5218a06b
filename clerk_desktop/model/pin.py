"""Cases that are kept with everything they need for work without a server (offline verfügbar)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clerk_desktop.model.ids import CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class Pin:
    """That a case is to be kept. Times are aware, UTC.

    ``complete_at``: since when all content is here, None while some is missing; ``problem`` names the class in
    ``model.errors`` that keeps it from coming, "" for none.
    """

    case_id: CaseId
    pinned_at: datetime
    expires_at: datetime
    complete_at: datetime | None = None
    problem: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PinnedCase:
    """What a clerk is told of a pinned case.

    ``size``: bytes of the content that is here; ``documents``: how many the case has, ``missing``: how many of them
    without content here; ``as_of``: when it was last compared with the server, None for never.
    """

    pin: Pin
    case_number: str
    subject: str
    documents: int
    missing: int
    size: int
    as_of: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Keeping:
    """How long and how much content is kept here. ``limit``: bytes of all content; days of what is not pinned."""

    pinned_days: float = 7.0
    opened_days: float = 7.0
    limit: int = 2048 * 1024 * 1024
