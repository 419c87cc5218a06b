"""Who acts, and for which town: read from the account and the office's list of people."""

from __future__ import annotations

import msgspec

from clerk_desktop.model.account import Template
from clerk_desktop.model.municipality import MUNICIPALITIES, Municipality, find_municipality
from clerk_desktop.store.session import Session


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of ``/Vorlagen/personen.json``."""

    account: str
    name: str
    municipality: str = ""
    roles: tuple[str, ...] = ()
    deputy: str = ""


def actor(session: Session) -> str:
    """Return the signed-in user's account name, "" before the first sign-in."""
    account = session.account.get()
    return account.user if account else ""


def people(session: Session) -> tuple[Person, ...]:
    """Return the office's people as last fetched; empty before the first synchronisation."""
    content = session.sync.template(Template.PEOPLE)
    if content is None:
        return ()
    try:
        return msgspec.json.decode(content, type=tuple[Person, ...])
    except msgspec.MsgspecError:
        return ()


def names(session: Session) -> dict[str, str]:
    """Return the names of the office's people by account; who is not in the office's list is missing."""
    return {person.account: person.name for person in people(session) if person.name}


def town_of(session: Session) -> Municipality | None:
    """Return the town of the signed-in user; the only town of all known cases where nothing else tells it."""
    who = actor(session)
    for person in people(session):
        if person.account == who and person.municipality:
            return find_municipality(person.municipality)
    known = set(session.cases.by_municipality())
    return next((town for town in MUNICIPALITIES if known == {town.key}), None)
