"""What is new among what a server without a change log tells: what is not known here in that state and place.

Such a server tells of the same objects again in each round. What it says of their state is compared with what was last
seen; what led to nothing when it was looked at (somebody else's file) is remembered as long as the program runs.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from clerk_desktop.model.baseline import Baseline
from clerk_desktop.model.errors import Missing, PermissionDenied, ServerError
from clerk_desktop.model.remote import RemoteChange, RemoteRef
from clerk_desktop.store.session import Session
from clerk_desktop.sync.absorb import at
from clerk_desktop.sync.channel import Channel

KEPT = 10_000
State = tuple[str, datetime | None]
log = logging.getLogger(__name__)


@dataclass(kw_only=True)
class Looked:
    """In which states objects were looked at already, by server id and place; when many, all are forgotten."""

    states: dict[tuple[str, str], State | None] = field(default_factory=dict)

    def note(self, refs: Iterable[RemoteRef]) -> None:
        """Keep that these were looked at in their state, at their place."""
        for ref in refs:
            if len(self.states) >= KEPT:
                self.states.clear()
            self.states[ref.server_id, ref.parent_id] = _state(ref)

    def knows(self, ref: RemoteRef) -> bool:
        """Tell whether an object was looked at in that state, at that place."""
        return _same(self.states.get((ref.server_id, ref.parent_id)), _state(ref))


def unknown(channel: Channel, looked: Looked, changes: Sequence[RemoteChange]) -> list[RemoteChange]:
    """Return the changes that must be looked at, each object once."""
    new: dict[str, RemoteChange] = {}
    with channel.store.read() as session:
        for change in changes:
            if change.ref is None or not (looked.knows(change.ref) or _seen(session, change.ref)):
                new[change.server_id] = change
    return list(new.values())


def in_pinned_cases(channel: Channel, looked: Looked) -> list[RemoteRef]:
    """Return what must be looked at because of what lies, or no longer lies, in pinned cases."""
    with channel.store.read() as session:
        cases = [session.baselines.get(pin.case_id) for pin in session.pins.all()]
    return [ref for case in cases if case is not None and case.ref.server_id for ref in _in_case(channel, looked, case)]


def _in_case(channel: Channel, looked: Looked, case: Baseline) -> list[RemoteRef]:
    try:
        there = channel.backend.lying_in(case.ref.server_id)
    except (Missing, PermissionDenied):
        return [case.ref]
    except ServerError as error:
        channel.unless_away(error)
        log.warning("one case cannot be looked into: %s", type(error).__name__, extra={"action": "pull"})
        return []
    with channel.store.read() as session:
        new = [
            ref for ref in there if not looked.knows(ref) and not (_seen(session, ref) and _lies_in(session, ref, case))
        ]
        series = {ref.series_id for ref in there}
        known = [child for each in _names(case) for child in session.baselines.children(each)]
    return new + [child.ref for child in known if child.ref.series_id not in series]


def _seen(session: Session, ref: RemoteRef) -> bool:
    """Whether an object was last seen here in that state."""
    known = session.baselines.by_series_id(ref.series_id)
    return known is not None and _same(_state(known.ref), _state(ref))


def _lies_in(session: Session, ref: RemoteRef, case: Baseline) -> bool:
    known = at(session, ref.series_id)
    return known is not None and known.ref.parent_id in _names(case)


def _names(case: Baseline) -> list[str]:
    return sorted({case.ref.server_id, case.ref.series_id})


def _state(ref: RemoteRef) -> State | None:
    """Return what tells an object's state from a later one, None where nothing does."""
    return (ref.change_token, ref.modified_at) if ref.tells_state else None


def _same(one: State | None, other: State | None) -> bool:
    return one is not None and one == other
