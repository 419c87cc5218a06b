"""Pages put into other letters: the office agrees in the end, whatever breaks in between, and no page is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from clerk_desktop.intake.identity import event_key, letter_key
from clerk_desktop.intake.reconcile import reconcile
from clerk_desktop.model.errors import DiskFull
from clerk_desktop.model.event import EventKind
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.ledger import FileState, Verdict
from clerk_desktop.model.outbox import SetAsideDocument
from clerk_desktop.model.rearranging import MadeLetter, NewLetter, PageAct, Rearrangement, TakenPage, left_over
from clerk_desktop.system.surroundings import Surroundings
from clerk_desktop.usecases.rearranged import Scribe, take_back
from clerk_desktop.usecases.visual_checks import VisualChecks
from tests.intake.station import BERLIN
from tests.office.office import Office
from tests.office.serverside import ServerSide
from tests.office.station import Station

SCRIBE = Scribe(station="station", surroundings=Surroundings(machine="pc", user="post", program="test"))
MOST_STEPS = 60


def joined(station: Station, *letters: DocumentId, out: bool = False) -> Rearrangement:
    """A clerk joins letters of one page each; ``out``: all but the first are sorted out instead."""
    pages = tuple(TakenPage(document_id=each, number=1) for each in (letters[:1] if out else letters))
    done = Rearrangement(
        act=PageAct.JOIN,
        given_way=letters,
        letters=(NewLetter(document_id=letter_key(pages), pages=pages),),
        sorted_out=left_over([(each, 1) for each in letters], [pages]),
    )
    info = station.store.blobs.put_bytes("".join(done.new_ids).encode())
    with station.store.write() as session:
        made = {done.new_ids[0]: MadeLetter(sha256=info.sha256, length=info.length)}
        SCRIBE.write(session, done, made, station.clock.now())
    return done


def inbox(station: Station) -> set[DocumentId]:
    with station.store.read() as session:
        return {document.document_id for document in session.documents.inbox()}


def verdicts(station: Station) -> tuple[set[Verdict], tuple[str, ...]]:
    account = reconcile(station.store, None, BERLIN)
    return {file.verdict for file in account.files}, account.lost


def test_offline_the_new_letter_is_there_at_once_and_the_office_follows(office: Office[ServerSide]) -> None:
    post, clerk = office.station("post"), office.station("clerk")
    letters = post.scan(b"stack", parts=3)
    office.settle()
    assert inbox(clerk) == set(letters)
    post.net.down = True
    done = joined(post, *letters[:2])
    post.sync()
    assert inbox(post) == {letters[2], *done.new_ids}
    assert inbox(clerk) == set(letters)
    assert verdicts(post) == ({Verdict.ARRIVED}, ())
    office.assert_same()
    for station in (post, clerk):
        assert inbox(station) == {letters[2], *done.new_ids}
        with station.store.read() as session:
            assert session.rearrangements.get(letters[0]) == done
    assert verdicts(post) == ({Verdict.ARRIVED}, ())
    told = [event_key(done.new_ids[0], kind.value) for kind in (EventKind.PAGES, EventKind.SUGGESTIONS)]
    keys, there = sorted(office.server.keys()), {letters[2], *done.new_ids, *told}
    assert keys in (sorted(there), sorted(there | set(letters)))  # not every server counts what lies aside


def test_a_colleague_does_it_and_the_station_that_scanned_knows_where_the_pages_are(office: Office[ServerSide]) -> None:
    post, clerk = office.station("post"), office.station("clerk")
    letters = post.scan(b"stack", parts=2)
    office.settle()
    joined(clerk, *letters, out=True)
    office.assert_same()
    account = reconcile(post.store, None, BERLIN)
    (file,) = account.files
    assert (file.verdict, file.sorted_out, account.lost) == (Verdict.ARRIVED, (2,), ())


def test_before_the_upload_nothing_is_lost_or_doubled(office: Office[ServerSide]) -> None:
    post = office.station("post")
    letters = post.scan(b"stack", parts=2)
    done = joined(post, *letters)
    office.assert_same()
    assert inbox(post) == set(done.new_ids)
    assert [file.state for file in post.files()] == [FileState.CONFIRMED]
    assert verdicts(post) == ({Verdict.ARRIVED}, ())


def test_two_stations_that_do_the_same_make_one_letter(office: Office[ServerSide]) -> None:
    post, clerk = office.station("post"), office.station("clerk")
    letters = post.scan(b"stack", parts=2)
    office.settle()
    assert joined(post, *letters).new_ids == joined(clerk, *letters).new_ids
    office.assert_same()
    assert len(inbox(post)) == 1


def test_a_letter_that_somebody_filed_meanwhile_stays_filed_and_the_new_one_tells(office: Office[ServerSide]) -> None:
    post, clerk = office.station("post"), office.station("clerk")
    letters = post.scan(b"stack", parts=2)
    case_id = clerk.open_case("Hundesteuer")
    office.settle()
    clerk.file(letters[0], case_id)
    clerk.sync()
    done = joined(post, *letters)
    office.assert_same()
    for station in (post, clerk):
        document = station.document(letters[0])
        assert document is not None
        assert document.case_id == case_id
        assert inbox(station) == set(done.new_ids)
    told = post.suggestions(done.new_ids[0])
    assert told is not None
    assert told.looks_like == letters[0]


def test_taken_back_before_it_was_sent_the_server_never_hears_of_it(office: Office[ServerSide]) -> None:
    post = office.station("post")
    letters = post.scan(b"stack", parts=2)
    office.settle()
    done = joined(post, *letters)
    with post.store.write() as session:
        assert take_back(session, done)
    office.assert_same()
    assert inbox(post) == set(letters)
    assert post.net.calls["set_aside"] == 0


@pytest.mark.parametrize(
    "work",
    [
        lambda post, letter: post.mark(letter, "Bitte prüfen"),
        lambda post, letter: VisualChecks(post.store, post.clock).record(letter),
        lambda post, letter: post.index(letter, subject="Hundesteuer"),
    ],
    ids=["mark", "check", "index"],
)
def test_once_somebody_worked_on_the_new_letter_it_is_not_taken_back(
    office: Office[ServerSide], work: Callable[[Station, DocumentId], object]
) -> None:
    post = office.station("post")
    letters = post.scan(b"stack", parts=2)
    office.settle()
    done = joined(post, *letters)
    work(post, done.new_ids[0])
    waiting = post.outbox()
    with post.store.write() as session:
        assert not take_back(session, done)
    assert post.outbox() == waiting
    office.assert_same()
    assert inbox(post) == set(done.new_ids)


def test_once_it_was_sent_it_is_not_taken_back(office: Office[ServerSide]) -> None:
    post = office.station("post")
    letters = post.scan(b"stack", parts=2)
    office.settle()
    done = joined(post, *letters)
    office.settle()
    with post.store.write() as session:
        assert not take_back(session, done)
    office.assert_same()
    assert inbox(post) == set(done.new_ids)


@pytest.mark.slow
def test_a_station_killed_after_any_step_loses_no_page(office: Office[ServerSide]) -> None:
    post = office.station("post")
    office.settle()
    for steps in range(MOST_STEPS):
        letters = post.scan(f"stack {steps}".encode(), parts=2)
        done = joined(post, *letters)
        died = post.sync_dying_after(steps, impatient=False)  # a listing would take a step more for each stack
        there = inbox(post)
        assert set(done.new_ids) <= there
        assert not there & set(letters)
        assert verdicts(post)[1] == ()
        office.settle()
        if not died:
            break
    else:
        pytest.fail("never came to an end")
    office.assert_same()
    assert verdicts(post) == ({Verdict.ARRIVED}, ())


@pytest.mark.parametrize("steps", [6, 11, 15])
def test_a_station_killed_on_the_way_goes_on_where_it_was(office: Office[ServerSide], steps: int) -> None:
    post = office.station("post")
    letters = post.scan(b"stack", parts=2)
    office.settle()
    done = joined(post, *letters)
    assert post.sync_dying_after(steps)
    assert inbox(post) == set(done.new_ids)
    office.assert_same()
    assert verdicts(post) == ({Verdict.ARRIVED}, ())


@pytest.mark.parametrize("reply", ["set_aside", "deposit", "add_event"])
def test_a_lost_reply_does_nothing_twice(office: Office[ServerSide], reply: str) -> None:
    post = office.station("post")
    letters = post.scan(b"stack", parts=2)
    office.settle()
    done = joined(post, *letters)
    post.net.lose.append(reply)
    post.sync()
    office.assert_same()
    assert inbox(post) == set(done.new_ids)


def test_a_full_disk_after_any_step_is_told_and_made_good(office: Office[ServerSide]) -> None:
    post = office.station("post")
    letters = post.scan(b"stack", parts=2)
    office.settle()
    done = joined(post, *letters)
    post.steps.clear()
    post.fail_after = dict.fromkeys(range(1, 6), DiskFull())
    for _ in range(6):
        post.sync()
    post.fail_after = {}
    office.assert_same()
    assert inbox(post) == set(done.new_ids)


def test_what_gave_way_waits_for_the_letters_that_take_its_place(office: Office[ServerSide]) -> None:
    post = office.station("post")
    letters = post.scan(b"stack", parts=2)
    office.settle()
    joined(post, *letters)
    post.net.down = True
    post.sync()
    with post.store.read() as session:
        ready = session.outbox.ready(post.clock.now(), 99)
    assert not any(isinstance(entry.operation, SetAsideDocument) for entry in ready)
