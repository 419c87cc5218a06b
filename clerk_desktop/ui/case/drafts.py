"""What a person typed into fields of cases and what could not be saved: whichever list opens the case shows it."""

from __future__ import annotations

from clerk_desktop.model.case import CaseField
from clerk_desktop.model.ids import CaseId


class Drafts:
    """Lives as long as the window."""

    def __init__(self) -> None:
        self._texts: dict[CaseId, dict[CaseField, str]] = {}

    def keep(self, case_id: CaseId, field: CaseField, text: str) -> None:
        """Keep a text until the case is shown again."""
        self._texts.setdefault(case_id, {})[field] = text

    def take(self, case_id: CaseId) -> dict[CaseField, str]:
        """Return what is kept for a case, for its fields to hold from now on."""
        return self._texts.pop(case_id, {})
