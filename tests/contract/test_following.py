from __future__ import annotations

import pytest

from clerk_desktop.backend.port import Backend
from clerk_desktop.model.case import CaseField
from clerk_desktop.model.editing import CaseChange
from clerk_desktop.model.errors import Missing
from clerk_desktop.model.remote import RemoteCase, RemoteChangeKind, RemoteObject
from tests.contract.ground import Ground, everything, opener
from tests.contract.samples import PDF, case, event, letter


def follow(backend: Backend, token: str, known: dict[str, RemoteObject], limit: int) -> str:
    """What a workstation does: fetch what the log names, drop what is gone."""
    for _ in range(500):
        page = backend.changes(token, limit)
        for change in page.changes:
            try:
                found = None if change.kind is RemoteChangeKind.DELETED else backend.fetch(change.server_id)
            except Missing:
                found = None
            if found is None:
                known.pop(change.server_id, None)
            else:
                known[found.ref.server_id] = found
        token = page.token
        if not page.more:
            return token
    raise AssertionError("the log does not end")


def test_whoever_follows_the_log_has_what_a_full_listing_has(ground: Ground, post: Backend, clerk: Backend) -> None:
    for limit in (1, 2, 100):
        known: dict[str, RemoteObject] = {}
        token = post.change_token()
        for page in post.everything():
            known.update({each.ref.server_id: each for each in page})
        target = clerk.create_case(case(f"20.22-2026/{limit}"))
        document = letter()
        remote = clerk.deposit(document, opener(PDF))
        clerk.add_event(event(document), remote.ref.parent_id)
        token = follow(post, token, known, limit)
        gone = clerk.deposit(letter(), opener(PDF))
        clerk.move(remote.ref, target.ref)
        clerk.update_case(target, (CaseChange(field=CaseField.SUBJECT, text="neu"),))
        ground.delete(gone.ref.server_id)
        token = follow(post, token, known, limit)
        assert known == {each.ref.server_id: each for each in everything(post)}
        assert post.changes(token, limit).changes == ()


def test_whoever_follows_is_told_of_all_that_was_made_and_changed(post: Backend, clerk: Backend) -> None:
    for limit in (1, 2, 100):
        before = clerk.create_case(case(f"20.22-2026/0{limit}"))
        known: dict[str, RemoteObject] = {}
        token = follow(post, post.change_token(), known, limit)
        known.clear()
        target = clerk.create_case(case(f"20.22-2026/{limit}"))
        remote = clerk.deposit(letter(), opener(PDF))
        happened = clerk.add_event(event(), target.ref.server_id)
        clerk.update_case(before, (CaseChange(field=CaseField.SUBJECT, text="neu"),))
        follow(post, token, known, limit)
        wanted = {each.ref.server_id for each in (before, target, remote, happened)}
        assert wanted <= set(known)
        assert all(known[server_id] == clerk.fetch(server_id) for server_id in wanted)


def test_a_folder_tells_what_lies_in_it_and_in_which_state(ground: Ground, post: Backend, clerk: Backend) -> None:
    target, other = clerk.create_case(case("20.22-2026/1")), clerk.create_case(case("20.22-2026/2"))
    letters = [clerk.deposit(letter(), opener(PDF)) for _ in range(3)]
    for remote in letters:
        clerk.move(remote.ref, target.ref)
    clerk.add_event(event(), target.ref.server_id)

    def there() -> list[RemoteObject]:
        return [each for each in everything(post) if each.ref.parent_id == target.ref.server_id]

    assert set(post.lying_in(target.ref.server_id)) == {each.ref for each in there()}
    moved = clerk.fetch(letters[0].ref.server_id)
    assert moved is not None
    clerk.move(moved.ref, other.ref)
    ground.delete(letters[1].ref.server_id)
    assert set(post.lying_in(target.ref.server_id)) == {each.ref for each in there()}
    assert len(there()) == 2
    ground.delete(target.ref.server_id)
    with pytest.raises(Missing):
        post.lying_in(target.ref.server_id)


def test_each_parent_is_listed_before_what_lies_in_it(clerk: Backend) -> None:
    for number in range(3):
        target = clerk.create_case(case(f"20.22-2026/{number}"))
        clerk.move(clerk.deposit(letter(), opener(PDF)).ref, target.ref)
        clerk.add_event(event(), target.ref.server_id)
    seen: set[str] = set()
    for each in everything(clerk):
        if isinstance(each, RemoteCase):
            seen.add(each.ref.server_id)
        else:
            assert each.ref.parent_id in seen


def test_what_another_program_put_beside_our_objects_is_left_alone(ground: Ground, clerk: Backend) -> None:
    server_id = ground.upload("Posteingang/Blomberg", "Notiz.pdf", b"%PDF")
    assert clerk.fetch(server_id) is None
    assert everything(clerk) == []


def test_a_letter_that_another_program_put_in_has_one_id_everywhere(ground: Ground, clerk: Backend) -> None:
    server_id = ground.upload("Posteingang/Blomberg", "Brief.pdf", b"%PDF", letter=True)
    fetched = clerk.fetch(server_id)
    assert [fetched] == everything(ground.connect("post.blomberg"))
    assert fetched is not None


def test_a_case_deleted_after_the_listing_began_is_no_failure(ground: Ground, clerk: Backend) -> None:
    target = clerk.create_case(case())
    pages = clerk.everything()
    ground.delete(target.ref.server_id)
    assert [each for page in pages for each in page] == []
