"""The server's search: by the words of cases and letters, for whoever may see them."""

from __future__ import annotations

import pytest

from clerk_desktop.backend.port import Backend
from clerk_desktop.model.searching import wanted_words
from tests.contract.ground import Ground, opener
from tests.contract.samples import PDF, case, letter


def keys(backend: Backend, text: str) -> set[str]:
    """Every id that the server tells of what it found, ours and its own."""
    found = backend.search(wanted_words(text), 20)
    return {key for each in found for key in (*each.server_ids, each.object_key) if key}


def test_a_case_is_found_by_its_number_and_a_letter_by_its_title(clerk: Backend) -> None:
    folder = clerk.create_case(case("20.22-2026/4711"))
    waiting = clerk.deposit(letter(), opener(PDF))
    assert {folder.ref.series_id, folder.ref.server_id} & keys(clerk, "20.22-2026/4711")
    assert {waiting.ref.series_id, waiting.ref.server_id} & keys(clerk, "Widerspruch Hundesteuer")


@pytest.mark.parametrize("text", ["Niemals", "'", "\\", '"', "100%", "a' OR 'a' = 'a", "Widerspruch Niemals", "-"])
def test_nothing_is_found_by_other_words_and_no_sign_breaks_the_query(clerk: Backend, text: str) -> None:
    clerk.create_case(case("20.22-2026/4711"))
    clerk.deposit(letter(), opener(PDF))
    if wanted_words(text):
        assert keys(clerk, text) == set()


def test_nothing_of_another_town_is_found(ground: Ground, clerk: Backend) -> None:
    neighbour = ground.connect("clerk.luegde")
    folder = neighbour.create_case(case("20.22-2026/0815", municipality="luegde"))
    neighbour.move(neighbour.deposit(letter(municipality="luegde"), opener(PDF)).ref, folder.ref)
    assert keys(clerk, "20.22-2026/0815") == set()
    assert keys(clerk, "Widerspruch") == set()
