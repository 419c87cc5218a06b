"""The places of the window as the field for everything offers them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.places import Command, PlaceEntry
from clerk_desktop.ui.workplace import Place

SEARCH_KEYS = "Ctrl+Shift+F"


def offers(entries: Sequence[PlaceEntry], texts: Texts, go: Callable[[Place], None]) -> tuple[Command, ...]:
    """Return one command a place, with the keys that the rail gives it."""
    listed = [entry for entry in entries if entry.listed]
    found = [_to(entry, texts, go, f"Ctrl+{number}") for number, entry in enumerate(listed, start=1)]
    found += [_to(entry, texts, go, SEARCH_KEYS) for entry in entries if not entry.listed]
    return tuple(found)


def _to(entry: PlaceEntry, texts: Texts, go: Callable[[Place], None], keys: str) -> Command:
    text = texts.gettext("Go to: {place}").format(place=texts.gettext(entry.text))
    return Command(text=text, run=lambda: go(entry.place), shortcut=keys)
