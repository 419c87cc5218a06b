"""What a search found, and where it looked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document


class Origin(Enum):
    """Where a hit comes from."""

    HERE = "here"
    SERVER = "server"


class ServerPart(Enum):
    """What became of the server's part of a search."""

    NOT_ASKED = "not-asked"
    SEARCHED = "searched"
    UNREACHABLE = "unreachable"
    NOT_SIGNED_IN = "not-signed-in"
    UNABLE = "unable"


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseHit:
    """A case whose number, subject or people have the words. ``origins``: who found it, this computer first."""

    case: Case
    origins: tuple[Origin, ...] = (Origin.HERE,)


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentHit:
    """A document whose index data or pages have the words.

    ``page`` counts from 1; 0 where no page is known. ``excerpt`` is the place on that page. ``case_number`` is "" in
    the inbox.
    """

    document: Document
    case_number: str = ""
    page: int = 0
    excerpt: str = ""
    origins: tuple[Origin, ...] = (Origin.HERE,)


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchResult:
    """Hits, best first. ``waiting``: cases and documents here that are not in the index yet.

    ``unknown``: what the server found and this computer does not know yet; the next exchange brings it.
    """

    cases: tuple[CaseHit, ...] = ()
    documents: tuple[DocumentHit, ...] = ()
    server: ServerPart = ServerPart.NOT_ASKED
    waiting: int = 0
    unknown: int = 0
