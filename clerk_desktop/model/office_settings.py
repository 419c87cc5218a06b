"""The rules of an office."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficeSettings:
    """Rules that hold for the whole office (``/Vorlagen/einstellungen.toml``); these are the values without one.

    ``confidence_floor``: proposals below are not shown (0 … 1). ``sample_…``: how many of a hundred letters of each
    protection are chosen by chance to be compared with their paper (BSI TR-03138, quality check). ``store_pdfa``: scans
    are stored as PDF/A-2b (ISO 19005-2) where they can be; their originals are never deleted then.
    ``keep_paper_days``: how long paper is kept after the last letter of its box was received.
    """

    auto_file: bool = False
    confidence_floor: float = 0.3
    separator_texts: tuple[str, ...] = ("PATCHT", "CLERK1|SEP")
    keep_originals_days: int = 180
    sample_normal: int = 0
    sample_confidential: int = 0
    sample_personal: int = 0
    store_pdfa: bool = False
    keep_paper_days: int = 180
