"""What an administrator learns about a server, and what was done there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from clerk_desktop.model.remote import Strategy


class Need(Enum):
    """What the program needs of a server; each is met by one strategy."""

    FIELDS = "fields"
    FINDING = "finding"
    FOLLOWING = "following"
    LISTING = "listing"
    CHANGING = "changing"
    CONTENT = "content"
    PROOF = "proof"
    NUMBERS = "numbers"


class TypeState(Enum):
    """How one of our types stands on a server."""

    THERE = "there"
    INCOMPLETE = "incomplete"
    ABSENT = "absent"
    CREATED = "created"
    REFUSED = "refused"

    @property
    def usable(self) -> bool:
        """Whether clerks can work with it."""
        return self in (TypeState.THERE, TypeState.CREATED)


class Todo(Enum):
    """What an administrator must add; the value is its key in JSON."""

    INSTALL_TYPES = "install-types"
    ADD_TYPE = "add-type"
    EXTEND_TYPE = "extend-type"
    OPEN_PROPERTY = "open-property"
    MAKE_FOLDER = "make-folder"
    PUT_FILE = "put-file"
    SET_RIGHTS = "set-rights"

    @property
    def hinders(self) -> bool:
        """Whether nobody can work before it is done."""
        return self in (Todo.INSTALL_TYPES, Todo.ADD_TYPE, Todo.EXTEND_TYPE, Todo.OPEN_PROPERTY)


@dataclass(frozen=True, kw_only=True, slots=True)
class TypeReport:
    """One of our types on a server. ``missing`` are the ids of properties that it lacks there."""

    type_id: str
    state: TypeState
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TodoItem:
    """Something to add; ``what`` is an id, a path or a name."""

    todo: Todo
    what: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Met:
    """A need and the strategy that meets it."""

    need: Need
    strategy: Strategy


@dataclass(frozen=True, kw_only=True, slots=True)
class Examination:
    """A server as it stands. ``mapping`` is the name of the DMS mapping; ``told`` what the server says of itself."""

    product: str
    repository: str
    mapping: str
    told: dict[str, str]
    needs: tuple[Met, ...]
    types: tuple[TypeReport, ...]
    todo: tuple[TodoItem, ...]

    @property
    def ready(self) -> bool:
        """Whether clerks can begin."""
        return not any(item.todo.hinders for item in self.todo)
