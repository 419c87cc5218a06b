"""What a person typed into fields of cases and what could not be saved: whichever list opens the case shows it."""

from __future__ import annotations

from dataclasses import dataclass, field

from clerk_desktop.model.case import Case, CaseField
from clerk_desktop.model.ids import CaseId


@dataclass(frozen=True, slots=True)
class Unsaved:
    """One such text."""

    case: Case
    field: CaseField
    text: str


@dataclass(frozen=True, slots=True)
class Drafts:
    """Lives as long as the window."""

    _texts: dict[CaseId, dict[CaseField, str]] = field(default_factory=dict)

    def keep(self, case_id: CaseId, field: CaseField, text: str) -> None:
        """Keep a text until the case is shown again."""
        self._texts.setdefault(case_id, {})[field] = text

    def take(self, case_id: CaseId) -> dict[CaseField, str]:
        """Return what is kept for a case, for its fields to hold from now on."""
        return self._texts.pop(case_id, {})
