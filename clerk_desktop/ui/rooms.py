"""Which places the window has, in the order of the rail."""

from __future__ import annotations

from clerk_desktop.model.texts import N_
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.inbox.place import InboxPlace
from clerk_desktop.ui.places import PlaceEntry
from clerk_desktop.ui.workplace import Place

PLACES: tuple[PlaceEntry, ...] = (PlaceEntry(place=Place.INBOX, text=N_("Inbox"), icon=Icon.INBOX, make=InboxPlace),)
