"""Who may see and change what: zones of the folder tree, roles, and the rules between them. Pure; no storage.

The rules are those of the content model ("Rights on the embedded server"). Each object lies in exactly one zone, which
follows from its path. Storage keeps the zone beside the object, so that lists, queries and the change log can leave
foreign objects out while they are read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

Zone = NewType("Zone", str)

INBOX = "Posteingang"
CASES = "Akten"
PROCESSES = "Prozesse"
TEMPLATES = "Vorlagen"
COUNTERS = "Nummern"

ENTRANCE = Zone("entrance")
"""Root and the folders above the towns: everybody may look, nobody but an administrator may change."""
SHARED = Zone("shared")
"""What all towns use: read-only."""
NUMBERS = Zone("numbers")
"""Counters: read and written by all towns."""
RESERVED = Zone("reserved")
"""Everything else: administrators only."""


class Role(StrEnum):
    """What a user is on this server."""

    CLERK = "clerk"
    MAILROOM = "mailroom"
    ADMIN = "admin"


@dataclass(frozen=True, kw_only=True, slots=True)
class User:
    """Somebody who signed in. ``municipality`` is the town's title; administrators may have none."""

    name: str
    role: Role
    municipality: str | None

    @property
    def is_admin(self) -> bool:
        """Whether all rights are given."""
        return self.role is Role.ADMIN


def name_key(name: str) -> str:
    """Return what two names are compared by: letter case and Unicode composition aside."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def town_zone(title: str) -> Zone:
    """Return the zone of a town's own folders."""
    return Zone("town:" + name_key(title))


def zone_of(path: Sequence[str]) -> Zone:
    """Return the zone of an object by the names from below the root down to itself."""
    keys = [name_key(part) for part in path]
    match keys:
        case []:
            return ENTRANCE
        case [top] if top in {name_key(INBOX), name_key(CASES)}:
            return ENTRANCE
        case [top, _, *_] if top in {name_key(INBOX), name_key(CASES)}:
            return town_zone(path[1])
        case [top, below, *_] if top == name_key(TEMPLATES) and below == name_key(COUNTERS):
            return NUMBERS
        case [top, *_] if top in {name_key(PROCESSES), name_key(TEMPLATES)}:
            return SHARED
        case _:
            return RESERVED


def zone_of_relationship(source: Zone, target: Zone) -> Zone:
    """Return the zone of a relationship: that of its source, if whoever reads the source may read the target."""
    return source if target in {source, ENTRANCE, SHARED, NUMBERS} else RESERVED


@dataclass(frozen=True, kw_only=True, slots=True)
class Rights:
    """The zones of one user. ``readable`` is None for administrators: no limit."""

    readable: tuple[Zone, ...] | None
    writable: tuple[Zone, ...] | None

    def may_read(self, zone: Zone) -> bool:
        """Whether objects of the zone may be seen."""
        return self.readable is None or zone in self.readable

    def may_write(self, zone: Zone) -> bool:
        """Whether objects of the zone may be changed and objects be created in its folders."""
        return self.writable is None or zone in self.writable


def rights_of(user: User) -> Rights:
    """Return the zones that a user may read and write."""
    if user.is_admin:
        return Rights(readable=None, writable=None)
    own = () if user.municipality is None else (town_zone(user.municipality),)
    return Rights(readable=(ENTRANCE, SHARED, NUMBERS, *own), writable=(NUMBERS, *own))
