"""PDF/A-2b (ISO 19005-2, level B) as the form a scan is stored in, and what stands against it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Hindrance(Enum):
    """Why a PDF stays as it is: making it PDF/A would change what it shows or does, or could not be sworn to."""

    SIGNED = "signed"
    OWN_TEXT = "own-text"
    ACTIVE = "active"
    TRANSPARENT = "transparent"
    COLOURS = "colours"
    COMPRESSION = "compression"
    DRAWING = "drawing"
    DAMAGED = "damaged"


@dataclass(frozen=True, kw_only=True, slots=True)
class Archived:
    """``content``: the file as PDF/A-2b, empty where ``hindrance`` says why not."""

    content: bytes = b""
    hindrance: Hindrance | None = None
