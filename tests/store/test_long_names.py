"""Long names are looked up by their end, and only what has the whole name is found."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_desktop.model.baseline import Baseline
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.model.remote import RemoteRef
from clerk_desktop.store.database import DatabaseFile
from clerk_desktop.store.documents import BY_CONTENT, IN_INBOX
from clerk_desktop.store.keys import derive
from clerk_desktop.store.statements import called
from clerk_desktop.store.store import Store
from tests.store.samples_of import CASE, DOCUMENT, KEY

END = "-the-same-end"
NAMES = [f"1{END}", f"2{END}", END, "1", "", "1" * 60 + END, "2" * 60 + END, f"ü{'ß' * 40}1{END}", f"ü{'ß' * 40}2{END}"]


def baseline(number: int, ref: RemoteRef) -> Baseline:
    return Baseline(object_id=f"object-{number}", kind=ChangeKind.CASE, ref=ref, case=CASE)


@pytest.mark.parametrize("name", NAMES)
def test_names_of_the_server_that_end_alike_are_told_apart(store: Store, name: str) -> None:
    with store.write() as session:
        for number, each in enumerate(NAMES):
            session.baselines.put(
                baseline(number, RemoteRef(server_id=each, series_id=f"s{each}", parent_id=f"p{each}"))
            )
    wanted = f"object-{NAMES.index(name)}"
    with store.read() as session:
        found = (session.baselines.by_server_id(name), session.baselines.by_series_id(f"s{name}"))
        assert [each and each.object_id for each in found] == [wanted, wanted]
        assert session.baselines.case_at(name) == wanted
        assert session.baselines.object_at([f"s{name}"]) == wanted
        assert [child.object_id for child in session.baselines.children(f"p{name}")] == [wanted]
        assert session.baselines.by_server_id(f"3{END}") is None


def test_what_the_server_has_beside_a_list_is_told_by_whole_names(store: Store) -> None:
    with store.write() as session:
        for number, each in enumerate(NAMES):
            session.baselines.put(baseline(number, RemoteRef(server_id=f"now-{each}", series_id=f"s{each}")))
        assert session.baselines.known_beside({f"s{each}" for each in NAMES[1:]}) == (f"now-{NAMES[0]}",)


def test_cases_and_contents_whose_names_end_alike_are_told_apart(store: Store) -> None:
    one = replace(DOCUMENT, case_id=CaseId(f"1{END}"), sha256="1" + 63 * "c")
    other = replace(one, document_id=DocumentId("other"), case_id=CaseId(f"2{END}"), sha256="2" + 63 * "c")
    with store.write() as session:
        session.documents.put(one)
        session.documents.put(other)
        assert session.documents.in_case(CaseId(f"1{END}")) == (one,)
        assert session.documents.in_case(CaseId(f"2{END}")) == (other,)
        assert session.documents.in_case(CaseId(END)) == ()
        assert session.documents.by_sha256(one.sha256) == (one,)
        assert session.documents.by_sha256("3" + 63 * "c") == ()


@pytest.mark.parametrize(
    ("table", "condition", "way"),
    [
        ("baselines", called("server_id"), "SEARCH baselines USING INDEX baselines_server"),
        ("baselines", called("series_id"), "SEARCH baselines USING INDEX baselines_series"),
        ("baselines", called("parent_id"), "SEARCH baselines USING INDEX baselines_parent"),
        ("documents", called("case_id"), "SEARCH documents USING INDEX documents_case"),
        ("documents", BY_CONTENT, "SEARCH documents USING INDEX documents_content"),
        ("documents", IN_INBOX, "SCAN documents USING INDEX documents_inbox"),
    ],
)
def test_a_name_is_looked_up_in_its_index(tmp_path: Path, table: str, condition: str, way: str) -> None:
    Store.open(tmp_path, KEY).close()
    with closing(DatabaseFile(tmp_path / "store", derive(KEY)).connect()) as connection:
        sql = f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE {condition}"
        first = str(connection.execute(sql, ("x",) if "?1" in condition else ()).fetchall()[0][-1])
    assert first.startswith(way)
