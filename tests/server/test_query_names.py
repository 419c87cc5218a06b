"""Names are found by what they are, letter by letter, although an index of folded names serves the search."""

from __future__ import annotations

import random
import re

import pytest

from tests.server.office import Caller

LETTERS = (
    "a",
    "A",
    "e",
    "E",
    "e\u0301",
    "é",
    "É",
    "\u0301",
    "ß",
    "ss",
    "İ",
    "i",
    "\u212a",
    "K",
    "ﬁ",
    "f",
    "1",
    " ",
    "한",
    "하",
    "ᆫ",
    "'",
    "%",
    "_",
)


@pytest.fixture
def names(clerk: Caller, inbox: str) -> list[str]:
    chance = random.Random(1)
    for _ in range(70):
        # some are refused: taken by another case or form of the same letters, or blank
        name = "".join(chance.choice(LETTERS) for _ in range(chance.randrange(1, 5)))
        clerk.create_document(inbox, name, None)
    listed = clerk.get("children", inbox, maxItems="100").json["objects"]
    return sorted(each["object"]["succinctProperties"]["cmis:name"] for each in listed)


def found(clerk: Caller, condition: str) -> list[str]:
    reply = clerk.query(f"SELECT cmis:name FROM clerk:document WHERE {condition}", maxItems="100")
    assert reply.fault is None, reply.body
    assert reply.json["numItems"] == len(reply.json["results"])
    return sorted(row["succinctProperties"]["cmis:name"] for row in reply.json["results"])


def escaped(text: str) -> str:
    return re.sub(r"([%_\\])", r"\\\1", text)


def quoted(text: str) -> str:
    return "'" + text.replace("'", "\\'") + "'"


def test_a_name_is_found_by_itself_alone(clerk: Caller, names: list[str]) -> None:
    assert len(names) > 40
    for name in names:
        assert found(clerk, f"cmis:name = {quoted(name)}") == [name]
        assert found(clerk, f"cmis:name LIKE {quoted(escaped(name))}") == [name]


def test_patterns_find_what_fits_them(clerk: Caller, names: list[str]) -> None:
    chance = random.Random(2)
    for _ in range(300):
        name = chance.choice(names)
        place = chance.randrange(len(name) + 1)
        wild = chance.choice(("%", "_", "%%", "_%"))
        pattern = escaped(name[:place]) + wild + (escaped(name[place + 1 :]) if chance.random() < 0.5 else "")
        expected = re.sub(
            r"\\(.)|(%)|(_)|(.)",
            lambda match: ".*" if match[2] else "." if match[3] else re.escape(match[1] or match[4]),
            pattern,
            flags=re.DOTALL,
        )
        fitting = [each for each in names if re.fullmatch(expected, each, re.DOTALL)]
        assert found(clerk, f"cmis:name LIKE {quoted(pattern)}") == fitting, pattern
        others = [each for each in names if each not in fitting]
        assert found(clerk, f"cmis:name NOT LIKE {quoted(pattern)}") == others, pattern
