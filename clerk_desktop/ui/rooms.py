"""Which places the window has, in the order of the rail."""

from __future__ import annotations

from clerk_desktop.ui.places import PlaceEntry

PLACES: tuple[PlaceEntry, ...] = ()
