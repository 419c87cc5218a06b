"""The search index: other spellings and mistakes, always in step with the rows, gone with them."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_desktop.model.case import Case
from clerk_desktop.model.ids import CaseId, new_key
from clerk_desktop.model.searching import spelled_alike, wanted_words
from clerk_desktop.store.store import Store
from tests.store.samples_of import CASE, DOCUMENT, IN_INBOX, KEY, fill
from tests.store.test_samples import SAMPLES

PARKING = replace(
    CASE,
    case_id=CaseId("0a000000-0000-4000-8000-000000000018"),
    case_number="32.10-2026/018",
    subject="Anwohnerparken Königstraße 5, neue Quelle",
    participants=("Müller, Erika",),
)
WITHOUT_INDEX = [sample for sample in SAMPLES if sample.stem < "0006"]


def found(store: Store, text: str, limit: int = 10) -> list[str]:
    with store.read() as session:
        return [case.case_number for case in session.search.cases(wanted_words(text), limit)]


def titles(store: Store, text: str) -> list[str]:
    with store.read() as session:
        return [document.title for document in session.search.documents(wanted_words(text), 10)]


def pages(store: Store, text: str) -> list[int]:
    with store.read() as session:
        return [page.page for page in session.texts.find(wanted_words(text), 10)]


def put(store: Store, *cases: Case) -> None:
    with store.write() as session:
        for case in cases:
            session.cases.put(case)


def problems(store: Store) -> tuple[str, ...]:
    with store.read() as session:
        return (*session.search.problems(), *session.texts.problems())


@pytest.mark.parametrize(
    ("one", "other"),
    [("Müller", "mueller"), ("MÜLLER", "Muller"), ("Straße", "STRASSE"), ("Königstraße", "koenigstrasse"), ("07", "7")],
)
def test_these_are_spelled_alike(one: str, other: str) -> None:
    assert spelled_alike(one) == spelled_alike(other)


@pytest.mark.parametrize(("one", "other"), [("neue", "nue"), ("Quelle", "Qulle"), ("70", "7"), ("Bauer", "Baur")])
def test_these_are_not(one: str, other: str) -> None:
    assert spelled_alike(one) != spelled_alike(other)


@pytest.mark.parametrize(
    "text",
    [
        *("32.10-2026/018", "32.10-2026/18", "32 10 2026 18", "32/10-2026.018", "32.10-2026/01", "2026/018"),
        *("32.10-2062/018", "32.10-2026/08", "32.10-2026/0018", "32.10-2026/118"),
        *("anwohnerparken", "Anwohner", "parken", "Anwonherparken", "Anwohnerparkn", "Anwhnerparkem"),
        *("Müller", "mueller", "Muller", "Mulller", "Miller", "Erika Müller", "müller königstrasse", "Müler Erica"),
    ],
)
def test_a_case_is_found_by_what_was_typed(store: Store, text: str) -> None:
    put(store, PARKING)
    assert found(store, text) == [PARKING.case_number]


@pytest.mark.parametrize(
    "text", ["33.20-2026/018", "Brandmauer", "Müller Brandmauer", "Xy", "", "***", '"', "NOT (", "'"]
)
def test_and_not_by_something_else(store: Store, text: str) -> None:
    put(store, PARKING)
    assert found(store, text) == []


def test_what_has_the_word_itself_comes_before_longer_ones_and_mistakes_only_where_there_is_nothing_else(
    store: Store,
) -> None:
    names = {"1/1": "Müllerin", "1/2": "Müller", "1/3": "Muster", "1/4": "Miller"}
    put(store, *(replace(CASE, case_id=CaseId(at), case_number=at, subject=name) for at, name in names.items()))
    assert found(store, "Müller") == ["1/2", "1/1"]
    assert found(store, "Myller") == ["1/4", "1/2"]


def test_the_number_itself_comes_before_those_that_begin_with_it(store: Store) -> None:
    put(store, *(replace(CASE, case_id=CaseId(str(at)), case_number=f"32.10-2026/{at}") for at in (181, 18, 180)))
    assert found(store, "32.10-2026/18") == ["32.10-2026/18", "32.10-2026/180", "32.10-2026/181"]


def test_text_of_pages_is_found_exactly_or_by_the_beginning_that_was_asked_for(store: Store) -> None:
    with store.write() as session:
        session.texts.put("a" * 64, ((1, "Sehr geehrte Frau Weiß"), (2, "Ihr Anwohnerparkausweis")), complete=True)
    assert pages(store, "weiss") == [1]
    assert pages(store, "Anwohner*") == [2]
    for text in ("anwohner", "Anwohnerparkausweiss", "weiss anwohner*"):
        assert pages(store, text) == []


def test_index_and_rows_change_together_or_not_at_all(store: Store) -> None:
    fill(store)
    with pytest.raises(ZeroDivisionError), store.write() as session:
        session.cases.put(PARKING)
        session.documents.put(replace(DOCUMENT, title="Nachtrag"))
        session.texts.put("e" * 64, ((1, "Nachtrag"),), complete=True)
        raise ZeroDivisionError
    assert found(store, "Anwohnerparken") == titles(store, "Nachtrag") == []
    assert pages(store, "Nachtrag") == []
    put(store, PARKING)
    assert found(store, "Anwohnerparken") == [PARKING.case_number]
    assert problems(store) == ()


def test_what_changes_is_found_by_what_it_says_now_only(store: Store) -> None:
    fill(store)
    put(store, PARKING)
    put(store, replace(PARKING, case_number="32.10-2026/7", subject="Halteverbot", participants=()))
    assert found(store, "Halteverbot") == found(store, "32.10-2026/007") == ["32.10-2026/7"]
    assert found(store, "Erika") == found(store, "32.10-2026/018 Halteverbot") == []
    assert problems(store) == ()


def test_what_is_removed_leaves_no_word_behind(store: Store) -> None:
    fill(store)
    put(store, PARKING)
    with store.write() as session:
        for case in (CASE, PARKING):
            session.cases.remove(case.case_id)
        for document in (DOCUMENT, IN_INBOX):
            session.documents.remove(document.document_id)
        session.texts.forget(DOCUMENT.sha256)
    assert found(store, "Anwohnerparken") == titles(store, "Antrag") == []
    assert pages(store, "Genehmigung") == []
    assert problems(store) == ()
    with store.read() as session:
        assert session.texts.kept() == frozenset()


def test_a_case_that_came_among_many_is_found_by_its_number_at_once(store: Store) -> None:
    many = [replace(CASE, case_id=CaseId(new_key()), case_number=f"32.10-2026/{count:03}") for count in range(1, 301)]
    with store.write() as session:
        session.cases.put_new(many)
        assert session.search.waiting() == len(many)
    assert found(store, "32.10-2026/018")[:2] == ["32.10-2026/018", "32.10-2026/180"]
    assert found(store, "32 10 2026 30")[:2] == ["32.10-2026/030", "32.10-2026/300"]


@pytest.mark.parametrize("sample", WITHOUT_INDEX, ids=lambda sample: sample.stem)
def test_rows_of_an_older_schema_are_indexed_slice_by_slice(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    shutil.copyfile(sample, tmp_path / "store" / "clerk.db")
    with closing(Store.open(tmp_path, KEY)) as store:
        with store.read() as session:
            waiting = session.search.waiting()
        assert waiting == 3
        put(store, replace(CASE, subject="Straßenfest am Markt"))  # whoever writes a row need not wait for its turn
        slices = 0
        more = True
        while more:
            with store.write() as session:
                more = session.search.catch_up(1)
            slices += 1
            assert problems(store) == ()
        assert slices == waiting
        assert found(store, "Strassenfest Markt") == [CASE.case_number]
        assert titles(store, "Foerderverein") == [DOCUMENT.title] * 2
