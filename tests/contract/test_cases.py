from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import httpx
import pytest

from clerk_desktop.backend.port import Backend
from clerk_desktop.model.account import Template
from clerk_desktop.model.case import CaseField, CaseStatus
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.editing import CaseChange, DocumentChange
from clerk_desktop.model.errors import ChangedMeanwhile, Missing, ServerUnreachable
from clerk_desktop.model.remote import RemoteCase, RemoteDocument, RemoteEvent
from tests.contract.ground import Ground, LosesReplies, everything, opener
from tests.contract.samples import PDF, case, event, letter

SUBJECT = (CaseChange(field=CaseField.SUBJECT, text="Neuer Betreff"), CaseChange(field=CaseField.DUE_ON, text=""))
SENDER = (DocumentChange(field=DocumentField.SENDER, text="Meier"), DocumentChange(field=DocumentField.TITLE, text="T"))
T = TypeVar("T")
LOSSES = [httpx.ReadTimeout, httpx.ReadError]


def insist(attempt: Callable[[], T]) -> T:
    """Try again once, as a workstation does after an answer got lost."""
    try:
        return attempt()
    except ServerUnreachable:
        return attempt()


def test_a_new_case_has_all_its_data(clerk: Backend, post: Backend) -> None:
    new = case()
    remote = clerk.create_case(new)
    assert remote.case == new
    assert [each for each in everything(post) if isinstance(each, RemoteCase)] == [remote]
    assert post.fetch(remote.ref.server_id) == remote


def test_creating_a_case_again_changes_nothing(clerk: Backend, post: Backend) -> None:
    new = case()
    first = clerk.create_case(new)
    assert post.create_case(new) == first
    assert len(everything(post)) == 1


def test_two_cases_of_the_same_number_and_subject_are_two_cases(clerk: Backend) -> None:
    first, second = clerk.create_case(case()), clerk.create_case(case())
    assert first.ref.server_id != second.ref.server_id
    assert len(everything(clerk)) == 2


def test_cases_of_one_filing_plan_entry_lie_in_the_folder_that_is_there(ground: Ground, clerk: Backend) -> None:
    ground.upload("Vorlagen", "aktenplan.json", b'[{"number": "20.22", "title": "Hundesteuer"}]')
    first = clerk.create_case(case())
    second = ground.connect("post.blomberg").create_case(case("20.22-2026/0002"))
    assert first.ref.parent_id == second.ref.parent_id
    with ground.caller("admin") as http:
        url = f"{ground.root_url}/Akten/Blomberg/20.22%20Hundesteuer"
        assert http.get(url, params={"cmisselector": "object"}).is_success


def test_a_changed_case_keeps_what_was_not_changed(clerk: Backend) -> None:
    new = case()
    remote = clerk.update_case(clerk.create_case(new), SUBJECT)
    assert remote.case == replace(new, subject="Neuer Betreff", due_on=None)
    assert clerk.fetch(remote.ref.server_id) == remote


def test_lists_and_states_of_a_case_can_be_changed(clerk: Backend) -> None:
    changes = (
        CaseChange(field=CaseField.PARTICIPANTS, text="A; B; C"),
        CaseChange(field=CaseField.STATUS, text="closed"),
        CaseChange(field=CaseField.CLOSED_ON, text="2026-05-01"),
    )
    remote = clerk.update_case(clerk.create_case(case()), changes)
    assert remote.case.participants == ("A", "B", "C")
    assert remote.case.status is CaseStatus.CLOSED
    emptied = clerk.update_case(remote, (CaseChange(field=CaseField.PARTICIPANTS, text=""),))
    assert emptied.case.participants == ()


def test_who_comes_second_learns_that_the_case_has_changed(clerk: Backend, post: Backend) -> None:
    old = clerk.create_case(case())
    clerk.update_case(old, SUBJECT)
    with pytest.raises(ChangedMeanwhile):
        post.update_case(old, (CaseChange(field=CaseField.ASSIGNEE, text="x"),))


def test_a_change_that_has_happened_already_is_a_success(clerk: Backend) -> None:
    old = clerk.create_case(case())
    first = clerk.update_case(old, SUBJECT)
    assert clerk.update_case(old, SUBJECT) == first


def test_a_changed_document_keeps_what_was_not_changed(clerk: Backend, post: Backend) -> None:
    remote = post.deposit(letter(), opener(PDF))
    changed = clerk.update_document(remote, SENDER)
    assert changed.document == replace(remote.document, sender="Meier", title="T")
    assert changed.ref.parent_id == remote.ref.parent_id
    assert clerk.update_document(remote, SENDER) == changed
    with pytest.raises(ChangedMeanwhile):
        post.update_document(remote, (DocumentChange(field=DocumentField.SENDER, text="Schulze"),))


def test_a_filed_document_lies_in_its_case_with_the_events_about_it(clerk: Backend, post: Backend) -> None:
    document, other = letter(), letter(b"%PDF other")
    remote = post.deposit(document, opener(PDF))
    inbox = remote.ref.parent_id
    stays = post.deposit(other, opener(b"%PDF other"))
    about = post.add_event(event(document), inbox)
    post.add_event(event(other), inbox)
    target = clerk.create_case(case())
    moved = clerk.move(remote.ref, target.ref)
    assert moved.document == remote.document
    assert moved.ref.parent_id == target.ref.server_id
    in_case = {each.ref.series_id for each in everything(post) if each.ref.parent_id == target.ref.server_id}
    assert in_case == {moved.ref.series_id, about.ref.series_id}
    assert sum(each.ref.parent_id == stays.ref.parent_id for each in everything(post)) == 2


def test_filing_again_is_a_success_also_with_what_was_known_before(clerk: Backend, post: Backend) -> None:
    remote = post.deposit(letter(), opener(PDF))
    target = clerk.create_case(case())
    moved = clerk.move(remote.ref, target.ref)
    assert clerk.move(remote.ref, target.ref) == moved
    assert clerk.move(moved.ref, target.ref) == moved


def test_a_document_that_somebody_filed_elsewhere_is_a_conflict(clerk: Backend, post: Backend) -> None:
    remote = post.deposit(letter(), opener(PDF))
    one, other = clerk.create_case(case()), clerk.create_case(case("20.22-2026/0002"))
    clerk.move(remote.ref, one.ref)
    with pytest.raises(ChangedMeanwhile):
        post.move(remote.ref, other.ref)


def test_what_is_deleted_is_missing(ground: Ground, clerk: Backend, post: Backend) -> None:
    remote = post.deposit(letter(), opener(PDF))
    target = clerk.create_case(case())
    ground.delete(remote.ref.server_id)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: clerk.fetch(remote.ref.server_id),
        lambda: clerk.update_document(remote, SENDER),
        lambda: clerk.move(remote.ref, target.ref),
    )
    for attempt in attempts:
        with pytest.raises(Missing):
            attempt()
    with pytest.raises(Missing), clerk.content(remote.ref) as pieces:
        list(pieces)


def test_an_event_is_appended_once(clerk: Backend, post: Backend) -> None:
    target = clerk.create_case(case())
    happened = event()
    first = clerk.add_event(happened, target.ref.server_id)
    assert first.event == happened
    assert post.add_event(happened, target.ref.server_id) == first
    assert [each for each in everything(post) if isinstance(each, RemoteEvent)] == [first]
    assert post.fetch(first.ref.server_id) == first


def test_two_events_of_one_kind_stand_side_by_side(clerk: Backend) -> None:
    target = clerk.create_case(case())
    for _ in range(3):
        clerk.add_event(event(), target.ref.server_id)
    assert len(everything(clerk)) == 4


def test_an_event_for_a_folder_that_is_gone_is_missing(ground: Ground, clerk: Backend) -> None:
    target = clerk.create_case(case())
    ground.delete(target.ref.server_id)
    with pytest.raises(Missing):
        clerk.add_event(event(), target.ref.server_id)


def test_numbers_of_each_key_and_year_count_from_one(ground: Ground) -> None:
    one, other = ground.connect("clerk.blomberg"), ground.connect("clerk.luegde")
    assert [one.next_number("20.22", 2026), other.next_number("20.22", 2026), one.next_number("20.22", 2026)] == [
        1,
        2,
        3,
    ]
    assert [other.next_number("20.22", 2027), one.next_number("10/1", 2026)] == [1, 1]


def test_numbers_drawn_at_the_same_time_are_given_out_once_and_without_gaps(ground: Ground) -> None:
    backends = [ground.connect("clerk.blomberg"), ground.connect("clerk.luegde"), ground.connect("post.blomberg")]
    drawn: list[int] = []
    threads = [
        threading.Thread(target=lambda own=own: drawn.extend(own.next_number("20.22", 2026) for _ in range(10)))
        for own in backends
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(drawn) == list(range(1, 31))


@pytest.mark.parametrize("error", LOSSES)
@pytest.mark.parametrize("nth", range(1, 6))
def test_lost_answers_leave_one_of_everything(ground: Ground, nth: int, error: type[httpx.TransportError]) -> None:
    sure = ground.connect("post.blomberg")
    shaky = ground.connect("clerk.blomberg", lambda inner: LosesReplies(inner, nth, error))
    new, happened, document = case(), event(), letter()
    deposited = sure.deposit(document, opener(PDF))
    about = event(document)
    sure.add_event(about, deposited.ref.parent_id)

    target = insist(lambda: shaky.create_case(new))
    insist(lambda: shaky.add_event(happened, target.ref.server_id))
    changed = insist(lambda: shaky.update_document(deposited, SENDER))
    moved = insist(lambda: shaky.move(changed.ref, target.ref))
    updated = insist(lambda: shaky.update_case(target, SUBJECT))
    assert updated.case.subject == "Neuer Betreff"
    found = everything(sure)
    assert sum(isinstance(each, RemoteCase) for each in found) == 1
    assert [each.ref.series_id for each in found if isinstance(each, RemoteDocument)] == [moved.ref.series_id]
    assert {each.event.event_id for each in found if isinstance(each, RemoteEvent)} == {
        happened.event_id,
        about.event_id,
    }
    assert {each.ref.parent_id for each in found if not isinstance(each, RemoteCase)} == {target.ref.server_id}


@pytest.mark.parametrize("error", LOSSES)
def test_a_number_whose_answer_got_lost_is_not_given_out_again(ground: Ground, error: type) -> None:
    shaky = ground.connect("clerk.blomberg", lambda inner: LosesReplies(inner, 3, error))
    drawn = [shaky.next_number("x", 2026)]
    for _ in range(3):
        try:
            drawn.append(shaky.next_number("x", 2026))
        except ServerUnreachable:
            continue
    assert len(set(drawn)) == len(drawn)
    assert drawn == sorted(drawn)


def test_shared_files_of_the_office_are_read_by_all_towns(ground: Ground, clerk: Backend) -> None:
    assert clerk.template(Template.SETTINGS) is None
    ground.upload("Vorlagen", "einstellungen.toml", b"auto_file = true\n")
    assert clerk.template(Template.SETTINGS) == b"auto_file = true\n"
    assert ground.connect("clerk.luegde").template(Template.SETTINGS) == b"auto_file = true\n"
