"""Who acts, and for which town: read from the account and the office's list of people."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from clerk_desktop.model.account import Template
from clerk_desktop.model.municipality import MUNICIPALITIES, Municipality, find_municipality
from clerk_desktop.store.session import Session


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
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
        return tuple(map(_person, json.loads(content)))
    except (ValueError, TypeError, KeyError, AttributeError):
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


def _person(entry: dict[str, Any]) -> Person:
    """Return a person as the list tells it; what it tells beside that is passed over.

    Raises ``KeyError``, ``TypeError``, ``AttributeError``.
    """
    texts = {name: entry.get(name, "") for name in ("municipality", "deputy")}
    texts |= {name: entry[name] for name in ("account", "name")}
    roles = entry.get("roles", [])
    if not (isinstance(roles, list) and all(isinstance(text, str) for text in (*texts.values(), *roles))):
        raise TypeError(roles)
    return Person(**texts, roles=tuple(roles))
