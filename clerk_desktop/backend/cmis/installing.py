"""Our types on a server: how they stand, and creating them where the server allows it (CMIS 1.1, 2.2.2.6)."""

from __future__ import annotations

from collections.abc import Iterable

from clerk_desktop.backend.cmis.definitions import Definition
from clerk_desktop.backend.cmis.repository import Repository
from clerk_desktop.model.administration import TypeReport, TypeState
from clerk_desktop.model.errors import (
    AbilityMissing,
    Missing,
    NameTaken,
    PermissionDenied,
    RequestRefused,
    RuleViolated,
    ServerFault,
)

# what servers say to a type they do not take
REFUSALS = (AbilityMissing, NameTaken, PermissionDenied, RequestRefused, RuleViolated, ServerFault)


def look(repository: Repository, wanted: Iterable[Definition]) -> tuple[TypeReport, ...]:
    """Return how our types stand, without changing anything."""
    return tuple(_state(repository, definition) for definition in wanted)


def install(repository: Repository, wanted: Iterable[Definition]) -> tuple[TypeReport, ...]:
    """Create what is absent and return how each type stands then. What is there already is left as it is."""
    return tuple(_installed(repository, definition) for definition in wanted)


def may_create(repository: Repository, definition: Definition) -> bool:
    """Return whether the server says that a type may be created below its parent."""
    try:
        parent = repository.type_definition(definition.parent_id)
    except Missing:
        return False
    capabilities = repository.capabilities
    kinds = capabilities.creatable_property_types.can_create if capabilities.creatable_property_types else None
    allowed = bool(parent.type_mutability and parent.type_mutability.create)
    return allowed and definition.property_types <= frozenset(kinds or ())


def _installed(repository: Repository, definition: Definition) -> TypeReport:
    state = _state(repository, definition)
    if state.state is not TypeState.ABSENT:
        return state
    if not may_create(repository, definition):
        return TypeReport(type_id=definition.type_id, state=TypeState.REFUSED)
    try:
        repository.create_type(definition.json)
    except REFUSALS:
        # somebody may have been faster; anything else is the server's last word
        now = _state(repository, definition)
        if now.state is TypeState.ABSENT:
            return TypeReport(type_id=definition.type_id, state=TypeState.REFUSED)
        return now
    return TypeReport(type_id=definition.type_id, state=TypeState.CREATED)


def _state(repository: Repository, definition: Definition) -> TypeReport:
    try:
        there = repository.type_definition(definition.type_id).properties
    except (Missing, RequestRefused):
        return TypeReport(type_id=definition.type_id, state=TypeState.ABSENT)
    missing = tuple(each for each in definition.property_ids if each not in there)
    state = TypeState.INCOMPLETE if missing else TypeState.THERE
    return TypeReport(type_id=definition.type_id, state=state, missing=missing)
