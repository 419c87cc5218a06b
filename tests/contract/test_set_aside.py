from __future__ import annotations

from dataclasses import replace

import pytest

from clerk_desktop.backend.port import Backend
from clerk_desktop.model.errors import ChangedMeanwhile, Missing
from clerk_desktop.model.remote import RemoteDocument, RemoteEvent
from tests.contract.ground import everything, opener
from tests.contract.samples import PDF, case, event, letter


def inbox(backend: Backend) -> list[str]:
    return [each.document.document_id for each in everything(backend) if isinstance(each, RemoteDocument)]


def test_a_letter_that_is_set_aside_is_kept_and_nobody_s_letter_any_more(post: Backend, clerk: Backend) -> None:
    gone, stays = letter(), letter(PDF + b"2")
    remote = post.deposit(gone, opener(PDF))
    post.deposit(stays, opener(PDF + b"2"))
    post.set_aside(remote.ref, gone.municipality)
    assert inbox(clerk) == [stays.document_id]
    for backend in (post, clerk):
        with pytest.raises(Missing):
            backend.fetch(remote.ref.server_id)
    with post.content(remote.ref) as pieces:
        assert b"".join(pieces) == PDF


def test_setting_aside_again_is_a_success(post: Backend, clerk: Backend) -> None:
    remote = post.deposit(letter(), opener(PDF))
    post.set_aside(remote.ref, "blomberg")
    post.set_aside(remote.ref, "blomberg")
    clerk.set_aside(remote.ref, "blomberg")
    assert inbox(post) == []


def test_what_is_told_about_the_letter_goes_with_it(post: Backend, clerk: Backend) -> None:
    remote = post.deposit(letter(), opener(PDF))
    about = replace(event(), case_id=None, document_id=remote.document.document_id)
    post.add_event(about, remote.ref.parent_id)
    post.set_aside(remote.ref, "blomberg")
    assert [each for each in everything(clerk) if isinstance(each, RemoteEvent)] == []


def test_a_letter_that_somebody_filed_is_not_set_aside(post: Backend, clerk: Backend) -> None:
    remote = post.deposit(letter(), opener(PDF))
    target = clerk.create_case(case())
    clerk.move(remote.ref, target.ref)
    with pytest.raises(ChangedMeanwhile):
        post.set_aside(remote.ref, "blomberg")
    found = post.fetch(remote.ref.server_id)
    assert isinstance(found, RemoteDocument)
    assert found.ref.parent_id == target.ref.server_id
