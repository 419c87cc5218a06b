"""What lies in scan folders and is no letter: names that are never taken in, each with the reason.

Responsible for names only. What a file is by its content is found out later, in a worker.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

SETTLED_FOLDER = "erledigt"
LEASE_MARK = ".clerk-lease-"
ALIVE_MARK = ".clerk-alive-"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ignored:
    """A pattern (``fnmatch``, compared in lower case) and why such files are left alone."""

    pattern: str
    reason: str


FILES = (
    Ignored(pattern="*.tmp", reason="still being written under another name"),
    Ignored(pattern="*.temp", reason="still being written under another name"),
    Ignored(pattern="*.part", reason="still being copied (browsers, file managers)"),
    Ignored(pattern="*.partial", reason="still being copied (robocopy, browsers)"),
    Ignored(pattern="*.crdownload", reason="still being downloaded (Chromium)"),
    Ignored(pattern="*.filepart", reason="still being copied (WinSCP)"),
    Ignored(pattern="*.uploading", reason="still being uploaded by another program"),
    Ignored(pattern="~$*", reason="lock file of an office program"),
    Ignored(pattern="~*", reason="temporary file of an office program"),
    Ignored(pattern="._*", reason="resource fork of macOS"),
    Ignored(pattern=".*", reason="hidden: rsync, editors and scanners write so before they rename into place"),
    Ignored(pattern="thumbs.db", reason="thumbnails of the Windows explorer"),
    Ignored(pattern="ehthumbs.db", reason="thumbnails of Windows media programs"),
    Ignored(pattern="desktop.ini", reason="folder settings of Windows"),
    Ignored(pattern="folder.jpg", reason="folder picture of Windows media programs"),
    Ignored(pattern="*.lnk", reason="shortcut of Windows, no content of its own"),
    Ignored(pattern="*.url", reason="internet shortcut, no content of its own"),
    Ignored(pattern=f"*{LEASE_MARK}*", reason="says which station takes a letter"),
    Ignored(pattern=f"*{ALIVE_MARK}*", reason="says that a station is at work"),
)

FOLDERS = (
    Ignored(pattern=SETTLED_FOLDER, reason="originals that are settled"),
    Ignored(pattern="_erledigt", reason="originals that other programs settled"),
    Ignored(pattern="_fehler", reason="files that other programs refused"),
    Ignored(pattern=".*", reason="hidden: version stores and trash of file servers"),
    Ignored(pattern="@eadir", reason="thumbnails of Synology devices"),
    Ignored(pattern="#recycle", reason="trash of Synology devices"),
    Ignored(pattern="@recycle", reason="trash of QNAP devices"),
    Ignored(pattern="$recycle.bin", reason="trash of Windows"),
    Ignored(pattern="system volume information", reason="belongs to Windows"),
    Ignored(pattern="lost+found", reason="belongs to the file system"),
    Ignored(pattern="~snapshot", reason="snapshots of NetApp file servers"),
)


def why_ignored(name: str, *, folder: bool = False) -> str | None:
    """Return why a file (or folder) of that name is left alone, None when it is not."""
    lowered = name.lower()
    rules = FOLDERS if folder else FILES
    return next((rule.reason for rule in rules if fnmatchcase(lowered, rule.pattern)), None)
