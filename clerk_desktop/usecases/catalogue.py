"""What the office shares and a clerk chooses from: filing plan, document types, people. As last fetched."""

from __future__ import annotations

import msgspec

from clerk_desktop.model.account import Template
from clerk_desktop.model.catalogue import PlanEntry, Staff
from clerk_desktop.store.store import Store
from clerk_desktop.system.decoding import decoder
from clerk_desktop.usecases.people import people


class Catalogue:
    """Reads the office's lists; each is empty before the first synchronisation, or where it cannot be read."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def filing_plan(self) -> tuple[PlanEntry, ...]:
        """Return the numbers that cases are opened under, in order."""
        try:
            return decoder(tuple[PlanEntry, ...]).decode(self._template(Template.FILING_PLAN))
        except msgspec.MsgspecError:
            return ()

    def document_types(self) -> tuple[str, ...]:
        """Return the kinds of documents, in the office's order."""
        try:
            return decoder(tuple[str, ...]).decode(self._template(Template.DOCUMENT_TYPES))
        except msgspec.MsgspecError:
            return ()

    def staff(self) -> tuple[Staff, ...]:
        """Return the people that cases can be assigned to, by name."""
        with self._store.read() as session:
            known = people(session)
        return tuple(sorted((Staff(account=each.account, name=each.name) for each in known), key=lambda one: one.name))

    def _template(self, template: Template) -> bytes:
        with self._store.read() as session:
            return session.sync.template(template) or b"[]"
