"""An author's marks beside a document: one file, replaced on its newest state only, moved with the document."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest

from clerk_desktop.backend.port import Backend
from clerk_desktop.model.errors import ChangedMeanwhile
from clerk_desktop.model.exchange import AnnotationFile
from clerk_desktop.model.ids import AnnotationSetId, DocumentId, new_key
from clerk_desktop.model.remote import RemoteAnnotations
from tests.contract.ground import Ground, LosesReplies, everything, opener
from tests.contract.samples import PDF, case, letter
from tests.contract.test_cases import insist

FIRST = "<xfdf>Größe „1“</xfdf>".encode()
SECOND = b"<xfdf>second</xfdf>"


def marks(document_id: DocumentId, content: bytes = FIRST) -> AnnotationFile:
    return AnnotationFile(
        annotation_set_id=AnnotationSetId(new_key()), document_id=document_id, author="clerk.blomberg", content=content
    )


def test_marks_lie_beside_their_document_and_are_read_by_a_colleague(post: Backend, clerk: Backend) -> None:
    remote = post.deposit(letter(), opener(PDF))
    mine = marks(remote.document.document_id)
    put = clerk.put_annotations(mine, remote.ref.parent_id, None)
    assert put.annotations == mine
    assert [each for each in everything(post) if isinstance(each, RemoteAnnotations)] == [put]
    assert post.fetch(put.ref.server_id) == put
    assert clerk.put_annotations(mine, remote.ref.parent_id, None) == put


def test_marks_are_replaced_on_their_newest_state_only(post: Backend, clerk: Backend) -> None:
    remote = post.deposit(letter(), opener(PDF))
    first = clerk.put_annotations(marks(remote.document.document_id), remote.ref.parent_id, None)
    second = clerk.put_annotations(replace(first.annotations, content=SECOND), remote.ref.parent_id, first.ref)
    assert second.annotations.content == SECOND
    found = post.fetch(second.ref.server_id)
    assert isinstance(found, RemoteAnnotations)
    assert found.annotations == second.annotations
    with pytest.raises(ChangedMeanwhile):
        clerk.put_annotations(replace(first.annotations, content=b"<late/>"), remote.ref.parent_id, first.ref)
    with pytest.raises(ChangedMeanwhile):
        clerk.put_annotations(replace(first.annotations, content=b"<blind/>"), remote.ref.parent_id, None)
    assert clerk.put_annotations(second.annotations, remote.ref.parent_id, first.ref).annotations == second.annotations


def test_marks_move_into_the_case_with_their_document(post: Backend, clerk: Backend) -> None:
    remote = post.deposit(letter(), opener(PDF))
    put = clerk.put_annotations(marks(remote.document.document_id), remote.ref.parent_id, None)
    target = clerk.create_case(case())
    clerk.move(remote.ref, target.ref)
    found = post.fetch(put.ref.server_id)
    assert isinstance(found, RemoteAnnotations)
    assert found.ref.parent_id == target.ref.server_id
    assert found.annotations == put.annotations


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_a_lost_answer_leaves_one_file_of_marks(ground: Ground, post: Backend, nth: int) -> None:
    remote = post.deposit(letter(), opener(PDF))
    shaky = ground.connect("clerk.blomberg", lambda inner: LosesReplies(inner, nth, httpx.ReadError))
    mine = marks(remote.document.document_id)
    first = insist(lambda: shaky.put_annotations(mine, remote.ref.parent_id, None))
    later = replace(mine, content=SECOND)
    insist(lambda: shaky.put_annotations(later, remote.ref.parent_id, first.ref))
    assert [each.annotations for each in everything(post) if isinstance(each, RemoteAnnotations)] == [later]


def test_marks_that_did_not_change_are_not_read_again_with_every_listing(ground: Ground, post: Backend) -> None:
    asked: list[httpx.Request] = []

    class Counts(httpx.BaseTransport):
        def __init__(self, inner: httpx.BaseTransport) -> None:
            self._inner = inner

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.params.get("cmisselector") == "content":
                asked.append(request)
            return self._inner.handle_request(request)

        def close(self) -> None:
            self._inner.close()

    remote = post.deposit(letter(), opener(PDF))
    put = post.put_annotations(marks(remote.document.document_id), remote.ref.parent_id, None)
    clerk = ground.connect("clerk.blomberg", Counts)
    first = everything(clerk)
    assert everything(clerk) == first
    assert len(asked) == 1
    post.put_annotations(replace(put.annotations, content=SECOND), remote.ref.parent_id, put.ref)
    assert SECOND in [each.annotations.content for each in everything(clerk) if isinstance(each, RemoteAnnotations)]
    assert len(asked) == 2
