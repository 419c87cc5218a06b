"""The people of the sample office: accounts as the embedded server's demo users, invented names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from clerk_desktop.model.municipality import MUNICIPALITIES


class PersonRole(Enum):
    """What somebody does in the office."""

    MAILROOM = "mailroom"
    CLERK = "clerk"
    ADMIN = "admin"


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody who works in a town hall. ``municipality`` is a key, "" for administrators of all towns;
    ``deputy`` is the account that stands in.
    """

    account: str
    name: str
    municipality: str
    roles: tuple[PersonRole, ...]
    deputy: str


# town -> mailroom, first clerk, second clerk
_NAMES = {
    "blomberg": ("Silke Brandt", "Martina Krüger", "Thomas Wehmeier"),
    "luegde": ("Petra Sander", "Andreas Vogt", "Yasemin Aydin"),
    "schieder": ("Ralf Hölscher", "Sabine Lohmann", "Daniel Petersen"),
    "kalletal": ("Monika Stuke", "Birgit Nolte", "Christian Hempel"),
}


def _town_people(town: str) -> tuple[Person, ...]:
    mailroom, first, second = _NAMES[town]
    return (
        Person(
            account=f"post.{town}", name=mailroom, municipality=town, roles=(PersonRole.MAILROOM,),
            deputy=f"clerk2.{town}",
        ),
        Person(
            account=f"clerk1.{town}", name=first, municipality=town, roles=(PersonRole.CLERK,),
            deputy=f"clerk2.{town}",
        ),
        Person(
            account=f"clerk2.{town}", name=second, municipality=town, roles=(PersonRole.CLERK, PersonRole.MAILROOM),
            deputy=f"clerk1.{town}",
        ),
    )  # fmt: skip


PEOPLE = (
    *(person for town in MUNICIPALITIES for person in _town_people(town.key)),
    Person(account="admin", name="Jürgen Falke", municipality="", roles=(PersonRole.ADMIN,), deputy=""),
)


def clerks(municipality: str) -> tuple[Person, ...]:
    """Return the people of a town who work on cases."""
    return tuple(
        person for person in PEOPLE if person.municipality == municipality and PersonRole.CLERK in person.roles
    )
