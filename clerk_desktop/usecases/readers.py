"""The processes that read scans, as many as the settings say and with their language data."""

from __future__ import annotations

from pathlib import Path

from clerk_desktop.system.settings import TESSDATA, WORKERS, Settings
from clerk_desktop.workers.host import WorkerHost


def worker_host(settings: Settings) -> WorkerHost:
    """Start the host of a program. One process more than read scans is for the page on the screen."""
    readers, language_data = settings.value(WORKERS), settings.value(TESSDATA)
    return WorkerHost(
        processes=readers + 1 if readers else None,
        recognition_processes=readers or None,
        tessdata=Path(language_data) if language_data else None,
    )
