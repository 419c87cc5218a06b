"""Content that the disk lost or changed: fetched again where the server has it, held and said where it has not."""

from __future__ import annotations

import pytest

from clerk_desktop.model.errors import ContentDamaged
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.outbox import DepositDocument, OutboxState
from tests.office.office import Office
from tests.office.serverside import ServerSide
from tests.office.station import Station
from tests.office.test_pinned import filed


def sha_of(station: Station, letter: DocumentId) -> str:
    document = station.document(letter)
    assert document is not None
    return document.sha256


def damage(office: Office[ServerSide], station: Station) -> int:
    """Turn a bit in every content of a station; returns how many there are."""
    files = [path for path in (office.place / station.user / "store" / "blobs").glob("??/*") if path.is_file()]
    for path in files:
        content = bytearray(path.read_bytes())
        content[-1] ^= 1
        path.write_bytes(content)
    return len(files)


@pytest.mark.parametrize("how", ["missing", "damaged"])
def test_a_pinned_letter_that_the_disk_lost_comes_again_by_itself(office: Office[ServerSide], how: str) -> None:
    clerk = office.station("clerk")
    case_id, [letter] = filed(office, b"one")
    clerk.pin(case_id)
    clerk.sync()
    sha256 = sha_of(clerk, letter)
    if how == "missing":
        clerk.store.blobs.remove(sha256)
    else:
        assert damage(office, clerk) == 1
        with pytest.raises(ContentDamaged):
            clerk.store.blobs.read(sha256)
    assert not clerk.has_content(letter)
    clerk.sync()
    assert clerk.store.blobs.read(sha256) == b"one\0"


def test_an_opened_letter_that_the_disk_changed_is_fetched_when_it_is_opened_again(office: Office[ServerSide]) -> None:
    clerk = office.station("clerk")
    _, [letter] = filed(office, b"one")
    clerk.sync()
    clerk.fetch_content(letter)
    damage(office, clerk)
    with pytest.raises(ContentDamaged):
        clerk.store.blobs.read(sha_of(clerk, letter))
    assert clerk.fetch_content(letter) == b"one\0"


@pytest.mark.parametrize("how", ["missing", "damaged"])
def test_an_unsent_letter_that_the_disk_lost_is_held_and_said_and_other_work_goes_on(
    office: Office[ServerSide], how: str
) -> None:
    mailroom = office.station("post")
    [lost] = mailroom.scan(b"lost")
    if how == "missing":
        mailroom.store.blobs.remove(sha_of(mailroom, lost))
    else:
        damage(office, mailroom)
    [whole] = mailroom.scan(b"whole")
    case_id = mailroom.open_case("Hundesteuer")
    assert mailroom.sync().stopped is None
    [held] = mailroom.outbox()
    assert (held.operation, held.state) == (DepositDocument(document_id=lost), OutboxState.NEEDS_CLERK)
    assert held.error == ("NotKnown" if how == "missing" else "ContentDamaged")
    assert case_id in office.truth().cases
    assert whole in office.truth().documents
    assert lost not in office.truth().documents
    mailroom.sync()
    assert [entry.operation for entry in mailroom.outbox()] == [held.operation]
