"""XFDF of real files' annotations, there and back: equal, and nothing that other software wrote is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from clerk_desktop.documents.xfdf import Xfdf
from tests.corpus import CORPUS
from tests.marks.as_xfdf import FOREIGN, XFDF, as_xfdf

FORMAT = Xfdf()
NUMBERS = re.compile(r"^[-+.\d\s,;eE]+$")
DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([-+Z])(\d\d)?'?(\d\d)?)?")


def files() -> list[Path]:
    return sorted((CORPUS / "annotated").glob("*.pdf"))


def entries(content: bytes) -> Iterator[ElementTree.Element]:
    root = ElementTree.fromstring(content)
    annots = root.find(f"{{{XFDF}}}annots")
    assert annots is not None
    yield from annots


DEFAULTS = {"opacity": "1", "width": "1"}
"""What an absent attribute says (ISO 19444-1, 6.5)."""
PLACED = ("coords", "start", "inklist")
"""Where these are, ``rect`` only repeats them; who writes a mark counts it anew."""


def same(name: str, before: str, after: str | None) -> bool:
    """Whether two texts say the same: numbers, moments and colours may be written in another way."""
    if after is None:
        no_moment = name in ("date", "creationdate") and not DATE.match(before)  # one real file says D:-001-1-1
        return DEFAULTS.get(name) == before or no_moment
    if before == after:
        return True
    if name in ("date", "creationdate"):
        return moment(before) == moment(after)
    if name.endswith("color"):
        return before.lower() == after.lower()
    if NUMBERS.match(before) and NUMBERS.match(after):
        one, other = ([float(part) for part in re.split(r"[,;\s]+", text) if part] for text in (before, after))
        return len(one) == len(other) and all(abs(a - b) < 0.001 for a, b in zip(one, other, strict=True))
    return name == "flags" and sorted(before.split(",")) == sorted(after.split(","))


def moment(text: str) -> datetime | str:
    found = DATE.match(text)
    if found is None:
        return text
    year, month, day, hour, minute, second, sign, hours, minutes = found.groups()
    at = datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0))
    away = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return at - away if sign == "+" else at + away


def has_places(element: ElementTree.Element) -> bool:
    return any(element.get(name) or element.find(f"{{{XFDF}}}{name}") is not None for name in PLACED)


def lost(before: ElementTree.Element, after: ElementTree.Element) -> list[str]:
    """What an element no longer says."""
    missing = [
        f"{before.tag} {name}={value!r} -> {after.get(name)!r}"
        for name, value in before.attrib.items()
        if not same(name.rpartition("}")[2], value, after.get(name)) and not (name == "rect" and has_places(before))
    ]
    if (before.text or "").strip() and not same("text", (before.text or "").strip(), (after.text or "").strip()):
        missing.append(f"{before.tag}: {before.text!r} -> {after.text!r}")
    rest = list(after)
    for child in before:
        twin = next((each for each in rest if each.tag == child.tag), None)
        if twin is None:
            missing.append(f"{before.tag} lost {child.tag}")
        else:
            rest.remove(twin)
            missing += lost(child, twin)
    return missing


@pytest.mark.corpus
@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_what_real_files_hold_goes_there_and_back_with_nothing_lost(path: Path) -> None:
    content = as_xfdf(path.read_bytes())
    if content is None:
        pytest.skip("no annotations in it")
    read = FORMAT.read(content)
    written = FORMAT.write(read)
    assert FORMAT.read(written) == read
    assert FORMAT.write(FORMAT.read(written)) == written
    kept = {element.get("name"): element for element in entries(written)}
    for element in entries(content):
        twin = kept[element.get("name")]
        assert twin.tag == element.tag
        assert twin.find(f"{{{FOREIGN}}}extra") is not None
        assert lost(element, twin) == []
