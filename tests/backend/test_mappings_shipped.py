"""The DMS mappings that ship: complete, without double meanings, and in step with the definitions of our types."""

from __future__ import annotations

import dataclasses
import json
import runpy
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import pytest

from clerk_desktop.backend.cmis.connect import sign_in
from clerk_desktop.backend.cmis.definitions import FILES, SECTIONS, definitions, shipped_id
from clerk_desktop.backend.cmis.mapping import Mapping, load_mapping
from clerk_desktop.backend.cmis.names import ClerkProperty
from clerk_desktop.backend.signin.basic import basic
from tests.backend.exchanges import MAPPINGS, URL, answer, info

SHIPPED = ("alfresco", "embedded", "opencmis-inmemory", "plain")
OWN_NAMES = ("alfresco", "opencmis-inmemory")
RESOURCES = MAPPINGS.parent
TYPES = RESOURCES / "cmis-types"
# of the types' definitions, what no field of the program is kept in
UNUSED = {"annotation_set": {"clerk:annotatesVersion", "clerk:visibility"}, "counter": {"clerk:objectKey"}}
MODEL = RESOURCES / "content-models" / "alfresco.xml"
DICTIONARY = "{http://www.alfresco.org/model/dictionary/1.0}"


def sections(mapping: Mapping) -> dict[str, dict[str, str]]:
    return {kind: dataclasses.asdict(getattr(mapping, section)) for kind, section in SECTIONS.items()}


def test_these_ship_and_no_others() -> None:
    assert tuple(sorted(path.stem for path in MAPPINGS.glob("*.toml"))) == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_every_field_has_a_place_of_its_own(name: str) -> None:
    mapping = load_mapping(MAPPINGS, name)
    for kind, fields in sections(mapping).items():
        assert all(fields.values()), f"{kind}: {[field for field, value in fields.items() if not value]}"
        assert [value for value, count in Counter(fields.values()).items() if count > 1] == []
    assert mapping.types.annotation_set
    for path in (mapping.paths.inbox, mapping.paths.cases):
        assert "{municipality}" in path


@pytest.mark.parametrize("name", OWN_NAMES)
def test_where_a_property_belongs_to_one_type_each_bears_a_name_of_its_own(name: str) -> None:
    names = [value for fields in sections(load_mapping(MAPPINGS, name)).values() for value in fields.values()]
    assert [value for value, count in Counter(names).items() if count > 1 and value != "cmis:description"] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_types_are_created_with_everything_that_is_written_to_them(name: str) -> None:
    mapping = load_mapping(MAPPINGS, name)
    wanted = definitions(TYPES, mapping)
    if mapping.notes:
        assert wanted == ()
        return
    assert len(wanted) == len(FILES)
    for kind, definition in zip(FILES, wanted, strict=True):
        shipped = json.loads((TYPES / f"{FILES[kind]}.json").read_text(encoding="utf-8"))
        fields = sections(mapping)[kind]
        own = {value for value in fields.values() if not value.startswith("cmis:")}
        assert set(definition.property_ids) == own
        assert set(shipped["propertyDefinitions"]) - {shipped_id(field) for field in fields} <= UNUSED.get(kind, set())
        assert definition.json["queryName"] == mapping.types.table(definition.type_id)
        for property_id, value in definition.json["propertyDefinitions"].items():
            assert (value["id"], value["queryName"]) == (property_id, property_id)


def test_fields_are_named_in_the_definitions_as_in_the_list_of_our_properties() -> None:
    known = {item.value for item in ClerkProperty}
    for fields in sections(load_mapping(MAPPINGS, "embedded")).values():
        for field, value in fields.items():
            assert value == "cmis:description" or (value == shipped_id(field) and value in known)


@pytest.mark.parametrize("name", SHIPPED)
def test_anybody_can_sign_in_with_it(name: str) -> None:
    transport = httpx.MockTransport(lambda _: answer({"R": info()}))
    chosen = sign_in(URL, basic("post", "x"), None, load_mapping(MAPPINGS, name), transport)
    assert chosen.repository_id == "R"


def test_the_content_model_for_alfresco_is_written_from_the_definitions() -> None:
    script = Path(__file__).parents[2] / "packaging" / "alfresco_model.py"
    assert MODEL.read_bytes() == runpy.run_path(str(script))["model"]()


def test_the_content_model_has_the_types_and_properties_of_the_mapping() -> None:
    model = ET.parse(MODEL).getroot()
    mapping = load_mapping(MAPPINGS, "alfresco")
    found = {
        each.attrib["name"]: {found.attrib["name"] for found in each.iter(f"{DICTIONARY}property")}
        for each in model.iter(f"{DICTIONARY}type")
        if "name" in each.attrib
    }
    for kind, fields in sections(mapping).items():
        prefix, _, name = getattr(mapping.types, kind).partition(":")
        parent = {"D": "cm:content", "F": "cm:folder"}[prefix]
        (of_type,) = [each for each in model.iter(f"{DICTIONARY}type") if each.attrib.get("name") == name]
        assert of_type.findtext(f"{DICTIONARY}parent") == parent
        assert found[name] == {value for value in fields.values() if not value.startswith("cmis:")}
    assert set(found) == {getattr(mapping.types, kind).partition(":")[2] for kind in FILES}
    versioned = [
        each.attrib["name"]
        for each in model.iter(f"{DICTIONARY}type")
        if any(aspect.text == "cm:versionable" for aspect in each.iter(f"{DICTIONARY}aspect"))
    ]
    assert versioned == ["clerk:document"]


def test_elements_of_the_content_model_stand_in_the_order_of_its_schema() -> None:
    """Alfresco's modelSchema.xsd fixes the order within ``type``, ``property`` and ``index``."""
    orders = {
        "type": ("title", "description", "parent", "properties", "mandatory-aspects"),
        "property": ("title", "type", "mandatory", "multiple", "index"),
        "index": ("atomic", "stored", "tokenised"),
    }
    for name, order in orders.items():
        for each in ET.parse(MODEL).getroot().iter(f"{DICTIONARY}{name}"):
            if len(each):
                assert tuple(child.tag.removeprefix(DICTIONARY) for child in each) == order
