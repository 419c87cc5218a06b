from __future__ import annotations

import contextlib
import hashlib
from dataclasses import replace

import httpx
import pytest

from clerk_desktop.backend.port import Backend
from clerk_desktop.model.errors import ContentDiffers, PermissionDenied, ServerUnreachable
from clerk_desktop.model.remote import RemoteDocument, RemoteRef
from tests.contract.ground import Ground, LosesReplies, everything, opener
from tests.contract.samples import PDF, as_server_has_it, case, letter


def documents(backend: Backend) -> list[RemoteDocument]:
    return [each for each in everything(backend) if isinstance(each, RemoteDocument)]


def read(backend: Backend, ref: RemoteRef, offset: int = 0) -> bytes:
    with backend.content(ref, offset) as pieces:
        return b"".join(pieces)


def test_a_deposited_letter_lies_in_the_inbox_with_all_its_data_and_bytes(
    ground: Ground, post: Backend, clerk: Backend
) -> None:
    document = letter()
    remote = post.deposit(document, opener(PDF))
    assert remote.document == as_server_has_it(document, ground.version)
    assert remote.content_sha256 == document.sha256
    assert remote.content_length == len(PDF)
    assert [found.document for found in documents(clerk)] == [remote.document]
    assert documents(clerk)[0].ref == remote.ref
    assert read(clerk, remote.ref) == PDF


@pytest.mark.parametrize("offset", [0, 1, 65536, len(PDF) - 1])
def test_content_can_be_read_from_any_byte_on(post: Backend, offset: int) -> None:
    remote = post.deposit(letter(), opener(PDF))
    assert read(post, remote.ref, offset) == PDF[offset:]


def test_depositing_again_changes_nothing(post: Backend, clerk: Backend) -> None:
    document = letter()
    first = post.deposit(document, opener(PDF))
    assert clerk.deposit(document, opener(PDF)) == first
    assert len(documents(clerk)) == 1


def test_a_letter_that_was_filed_since_is_not_deposited_again(post: Backend, clerk: Backend) -> None:
    document = letter()
    first = post.deposit(document, opener(PDF))
    filed = clerk.move(first.ref, clerk.create_case(case()).ref)
    again = post.deposit(document, opener(PDF))
    assert again.ref.series_id == first.ref.series_id
    assert again.ref.parent_id == filed.ref.parent_id
    assert len(documents(clerk)) == 1


def test_a_letter_that_was_renamed_since_is_not_deposited_again(ground: Ground, post: Backend) -> None:
    document = letter()
    first = post.deposit(document, opener(PDF))
    ground.rename(first.ref.server_id, "Umbenannt.pdf")
    assert post.deposit(document, opener(PDF)).ref.series_id == first.ref.series_id
    assert len(documents(post)) == 1


def test_a_half_upload_gets_its_content_again(ground: Ground, post: Backend) -> None:
    document = letter()
    half = ground.upload("Posteingang/Blomberg", "x.pdf", PDF[:1000], letter=True, key=document.document_id)
    remote = post.deposit(document, opener(PDF))
    assert remote.content_sha256 == document.sha256
    assert read(post, remote.ref) == PDF
    assert len(documents(post)) == 1
    assert half


def test_content_that_somebody_changed_in_a_case_is_not_overwritten(ground: Ground, post: Backend) -> None:
    document = letter()
    parent = post.create_case(case())
    place = "Akten/Blomberg/20.22/20.22-2026_0001 Hundesteuer Müller"
    ground.upload(place, "x.pdf", b"%PDF other", letter=True, key=document.document_id)
    with pytest.raises(ContentDiffers):
        post.deposit(document, opener(PDF))
    found = documents(post)
    assert [each.ref.parent_id for each in found] == [parent.ref.server_id]
    assert read(post, found[0].ref) == b"%PDF other"


def test_a_name_taken_by_another_letter_does_not_hinder(ground: Ground, post: Backend) -> None:
    document = letter()
    name = f"{document.document_id[:8]} Widerspruch_ Hundesteuer _ Bello („scharf“).pdf"
    ground.upload("Posteingang/Blomberg", name, b"%PDF another", letter=True, key="another-key")
    remote = post.deposit(document, opener(PDF))
    assert read(post, remote.ref) == PDF
    assert len(documents(post)) == 2


def test_what_is_not_what_was_promised_is_not_taken_for_deposited(post: Backend) -> None:
    with pytest.raises(ContentDiffers):
        post.deposit(letter(), opener(b"%PDF damaged on the way"))


def test_a_letter_without_a_known_hash_is_verified_all_the_same(post: Backend) -> None:
    remote = post.deposit(replace(letter(), sha256=""), opener(PDF))
    assert remote.content_sha256 == hashlib.sha256(PDF).hexdigest()


def test_an_empty_file_arrives_empty(post: Backend) -> None:
    remote = post.deposit(letter(b""), opener(b""))
    assert remote.content_length == 0


@pytest.mark.parametrize("error", [httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError])
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_a_lost_answer_leaves_one_letter(
    ground: Ground, clerk: Backend, nth: int, error: type[httpx.TransportError]
) -> None:
    document = letter()
    shaky = ground.connect("post.blomberg", lambda inner: LosesReplies(inner, nth, error))
    for _ in range(5):
        try:
            remote = shaky.deposit(document, opener(PDF))
        except ServerUnreachable:
            continue
        break
    assert remote.document == as_server_has_it(document, ground.version)
    assert len(documents(clerk)) == 1


def test_a_lost_answer_and_a_colleague_who_files_meanwhile_leave_one_letter(ground: Ground, clerk: Backend) -> None:
    document = letter()
    shaky = ground.connect("post.blomberg", lambda inner: LosesReplies(inner, 2, httpx.ReadTimeout))
    with contextlib.suppress(ServerUnreachable):
        shaky.deposit(document, opener(PDF))
    target = clerk.create_case(case())
    for found in documents(clerk):
        clerk.move(found.ref, target.ref)
    remote = ground.connect("post.blomberg").deposit(document, opener(PDF))
    assert len(documents(clerk)) == 1
    assert remote.document.municipality == "blomberg"


def test_nobody_deposits_in_the_inbox_of_another_town(post: Backend) -> None:
    with pytest.raises(PermissionDenied):
        post.deposit(letter(municipality="luegde"), opener(PDF))
