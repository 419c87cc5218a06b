"""Numbers that letters are looked through for."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_desktop.model.ids import CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownNumber:
    """A case number that this workstation knows, for finding it in letters."""

    case_id: CaseId
    case_number: str
    municipality: str
