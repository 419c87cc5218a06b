"""What a person typed into a field of a case and what could not be saved."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_desktop.model.case import Case, CaseField


@dataclass(frozen=True, slots=True)
class Unsaved:
    """One such text."""

    case: Case
    field: CaseField
    text: str
