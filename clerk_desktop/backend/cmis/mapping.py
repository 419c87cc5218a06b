"""DMS mappings: how our terms are named on a product. The one place where type ids, property ids and paths come from.

A mapping is a TOML file, data of an installation; unknown names in it are errors, a property left out is one that the
product does not keep. Which strategies a server can follow is decided in ``connect``.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import msgspec

from clerk_desktop.model.errors import WrongUsage
from clerk_desktop.model.remote import Strategy
from clerk_desktop.system.decoding import learned

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


TOWN = "{municipality}"


class Lookup(Enum):
    """How an object is found again before it is created: by a query that is never behind, or by its place."""

    QUERY = "query"
    PATH = "path"


class Address(Enum):
    """By which id a document is addressed: its own, or its version series' where that leads to the newest version and
    the document's own changes with every version.
    """

    OBJECT = "object"
    SERIES = "series"


@dataclass(frozen=True, kw_only=True, slots=True)
class Types:
    """Type ids, and the names the types have in queries where these differ."""

    folder: str
    case: str
    document: str
    event: str
    counter: str
    annotation_set: str = ""
    query_names: dict[str, str] = field(default_factory=dict)

    def table(self, type_id: str) -> str:
        """Return the name of a type in queries."""
        return self.query_names.get(type_id, type_id)


ASIDE = "Ersetzt"


@dataclass(frozen=True, kw_only=True, slots=True)
class Paths:
    """Absolute folder paths; ``{municipality}`` stands for the town's title, as the whole last name of the path."""

    inbox: str
    cases: str
    templates: str
    counters: str
    aside: str = ""

    @property
    def set_aside(self) -> str:
        """Where letters lie whose pages are in others now; in the inbox unless the mapping says another place."""
        return self.aside or f"{self.inbox}/{ASIDE}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """What object names may look like: characters that are replaced, longest name in UTF-8 bytes."""

    forbidden: str = '/\\:*?"<>|'
    max_bytes: int = 255


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseProperties:
    """Property ids of a case; "" is not kept."""

    object_key: str
    case_number: str
    subject: str
    municipality: str
    filing_plan_number: str
    status: str = ""
    assignee: str = ""
    participants: str = ""
    due_on: str = ""
    resubmit_on: str = ""
    resubmit_note: str = ""
    process_id: str = ""
    process_step: str = ""
    step_since: str = ""
    opened_on: str = ""
    closed_on: str = ""
    confidentiality: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentProperties:
    """Property ids of a document; "" is not kept."""

    object_key: str
    title: str = ""
    document_type: str = ""
    sender: str = ""
    sender_reference: str = ""
    our_reference: str = ""
    subject: str = ""
    letter_date: str = ""
    received_on: str = ""
    page_count: str = ""
    source_sha256: str = ""
    sha256: str = ""
    source_key: str = ""
    paper_box: str = ""
    confidentiality: str = ""
    duplicate_of: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class EventProperties:
    """Property ids of an event; "" is not kept. ``about`` is the object key of the document it is about."""

    object_key: str
    kind: str
    actor: str
    at: str
    text: str = ""
    about: str = ""
    target_date: str = ""
    target_user: str = ""
    from_step: str = ""
    to_step: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnotationProperties:
    """Property ids of an annotation set. ``annotates`` is the object key of the document the marks are on."""

    object_key: str = ""
    annotates: str = ""
    author: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CounterProperties:
    """Property ids of a shared counter."""

    key: str
    year: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Strategies:
    """Which way is taken where the server's own word is not enough; None leaves the choice to its capabilities.

    ``search_all_versions``: the server's search knows a document that has no versions yet among all versions only.
    """

    lookup: Lookup
    precondition: Strategy
    address: Address = Address.OBJECT
    tracking: Strategy | None = None
    verification: Strategy | None = None
    listing: Strategy | None = None
    content: Strategy | None = None
    numbers: Strategy = Strategy.COUNTER
    search_all_versions: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Notes:
    """Where no types can be added: the property that holds our fields as text, and the types that objects have there.

    All other ids of types and properties in such a mapping, except those of the standard, are names in that note.
    """

    property: str
    folder: str
    document: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Connection:
    """Peculiarities of the way there.

    ``rewrite_base_url``: the server stands behind a proxy and tells addresses of an inner host; scheme and host of
    the configured address are put in their place. ``csrf_header``: name of a header that carries the server's token.
    """

    rewrite_base_url: bool = False
    csrf_header: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mapping:
    """A DMS mapping."""

    title: str
    types: Types
    paths: Paths
    case: CaseProperties
    document: DocumentProperties
    event: EventProperties
    counter: CounterProperties
    strategies: Strategies
    annotations: AnnotationProperties = field(default_factory=AnnotationProperties)
    names: Names = field(default_factory=Names)
    connection: Connection = field(default_factory=Connection)
    notes: Notes | None = None


def load_mapping(directory: Path, name: str) -> Mapping:
    """Return the mapping ``name`` from ``directory``. Raises ``WrongUsage`` when there is none or it is wrong."""
    if not NAME.fullmatch(name):
        raise WrongUsage(what=name)
    try:
        return read_mapping((directory / f"{name}.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(what=f"{name}.toml") from error


def read_mapping(toml: str) -> Mapping:
    """Return the mapping written in ``toml``. Raises ``WrongUsage`` naming what is wrong."""
    try:
        data = tomllib.loads(toml)
        _refuse_unknown(data, Mapping, "")
        mapping = msgspec.convert(data, learned(Mapping))
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise WrongUsage(what=str(error)) from error
    for need, fitting in _FITTING.items():
        if getattr(mapping.strategies, need) not in (None, *fitting):
            raise WrongUsage(what=f"strategies.{need}")
    for name in ("inbox", "cases"):
        path = getattr(mapping.paths, name)
        above, _, last = path.rpartition("/")
        if not path.startswith("/") or TOWN in above or (TOWN in last and last != TOWN):
            raise WrongUsage(what=f"paths.{name}")
    return mapping


def _refuse_unknown(data: dict[str, Any], kind: type, place: str) -> None:
    hints = {part.name: part for part in dataclasses.fields(kind)}
    for name, value in data.items():
        if name not in hints:
            raise WrongUsage(what=f"{place}{name}")
        section = _SECTIONS.get(name) if kind is Mapping else None
        if section is not None and isinstance(value, dict):
            _refuse_unknown(value, section, f"{name}.")


_SECTIONS: dict[str, type] = {
    "types": Types,
    "paths": Paths,
    "case": CaseProperties,
    "document": DocumentProperties,
    "event": EventProperties,
    "counter": CounterProperties,
    "annotations": AnnotationProperties,
    "strategies": Strategies,
    "names": Names,
    "connection": Connection,
    "notes": Notes,
}

_FITTING: dict[str, tuple[Strategy, ...]] = {
    "precondition": (Strategy.CHANGE_TOKEN, Strategy.COMPARE_MODIFIED),
    "tracking": (Strategy.CHANGE_LOG, Strategy.MODIFIED_SINCE, Strategy.RELISTING),
    "verification": (Strategy.SERVER_HASH, Strategy.READ_BACK),
    "listing": (Strategy.DESCENDANTS, Strategy.CHILD_LISTS),
    "content": (Strategy.SET_CONTENT, Strategy.CHECK_OUT),
    "numbers": (Strategy.COUNTER, Strategy.NAMES),
}
