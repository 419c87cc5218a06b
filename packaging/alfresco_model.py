"""Writes our types as an Alfresco content model, from the same definitions that ``createType`` is called with.

Alfresco creates no types over CMIS: an administrator deploys this file. Over CMIS its types bear the ids that
``resources/dms-mappings/alfresco.toml`` names (D: for documents, F: for folders before the name). A test compares the
file with what this program writes, so that the two cannot drift apart.

Usage: python packaging/alfresco_model.py
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from clerk_desktop.backend.cmis.definitions import Definition, definitions
from clerk_desktop.backend.cmis.mapping import load_mapping

RESOURCES = Path(__file__).parents[1] / "resources"
TARGET = RESOURCES / "content-models" / "alfresco.xml"
DICTIONARY = "http://www.alfresco.org/model/dictionary/1.0"
CONTENT = "http://www.alfresco.org/model/content/1.0"
PREFIX = "clerk"
PARENTS = {"cmis:folder": "cm:folder", "cmis:document": "cm:content"}
DATA_TYPES = {"string": "d:text", "datetime": "d:datetime", "integer": "d:long", "boolean": "d:boolean"}
# cmis:description is kept by the first; content of the second gets a version with every change
TITLED, VERSIONABLE = "cm:titled", "cm:versionable"


def model() -> bytes:
    """Return the content model (Alfresco data dictionary 1.0) as XML."""
    wanted = definitions(RESOURCES / "cmis-types", load_mapping(RESOURCES / "dms-mappings", "alfresco"))
    root = ET.Element("model", {"name": f"{PREFIX}:model", "xmlns": DICTIONARY})
    _text(root, "description", "clerk-desktop: Vorgänge, Schriftstücke, Verfügungen, Anmerkungen, Zähler")
    _text(root, "author", "clerk-desktop")
    _text(root, "version", "1.0")
    imports = ET.SubElement(root, "imports")
    ET.SubElement(imports, "import", {"uri": DICTIONARY, "prefix": "d"})
    ET.SubElement(imports, "import", {"uri": CONTENT, "prefix": "cm"})
    namespaces = ET.SubElement(root, "namespaces")
    ET.SubElement(namespaces, "namespace", {"uri": wanted[0].json["localNamespace"], "prefix": PREFIX})
    types = ET.SubElement(root, "types")
    for definition in wanted:
        _type(types, definition)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _type(types: ET.Element, definition: Definition) -> None:
    found = ET.SubElement(types, "type", {"name": definition.type_id.partition(":")[2]})
    _text(found, "title", definition.json["displayName"])
    _text(found, "description", definition.json["description"])
    _text(found, "parent", PARENTS[definition.parent_id])
    properties = ET.SubElement(found, "properties")
    for property_id, shipped in definition.json["propertyDefinitions"].items():
        _property(properties, property_id, shipped)
    aspects = ET.SubElement(found, "mandatory-aspects")
    _text(aspects, "aspect", TITLED)
    if definition.json.get("versionable"):
        _text(aspects, "aspect", VERSIONABLE)


def _property(properties: ET.Element, property_id: str, shipped: dict[str, Any]) -> None:
    found = ET.SubElement(properties, "property", {"name": property_id})
    _text(found, "title", shipped["displayName"])
    _text(found, "type", DATA_TYPES[shipped["propertyType"]])
    _text(found, "mandatory", str(shipped["required"]).lower())
    _text(found, "multiple", str(shipped["cardinality"] == "multi").lower())
    index = ET.SubElement(found, "index", {"enabled": str(shipped["queryable"]).lower()})
    _text(index, "atomic", "true")
    _text(index, "stored", "false")
    # words are searched for as well as the whole value compared
    _text(index, "tokenised", "both" if shipped["propertyType"] == "string" else "false")


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(model())
