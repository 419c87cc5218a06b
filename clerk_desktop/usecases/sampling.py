"""Which letters are compared with their paper: a random sample, with a quota for each protection. Pure.

Chance is taken from the letter's id, so every station and every restart choose the same ones, and nobody can choose.
"""

from __future__ import annotations

import hashlib

from clerk_desktop.model.case import Confidentiality
from clerk_desktop.model.document import Document
from clerk_desktop.model.office_settings import OfficeSettings

HUNDRED = 100


def is_sampled(document: Document, office: OfficeSettings) -> bool:
    """Tell whether a letter belongs to the sample. A quota of 0 chooses none, one of 100 every letter."""
    chance = int.from_bytes(hashlib.sha256(document.document_id.encode()).digest()[:8], "big") % (HUNDRED * HUNDRED)
    return chance < quota(document.confidentiality, office) * HUNDRED


def quota(protection: Confidentiality, office: OfficeSettings) -> int:
    """Return how many of a hundred letters of this protection are chosen."""
    match protection:
        case Confidentiality.NORMAL:
            return office.sample_normal
        case Confidentiality.CONFIDENTIAL:
            return office.sample_confidential
        case Confidentiality.PERSONAL:
            return office.sample_personal
