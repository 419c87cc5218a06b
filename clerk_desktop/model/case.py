"""A case (Vorgang): the unit of work. Property names follow ``content-model.md``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from clerk_desktop.model.ids import CaseId
from clerk_desktop.model.texts import N_


class CaseStatus(Enum):
    """Where a case stands."""

    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"


STATUSES = {CaseStatus.OPEN: N_("open"), CaseStatus.WAITING: N_("waiting"), CaseStatus.CLOSED: N_("closed")}
"""How they are called, as English sources."""


class Confidentiality(Enum):
    """Protection class of a case or document."""

    NORMAL = "normal"
    CONFIDENTIAL = "confidential"
    PERSONAL = "personal"


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A case as the workstation knows it. ``municipality`` is a key; days have no time zone.

    ``number_final`` is False for a case made offline whose number was not yet drawn from the server's counter.
    """

    case_id: CaseId
    case_number: str
    subject: str
    municipality: str
    filing_plan_number: str
    status: CaseStatus = CaseStatus.OPEN
    assignee: str = ""
    participants: tuple[str, ...] = ()
    due_on: date | None = None
    resubmit_on: date | None = None
    resubmit_note: str = ""
    process_id: str = ""
    process_step: str = ""
    step_since: date | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    confidentiality: Confidentiality = Confidentiality.NORMAL
    number_final: bool = True
    pinned: bool = False


class CaseField(Enum):
    """What a clerk can change in a case; the value is the name on the command line and in ``Case``."""

    SUBJECT = "subject"
    STATUS = "status"
    ASSIGNEE = "assignee"
    PARTICIPANTS = "participants"
    DUE_ON = "due_on"
    RESUBMIT_ON = "resubmit_on"
    RESUBMIT_NOTE = "resubmit_note"
    PROCESS_STEP = "process_step"
    STEP_SINCE = "step_since"
    CLOSED_ON = "closed_on"
    CONFIDENTIALITY = "confidentiality"


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFilter:
    """What a case list shows; unset parts do not restrict. ``text`` matches number, subject, assignee.

    ``pressing_by``: deadline or resubmission by that day.
    """

    text: str = ""
    assignee: str = ""
    due_by: date | None = None
    resubmit_by: date | None = None
    pressing_by: date | None = None
    status: CaseStatus | None = None
    municipality: str = ""
    pinned: bool | None = None


class CaseOrder(Enum):
    """How a case list is sorted. Days that are not set come last; numbers count by value (2 before 12)."""

    NUMBER = "number"
    SUBJECT = "subject"
    ASSIGNEE = "assignee"
    STATUS = "status"
    MUNICIPALITY = "municipality"
    DUE_ON = "due_on"
    RESUBMIT_ON = "resubmit_on"
