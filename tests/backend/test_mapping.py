from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from clerk_desktop.backend.cmis.mapping import Lookup, load_mapping, read_mapping
from clerk_desktop.backend.cmis.names import ClerkProperty, ClerkType
from clerk_desktop.model.errors import WrongUsage
from tests.backend.exchanges import MAPPINGS, embedded

SHIPPED = sorted(path.stem for path in MAPPINGS.glob("*.toml"))
TOML = (MAPPINGS / "embedded.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SHIPPED)
def test_every_mapping_that_ships_can_be_read(name: str) -> None:
    assert load_mapping(MAPPINGS, name).title


def test_the_embedded_server_keeps_every_field_under_a_name_of_its_types() -> None:
    mapping = embedded()
    known = {item.value for item in ClerkProperty}
    for part in (mapping.case, mapping.document, mapping.event, mapping.counter):
        for name, property_id in dataclasses.asdict(part).items():
            assert property_id in known or (name, property_id) == ("title", "cmis:description")
    assert mapping.types.case == ClerkType.CASE
    assert mapping.strategies.lookup is Lookup.QUERY


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('lookup = "query"', 'lookup = "guess"'),
        ('subject = "clerk:subject"', 'subjekt = "clerk:subject"'),
        ("[counter]", "[contra]"),
        ('title = "clerk-desktop serve"', 'titel = "x"'),
        ('title = "clerk-desktop serve"', "title = 3"),
        ('object_key = "clerk:objectKey"', ""),
        ("[types]", "[types"),
        ('precondition = "change-token"', 'precondition = "read-back"'),
        ('inbox = "/Posteingang/{municipality}"', 'inbox = "/{municipality}/Posteingang"'),
        ('inbox = "/Posteingang/{municipality}"', 'inbox = "Posteingang/{municipality}"'),
        ('cases = "/Akten/{municipality}"', 'cases = "/Akten/{municipality} Akten"'),
        ('precondition = "change-token"', 'precondition = "change-token"\ntracking = "names"'),
    ],
)
def test_a_mistake_in_a_mapping_is_an_error(old: str, new: str) -> None:
    assert old in TOML
    with pytest.raises(WrongUsage):
        read_mapping(TOML.replace(old, new))


@pytest.mark.parametrize("name", ["", "none", "../embedded", "embedded.toml", "Embedded", "a" * 65])
def test_only_a_mapping_that_is_there_can_be_chosen(name: str, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage):
        load_mapping(MAPPINGS, name)
