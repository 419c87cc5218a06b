"""A colleague has a letter checked out in another program: it is one letter all the same, and work on it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from clerk_desktop.backend.port import Backend
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.editing import DocumentChange
from clerk_desktop.model.errors import FailureKind, ServerError
from clerk_desktop.model.remote import RemoteDocument
from tests.contract.ground import Ground, everything, opener
from tests.contract.samples import PDF, letter

SENDER = (DocumentChange(field=DocumentField.SENDER, text="Meier"),)


@contextmanager
def taken_letter(ground: Ground, post: Backend) -> Iterator[RemoteDocument]:
    """A letter that somebody has checked out."""
    remote = post.deposit(letter(), opener(PDF))
    with ground.caller("admin") as http:
        form = {"cmisaction": "checkOut", "objectId": remote.ref.server_id, "succinct": "true"}
        answer = http.post(ground.root_url, data=form)
        assert answer.is_success, answer.text
        copy = answer.json()["succinctProperties"]["cmis:objectId"]
        yield remote
        http.post(ground.root_url, data={"cmisaction": "cancelCheckOut", "objectId": copy})


def test_the_working_copy_is_no_second_letter(ground: Ground, post: Backend, clerk: Backend) -> None:
    with taken_letter(ground, post) as taken:
        found = everything(clerk)
        assert [each.ref.series_id for each in found] == [taken.ref.series_id]
        again = clerk.deposit(taken.document, opener(PDF))
        assert again.ref.series_id == taken.ref.series_id
        assert len(everything(clerk)) == 1


def test_a_change_is_made_or_waits_and_never_ends_in_a_circle(ground: Ground, post: Backend, clerk: Backend) -> None:
    with taken_letter(ground, post) as taken:
        newest = clerk.fetch(taken.ref.server_id)  # a check-out may count as a change; then the station asks again
        assert isinstance(newest, RemoteDocument)
        try:
            changed = clerk.update_document(newest, SENDER)
        except ServerError as error:
            assert error.kind is FailureKind.RETRY_LATER
        else:
            assert changed.document.sender == "Meier"
