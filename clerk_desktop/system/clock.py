"""The time, as something that is passed in. Days and loops are decided by whoever asks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

OFFICE_ZONE = "Europe/Berlin"


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the time, aware, UTC."""
        ...


class SystemClock:
    """The workstation's clock."""

    def now(self) -> datetime:
        """Return the time, aware, UTC."""
        return datetime.now(UTC)


def office_zone() -> ZoneInfo:
    """Return where the office's days begin and end."""
    from zoneinfo import ZoneInfo

    return ZoneInfo(OFFICE_ZONE)


def office_day(at: datetime) -> date:
    """Return the day that it is in the office: shortly after midnight there, UTC still has the day before."""
    return at.astimezone(office_zone()).date()
