"""What happened in a case or to a document (Verlauf, Verfügung): appended, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from clerk_desktop.model.ids import CaseId, DocumentId, EventId


class EventKind(Enum):
    """Kinds of events; the last five are dispositions (``model.disposition``)."""

    SUGGESTIONS = "suggestions"
    FILED = "filed"
    CHANGED = "changed"
    NOTE = "note"
    DECIDED = "decided"
    """A conflict was decided; the text tells, a line a field, what was not kept and what was."""
    VISUAL_CHECK = "visual-check"
    """A scan was compared with its paper (``model.visual_check``)."""
    PAGES = "pages"
    """Pages of letters were put into other letters (``model.rearranging``)."""
    FOR_INFORMATION = "for-information"
    FOR_ACTION = "for-action"
    CO_SIGNATURE = "co-signature"
    RESUBMISSION = "resubmission"
    TO_FILES = "to-files"


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """An event lies in the folder of its case, or in the inbox beside its document. ``at`` is aware, UTC."""

    event_id: EventId
    kind: EventKind
    actor: str
    at: datetime
    text: str = ""
    case_id: CaseId | None = None
    document_id: DocumentId | None = None
    target_date: date | None = None
    target_user: str = ""
    from_step: str = ""
    to_step: str = ""
