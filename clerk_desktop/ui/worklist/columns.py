"""The columns of a case list: what they show, how they sort, and the words for deadlines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from clerk_desktop.model.case import Case, CaseOrder, CaseStatus
from clerk_desktop.model.municipality import find_municipality
from clerk_desktop.model.texts import N_
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.words import Names, day_text, person_text, short_day_text, status_text

SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Terms:
    """What cells are told in: the user's language, the day that deadlines are told from, names by account."""

    texts: Texts
    today: date
    names: Names


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``title`` is an English source text; ``width`` in pixels; ``shown`` by itself.

    ``late``: its day is over. ``whole``: what is told where there is room for all of it, where that is more.
    """

    title: str
    order: CaseOrder
    text: Callable[[Case, Terms], str]
    width: int
    shown: bool = True
    late: Callable[[Case, Terms], bool] = lambda case, terms: False
    whole: Callable[[Case, Terms], str] | None = None


def deadline_text(day: date | None, texts: Texts, today: date, *, brief: bool = False) -> str:
    """Return a deadline with a sign and words, never by colour alone: ``▲ 12.11.  3 days overdue``.

    ``brief``: for a column under the deadline's name, ``▲ 12.11.  3 days late``.
    """
    if day is None:
        return ""
    left = (day - today).days
    near = short_day_text(day)
    if left < 0:
        late = (
            texts.ngettext("{count} day late", "{count} days late", -left)
            if brief
            else texts.ngettext("{count} day overdue", "{count} days overdue", -left)
        )
        return f"▲ {near}  {late.format(count=-left)}"
    if left == 0:
        return f"● {near}  " + texts.gettext("today")
    if left == 1:
        return f"○ {near}  " + texts.gettext("tomorrow")
    if left <= SOON_DAYS:
        return f"○ {near}  " + texts.ngettext("in {count} day", "in {count} days", left).format(count=left)
    return day_text(day)


def _open_deadline(case: Case, terms: Terms, *, brief: bool = False) -> str:
    if case.status is CaseStatus.CLOSED:
        return day_text(case.due_on)
    return deadline_text(case.due_on, terms.texts, terms.today, brief=brief)


def _resubmission(case: Case, terms: Terms, *, brief: bool = False) -> str:
    return deadline_text(case.resubmit_on, terms.texts, terms.today, brief=brief)


def _overdue(case: Case, terms: Terms) -> bool:
    return case.status is not CaseStatus.CLOSED and case.due_on is not None and case.due_on < terms.today


def _overslept(case: Case, terms: Terms) -> bool:
    return case.resubmit_on is not None and case.resubmit_on < terms.today


def _town(case: Case, terms: Terms) -> str:
    town = find_municipality(case.municipality)
    return town.title if town is not None else case.municipality


def _number(case: Case, terms: Terms) -> str:
    if case.number_final:
        return case.case_number
    return terms.texts.gettext("{number} (provisional)").format(number=case.case_number)


COLUMNS = (
    Column(N_("Case number"), CaseOrder.NUMBER, _number, 124),
    Column(N_("Subject"), CaseOrder.SUBJECT, lambda case, terms: case.subject, 220),
    Column(N_("Status"), CaseOrder.STATUS, lambda case, terms: status_text(terms.texts, case.status), 114),
    Column(
        N_("Assignee"),
        CaseOrder.ASSIGNEE,
        lambda case, terms: person_text(terms.texts, case.assignee, terms.names),
        140,
    ),
    Column(
        N_("Deadline"),
        CaseOrder.DUE_ON,
        partial(_open_deadline, brief=True),
        170,
        late=_overdue,
        whole=_open_deadline,
    ),
    Column(
        N_("Resubmission"),
        CaseOrder.RESUBMIT_ON,
        partial(_resubmission, brief=True),
        170,
        late=_overslept,
        whole=_resubmission,
    ),
    Column(N_("Municipality"), CaseOrder.MUNICIPALITY, _town, 150, shown=False),
)
