"""A scan station for each disaster."""

from __future__ import annotations

from tests.intake.conftest import clock, host, station

__all__ = ["clock", "host", "station"]
