"""Which places the window has, in the order of the rail. Each is imported when it is first visited."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from clerk_desktop.model.case import CaseFilter, CaseOrder, CaseStatus
from clerk_desktop.model.texts import N_
from clerk_desktop.system.clock import office_day
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.places import PlaceEntry, PlaceView
from clerk_desktop.ui.worklist.kinds import ListKind
from clerk_desktop.ui.workplace import Place, Workplace
from clerk_desktop.usecases.desk import Desk


def _mine(desk: Desk) -> CaseFilter:
    return CaseFilter(assignee=desk.worklist.me() or "–", status=CaseStatus.OPEN)


def _due(desk: Desk) -> CaseFilter:
    return CaseFilter(assignee=desk.worklist.me() or "–", resubmit_by=office_day(desk.clock.now()))


def _all(desk: Desk) -> CaseFilter:
    return CaseFilter()


MINE = ListKind(
    name="mine",
    empty=N_("No open case is assigned to you. Cases that are yours to work on appear here."),
    symbol=Icon.MINE,
    wanted=_mine,
    order=CaseOrder.DUE_ON,
)
DUE = ListKind(
    name="due",
    empty=N_("No case comes back to you today. Cases whose day of resubmission has come appear here."),
    symbol=Icon.RESUBMISSION,
    wanted=_due,
    order=CaseOrder.RESUBMIT_ON,
    filled_from=(Place.MINE, N_("My cases")),
)
ALL = ListKind(
    name="all",
    empty=N_("No case is here yet. Cases come from the server after signing in; Ctrl+N opens a new one."),
    symbol=Icon.CASES,
    wanted=_all,
)


def _inbox(workplace: Workplace, parent: QWidget) -> PlaceView:
    from clerk_desktop.ui.inbox.place import InboxPlace

    return InboxPlace(workplace, parent)


def _worklist(kind: ListKind, workplace: Workplace, parent: QWidget) -> PlaceView:
    from clerk_desktop.ui.worklist.place import WorklistPlace

    return WorklistPlace(workplace, kind, parent)


def _search(workplace: Workplace, parent: QWidget) -> PlaceView:
    from clerk_desktop.ui.search.place import SearchPlace

    return SearchPlace(workplace, parent)


def _transfers(workplace: Workplace, parent: QWidget) -> PlaceView:
    from clerk_desktop.ui.transfers.place import TransfersPlace

    return TransfersPlace(workplace, parent)


def _settings(workplace: Workplace, parent: QWidget) -> PlaceView:
    from clerk_desktop.ui.settings.place import SettingsPlace

    return SettingsPlace(workplace, parent)


def import_places() -> None:
    """Import what places and dialogs are made of; from a thread beside the window, so that no first visit waits."""
    import clerk_desktop.ui.case.disposition_dialog
    import clerk_desktop.ui.case.view
    import clerk_desktop.ui.help
    import clerk_desktop.ui.inbox.place
    import clerk_desktop.ui.inbox.sheets_dialog
    import clerk_desktop.ui.search.place
    import clerk_desktop.ui.settings.place
    import clerk_desktop.ui.sign_out_dialog
    import clerk_desktop.ui.transfers.place
    import clerk_desktop.ui.welcome.dialog  # noqa: F401 - importing is all that is wanted
    from clerk_desktop.ui.widget_types import make_widget_types

    make_widget_types()


PLACES: tuple[PlaceEntry, ...] = (
    PlaceEntry(place=Place.INBOX, text=N_("Inbox"), icon=Icon.INBOX, make=_inbox),
    PlaceEntry(place=Place.MINE, text=N_("My cases"), icon=Icon.MINE, make=partial(_worklist, MINE)),
    PlaceEntry(
        place=Place.RESUBMISSIONS, text=N_("Resubmissions"), icon=Icon.RESUBMISSION, make=partial(_worklist, DUE)
    ),
    PlaceEntry(place=Place.CASES, text=N_("All cases"), icon=Icon.CASES, make=partial(_worklist, ALL)),
    PlaceEntry(place=Place.SEARCH, text=N_("Search"), icon=Icon.SEARCH, make=_search, listed=False),
    PlaceEntry(place=Place.TRANSFERS, text=N_("Transfers"), icon=Icon.TRANSFERS, make=_transfers),
    PlaceEntry(place=Place.SETTINGS, text=N_("Settings"), icon=Icon.SETTINGS, make=_settings),
)
