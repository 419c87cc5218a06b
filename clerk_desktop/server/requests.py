"""One request as selectors and actions get it, and how they turn objects into the answer that was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from clerk_desktop.backend.cmis.names import BaseType, CmisException, Property
from clerk_desktop.server.acl import acl_of
from clerk_desktop.server.answers import Answer, full_properties, object_list, succinct_properties
from clerk_desktop.server.controls import Controls
from clerk_desktop.server.describing import Describer
from clerk_desktop.server.faults import Fault, invalid
from clerk_desktop.server.repository.contents import Received
from clerk_desktop.server.repository.objects import Listing, Page
from clerk_desktop.server.repository.rows import StoredObject
from clerk_desktop.server.session import Session
from clerk_desktop.server.types.definitions import Values
from clerk_desktop.server.types.writing import Json

_FILTER = re.compile(r"\s*(\*|[^\s,\"'\\()*]+(\s*,\s*[^\s,\"'\\()*]+)*)?\s*")
_ALWAYS = (Property.OBJECT_ID.value, Property.OBJECT_TYPE_ID.value, Property.BASE_TYPE_ID.value)


class Relationships(StrEnum):
    """Which relationships of an object are wanted with it (2.2.1.2.2)."""

    NONE = "none"
    SOURCE = "source"
    TARGET = "target"
    BOTH = "both"


@dataclass(frozen=True, kw_only=True, slots=True)
class Urls:
    """The addresses of the repository, as the caller reached it."""

    repository: str
    root: str


@dataclass(frozen=True, kw_only=True)
class Request:
    """Who asks what. ``target`` is the object an object URL names; None for requests to the repository URL."""

    session: Session
    controls: Controls
    received: Received | None
    urls: Urls
    range_header: str | None = None
    head_only: bool = False
    target: StoredObject | None = None
    describer: Describer = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "describer", Describer(self.session))

    def object(self) -> StoredObject:
        """Return the object the request is about. Raises ``Fault`` (invalidArgument) when it names none."""
        if self.target is None:
            raise invalid("objectId is missing.")
        return self.target

    def folder(self) -> StoredObject:
        """Return the folder the request is about. Raises ``Fault`` (invalidArgument)."""
        found = self.object()
        if not found.is_folder:
            raise invalid("This is not a folder.")
        return found

    @cached_property
    def succinct(self) -> bool:
        """Whether properties are wanted as plain maps."""
        return self.controls.flag("succinct", default=False)

    @cached_property
    def filter(self) -> frozenset[str] | None:
        """Return the query names of the wanted properties in lower case, None for all.

        Raises ``Fault`` (filterNotValid).
        """
        text = self.controls.text("filter")
        if text is None:
            return None
        if not _FILTER.fullmatch(text):
            raise Fault(CmisException.FILTER_NOT_VALID, "The filter is malformed.")
        names = {name.strip().casefold() for name in text.split(",")}
        if "*" in names or not text.strip():
            return None
        return frozenset(name.rsplit(".", maxsplit=1)[-1] for name in names)

    def page(self) -> Page:
        """Return which part of a list is wanted. Raises ``Fault`` (invalidArgument) for properties that do not sort."""
        order = self.controls.text("orderBy")
        pairs = tuple(self._sort_key(part) for part in order.split(",")) if order else ()
        return Page(limit=self.controls.limit(), skip=self.controls.count("skipCount", 0), order=pairs)

    def _sort_key(self, part: str) -> tuple[str, bool]:
        words = part.split()
        if not words or len(words) > 2 or (len(words) == 2 and words[1].upper() not in {"ASC", "DESC"}):
            raise invalid("orderBy is malformed.")
        wanted = words[0].casefold()
        types = self.session.types
        known = dict(types.stored_properties())
        for base in types.base_types():
            known.update(types.own_and_inherited(base.id))
        for definition in known.values():
            if definition.query_name.casefold() == wanted and definition.orderable:
                return definition.id, len(words) == 2 and words[1].upper() == "DESC"
        raise invalid("orderBy names a property that does not sort.")

    def properties(self, stored: StoredObject) -> dict[str, Values]:
        """Return the wanted properties of an object by id."""
        values = self.describer.properties(stored)
        wanted = self.filter
        if wanted is None:
            return values
        definitions = self.describer.definitions(stored)
        return {
            key: value
            for key, value in values.items()
            if key in _ALWAYS or key.casefold() in wanted or definitions[key].query_name.casefold() in wanted
        }

    @cached_property
    def with_path_segments(self) -> bool:
        """Whether lists of a folder tell by which name an object is found there."""
        return self.controls.flag("includePathSegment", default=False)

    @cached_property
    def _with_acl(self) -> bool:
        return self.controls.flag("includeACL", default=False)

    @cached_property
    def _with_policies(self) -> bool:
        return self.controls.flag("includePolicyIds", default=False)

    @cached_property
    def _with_actions(self) -> bool:
        return self.controls.flag("includeAllowableActions", default=False)

    @cached_property
    def _with_relationships(self) -> Relationships:
        return self.controls.member("includeRelationships", Relationships.NONE)

    def as_json(self, stored: StoredObject) -> dict[str, Json]:
        """Return an object with what the request asked to be included."""
        values = self.properties(stored)
        answer: dict[str, Json] = {}
        if self.succinct:
            answer["succinctProperties"] = succinct_properties(values)
        else:
            answer["properties"] = full_properties(values, self.describer.definitions(stored))
        self.include(stored, answer)
        if self._with_acl:
            answer["acl"] = acl_of(stored)
            answer["exactACL"] = True
        if self._with_policies:
            answer["policyIds"] = {"ids": []}
        return answer

    def include(self, stored: StoredObject, answer: dict[str, Json]) -> None:
        """Add allowable actions and relationships where they were asked for."""
        if self._with_actions:
            answer["allowableActions"] = dict(self.describer.allowable_actions(stored))
        wanted = self._with_relationships
        if wanted is not Relationships.NONE and stored.base is not BaseType.RELATIONSHIP:
            answer["relationships"] = [self._bare(item) for item in self._relationships(stored, wanted).objects]

    def _relationships(self, stored: StoredObject, wanted: Relationships) -> Listing:
        types = [item.id for item in self.session.types.with_descendants(BaseType.RELATIONSHIP)]
        return self.session.objects.relationships(
            stored,
            source=wanted in {Relationships.SOURCE, Relationships.BOTH},
            target=wanted in {Relationships.TARGET, Relationships.BOTH},
            types=types,
            page=Page(limit=1000),
        )

    def _bare(self, stored: StoredObject) -> Json:
        values = self.describer.properties(stored)
        if self.succinct:
            return {"succinctProperties": succinct_properties(values)}
        return {"properties": full_properties(values, self.describer.definitions(stored))}

    def listed(self, listing: Listing, page: Page) -> Answer:
        """Return the answer for a plain list of objects."""
        return Answer(body=object_list((self.as_json(item) for item in listing.objects), listing, page))

    def many(self, objects: Iterable[StoredObject]) -> Answer:
        """Return the answer for a bare array of objects."""
        return Answer(body=[self.as_json(item) for item in objects])

    def created(self, stored: StoredObject) -> Answer:
        """Return the answer of an action that made or replaced something."""
        return Answer(status=201, body=self.as_json(stored), created=stored.id)
