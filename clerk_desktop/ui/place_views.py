"""What stands in the middle of the window: each place is made when it is first visited, or ahead of that in steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtWidgets import QStackedWidget

from clerk_desktop.ui.places import PlaceEntry, PlaceView
from clerk_desktop.ui.workplace import Place, Workplace


class PlaceViews:
    """The places of one window, on ``stack``. ``then`` has something done once the first picture stands."""

    def __init__(
        self,
        workplace: Workplace,
        entries: Sequence[PlaceEntry],
        stack: QStackedWidget,
        then: Callable[[Callable[[], None]], None],
    ) -> None:
        self._workplace = workplace
        self._entries = {entry.place: entry for entry in entries}
        self._stack = stack
        self._then = then
        self._begun: dict[Place, PlaceView] = {}
        self._views: dict[Place, PlaceView] = {}

    @property
    def entries(self) -> tuple[PlaceEntry, ...]:
        """Which places there are."""
        return tuple(self._entries.values())

    @property
    def made(self) -> tuple[PlaceView, ...]:
        """The views that are there."""
        return tuple(self._views.values())

    def __contains__(self, place: Place) -> bool:
        """Whether there is such a place here."""
        return place in self._entries

    def __getitem__(self, place: Place) -> PlaceView:
        """Return a place's view, made now where it is not there yet."""
        if place not in self._views:
            view = self._begun.pop(place, None) or self._entries[place].make(self._workplace, self._stack)
            view.finish()
            self._stack.addWidget(view)
            self._views[place] = view
            self._then(view.listen)
        return self._views[place]

    def current_first(self, *places: Place) -> tuple[Place, ...]:
        """Return these places, the one that is shown before them."""
        shown = tuple(place for place, view in self._views.items() if view is self._stack.currentWidget())
        return tuple(place for place in dict.fromkeys((*shown, *places)) if place in self)

    def ahead(self) -> Iterator[None]:
        """Make every place that nobody has visited yet, and what is opened from it, one part up to each ``yield``."""
        for place, entry in tuple(self._entries.items()):
            if place not in self._views:
                self._begun[place] = entry.make(self._workplace, self._stack)
                yield
            while (begun := self._begun.get(place)) is not None and begun.make_on():
                yield
            yield from self[place].ahead()
            yield

    def close(self) -> None:
        """Let all views go, saving what was typed; there are no places any more."""
        for view in self.made:
            view.leave()
        for view in (*self.made, *self._begun.values()):
            view.hide()
            view.deleteLater()
        self._views.clear()
        self._begun.clear()
        self._entries.clear()
