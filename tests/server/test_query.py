from __future__ import annotations

from typing import Any

import pytest

from tests.server.office import REPOSITORY, Caller

CASES: tuple[dict[str, Any], ...] = (
    {
        "caseNumber": "1/26",
        "subject": "Straßenlaterne",
        "status": "open",
        "dueOn": 1_770_000_000_000,
        "participants": ["Müller", "Amt 61"],
    },
    {
        "caseNumber": "2/26",
        "subject": "100% Förderung",
        "status": "closed",
        "dueOn": 1_780_000_000_000,
        "participants": ["Meier"],
    },
    {"caseNumber": "3/26", "subject": "O'Neil \\ Söhne_GmbH", "status": "open", "participants": []},
    {"caseNumber": "4/26", "subject": "[a] * ?", "status": "waiting", "dueOn": 1_790_000_000_000},
)


@pytest.fixture
def filled(clerk: Caller, cases: str) -> str:
    plan = clerk.create_folder(cases, "10 Plan", "cmis:folder").id
    for number, given in enumerate(CASES):
        clerk.create_folder(plan, f"Vorgang {number + 1}", **given)
    return plan


def numbers(clerk: Caller, condition: str) -> list[str]:
    reply = clerk.query(f"SELECT clerk:caseNumber AS n FROM clerk:case WHERE {condition} ORDER BY n")
    assert reply.fault is None, reply.body
    assert reply.json["numItems"] == len(reply.json["results"])
    return [row["succinctProperties"]["n"].removesuffix("/26") for row in reply.json["results"]]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("clerk:status = 'open'", "13"),
        ("clerk:status <> 'open'", "24"),
        ("clerk:status IN ('open', 'waiting')", "134"),
        ("clerk:status NOT IN ('open', 'waiting')", "2"),
        ("NOT clerk:status = 'open'", "24"),
        ("clerk:status = 'open' AND clerk:dueOn IS NULL", "3"),
        ("clerk:status = 'closed' OR clerk:status = 'open' AND clerk:dueOn IS NOT NULL", "12"),
        ("(clerk:status = 'closed' OR clerk:status = 'open') AND clerk:dueOn IS NOT NULL", "12"),
        ("clerk:dueOn > TIMESTAMP '2026-03-01T00:00:00.000Z'", "24"),
        ("clerk:dueOn <= TIMESTAMP '2026-02-02T03:40:00.000+01:00'", "1"),
        ("clerk:subject LIKE 'Stra%'", "1"),
        ("clerk:subject LIKE 'stra%'", ""),
        ("clerk:subject LIKE '100\\% %'", "2"),
        ("clerk:subject LIKE '%S_hne\\_GmbH'", "3"),
        ("clerk:subject LIKE '[a]%*%?'", "4"),
        ("clerk:subject = 'O\\'Neil \\\\ Söhne_GmbH'", "3"),
        ("clerk:subject = 'O''Neil \\\\ Söhne_GmbH'", "3"),
        ("'Meier' = ANY clerk:participants", "2"),
        ("ANY clerk:participants IN ('Müller', 'Meier')", "12"),
        ("clerk:participants IS NULL", "34"),
        ("clerk:participants IS NOT NULL", "12"),
        ("CONTAINS('strassenlaterne')", "1"),
        ("CONTAINS('STRASSEN*')", "1"),
        ("CONTAINS('laterne OR forderung')", "2"),
        ("CONTAINS('sohne gmbh -laterne')", "3"),
        ("CONTAINS('\"amt 61\"')", "1"),
        ("cmis:name LIKE 'Vorgang%' AND cmis:createdBy = 'clerk.blomberg'", "1234"),
    ],
)
def test_conditions_find_what_they_say(clerk: Caller, filled: str, condition: str, expected: str) -> None:
    assert "".join(numbers(clerk, condition)) == expected


def test_a_pattern_beyond_what_is_compared_is_refused(clerk: Caller, filled: str) -> None:
    statement = f"SELECT * FROM clerk:case WHERE clerk:subject LIKE '%{'a' * 50_001}%'"
    assert clerk.post("query", url=REPOSITORY, statement=statement).fault == "invalidArgument"


def test_folders_and_trees_limit_the_search(clerk: Caller, cases: str, filled: str) -> None:
    assert numbers(clerk, f"IN_FOLDER('{filled}')") == ["1", "2", "3", "4"]
    assert numbers(clerk, f"IN_FOLDER('{cases}')") == []
    assert numbers(clerk, f"IN_TREE('{cases}')") == ["1", "2", "3", "4"]


def test_pages_fit_together_and_tell_the_whole_number(clerk: Caller, filled: str) -> None:
    statement = "SELECT clerk:caseNumber FROM clerk:case ORDER BY clerk:caseNumber DESC"
    pages = [clerk.query(statement, maxItems="3", skipCount=str(skip)).json for skip in (0, 3)]
    found = [row["succinctProperties"]["clerk:caseNumber"] for page in pages for row in page["results"]]
    assert found == ["4/26", "3/26", "2/26", "1/26"]
    assert [page["hasMoreItems"] for page in pages] == [True, False]
    assert {page["numItems"] for page in pages} == {4}


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("clerk:dueOn", "3124"),
        ("clerk:dueOn DESC", "4213"),
        ("clerk:dueOn, clerk:caseNumber DESC", "3124"),
        ("clerk:status, clerk:dueOn DESC", "2134"),
        ("clerk:closedOn, clerk:caseNumber DESC", "4321"),
    ],
)
def test_what_has_no_value_is_the_least_on_every_page(clerk: Caller, filled: str, order: str, expected: str) -> None:
    statement = f"SELECT clerk:caseNumber FROM clerk:case ORDER BY {order}"
    for size in (1, 2, 3, 4):
        pages = [clerk.query(statement, maxItems=str(size), skipCount=str(skip)).json for skip in range(0, 6, size)]
        found = [row["succinctProperties"]["clerk:caseNumber"] for page in pages for row in page["results"]]
        assert "".join(found).replace("/26", "") == expected
        assert {page["numItems"] for page in pages} == {4}


def test_rows_are_keyed_by_alias_or_query_name(clerk: Caller, filled: str) -> None:
    row = clerk.query("SELECT c.cmis:name, c.clerk:status AS s FROM clerk:case AS c WHERE c.clerk:caseNumber = '1/26'")
    assert row.json["results"][0] == {"succinctProperties": {"cmis:name": "Vorgang 1", "s": "open"}}
    full = clerk.query("SELECT clerk:status AS s FROM clerk:case WHERE clerk:caseNumber = '1/26'", succinct="false")
    assert full.json["results"][0]["properties"]["s"]["id"] == "clerk:status"
    assert full.json["results"][0]["properties"]["s"]["queryName"] == "s"


def test_only_latest_versions_are_found_unless_all_are_asked_for(clerk: Caller, inbox: str) -> None:
    first = clerk.create_document(inbox, "brief.pdf")
    clerk.post("checkIn", clerk.post("checkOut", first.id).id)
    assert clerk.query("SELECT * FROM clerk:document").json["numItems"] == 1
    assert clerk.query("SELECT * FROM clerk:document", searchAllVersions="true").json["numItems"] == 2


@pytest.mark.parametrize(
    "statement",
    [
        "",
        "SELECT",
        "SELECT * FROM nothing",
        "SELECT nothing FROM cmis:document",
        "SELECT * FROM cmis:document WHERE",
        "SELECT * FROM cmis:document WHERE cmis:name = 5",
        'SELECT * FROM cmis:document WHERE cmis:name = "x"',
        "SELECT * FROM cmis:document WHERE cmis:name = 'x",
        "SELECT * FROM cmis:document WHERE cmis:creationDate > TIMESTAMP 'gestern'",
        "SELECT * FROM cmis:document WHERE cmis:creationDate > 'x'",
        "SELECT * FROM cmis:document; DROP TABLE object",
        "SELECT * FROM cmis:document WHERE cmis:name = 'x' UNION SELECT * FROM user",
        "SELECT * FROM cmis:document WHERE CONTAINS('a') OR CONTAINS('b')",
        "SELECT * FROM cmis:document WHERE CONTAINS('')",
        "SELECT * FROM cmis:document a JOIN cmis:folder b ON a.cmis:objectId = b.cmis:objectId",
        "SELECT * FROM cmis:document WHERE clerk:participants = 'x'",
        "SELECT * FROM clerk:case WHERE ANY clerk:status IN ('x')",
        "SELECT * FROM cmis:document ORDER BY cmis:secondaryObjectTypeIds",
        "SELECT * FROM cmis:document WHERE " + "(" * 60 + "cmis:name = 'x'" + ")" * 60,
        "SELECT * FROM cmis:document WHERE " + "NOT " * 3000 + "(cmis:name = 'x')",
        "SELECT * FROM cmis:document WHERE " + " OR ".join(["cmis:name = 'x'"] * 5000),
    ],
)
def test_statements_that_mean_nothing_are_refused(clerk: Caller, statement: str) -> None:
    assert clerk.post("query", url="http://localhost/cmis/clerk", statement=statement).fault == "invalidArgument"
