"""Rounds of work beside others of the profile: who asks for one has one that began later; quiet ones write nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clerk_desktop.model.errors import ExitCode
from clerk_desktop.model.rounds import RoundResult
from clerk_desktop.system.locks import Locks, Role
from clerk_desktop.usecases.rounds import Rounds
from tests.new_store import open_store
from tests.office.station import KEY, Clock

DONE = RoundResult(exit_code=ExitCode.DONE)
AWAY = RoundResult(exit_code=ExitCode.UNREACHABLE, error="ServerUnreachable")


class Profile:
    """A store whose sync role somebody holds; ``looks`` is what that holder does while others wait."""

    def __init__(self, place: Path) -> None:
        self.store = open_store(place, KEY, Clock())
        self.locks = Locks(place / "locks")
        self.looks: list[Callable[[], object]] = []
        self.rounds = Rounds(store=self.store, locks=self.locks, wait=self._wait)
        self.done: list[str] = []

    def _wait(self, seconds: float) -> None:
        assert self.looks, "nobody works any more"
        self.looks.pop(0)()

    def work(self, name: str, result: RoundResult = DONE) -> Callable[[], RoundResult]:
        def did() -> RoundResult:
            self.done.append(name)
            return result

        return did

    def look(self, result: RoundResult = DONE) -> RoundResult:
        """The holder's look, as often as the program makes one."""
        return self.rounds.in_passing(Role.SYNC, self.work("quiet", result), self.work("asked", result))

    def number(self) -> int:
        with self.store.read() as session:
            latest = session.rounds.latest(Role.SYNC)
        return latest.number if latest else 0


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    made = Profile(tmp_path)
    yield made
    made.store.close()


def test_rounds_that_end_as_before_are_not_noted(profile: Profile) -> None:
    for result, number in ((DONE, 1), (AWAY, 2), (DONE, 3)):
        for _ in range(20):
            assert profile.look(result) == result
        assert profile.number() == number
    assert profile.done == ["quiet"] * 60


def test_who_waits_has_a_round_that_began_after_the_question(profile: Profile) -> None:
    profile.look(AWAY)
    lock = profile.locks.try_take(Role.SYNC)
    assert lock is not None
    with lock:
        profile.looks = [lambda: None, lambda: profile.look(DONE)]
        assert profile.rounds.once(Role.SYNC, profile.work("own")) == DONE
    assert profile.done == ["quiet", "asked"]
    profile.look(DONE)
    assert profile.done[-1] == "quiet"


def test_a_round_that_was_under_way_and_ends_otherwise_does_not_count(profile: Profile) -> None:
    lock = profile.locks.try_take(Role.SYNC)
    assert lock is not None

    def note_an_earlier_one() -> None:
        with profile.store.write() as session:
            session.rounds.note(Role.SYNC, AWAY)

    with lock:
        profile.looks = [note_an_earlier_one, lambda: None, profile.look]
        assert profile.rounds.once(Role.SYNC, profile.work("own")) == DONE


def test_when_the_holder_dies_the_one_who_waits_does_the_work(profile: Profile) -> None:
    lock = profile.locks.try_take(Role.SYNC)
    assert lock is not None

    def die_in_a_round() -> None:
        with profile.store.write() as session:
            session.rounds.begin(Role.SYNC)
        lock.release()

    profile.looks = [lambda: None, die_in_a_round]
    assert profile.rounds.once(Role.SYNC, profile.work("own")) == DONE
    assert profile.done == ["own"]


def test_the_holder_is_asked_only_when_it_can_know_everything(profile: Profile) -> None:
    lock = profile.locks.try_take(Role.SYNC)
    assert lock is not None
    with lock:
        profile.looks = [profile.look] * 10
        profile.rounds.once(Role.SYNC, profile.work("own"), patience=1.0)
    assert profile.done[:5] == ["quiet"] * 5
    assert profile.done[-1] == "asked"


def test_what_is_still_in_hand_is_waited_for(profile: Profile) -> None:
    lock = profile.locks.try_take(Role.SYNC)
    assert lock is not None
    in_hand = [True, True, False]
    with lock:
        profile.looks = [profile.look] * 10
        assert profile.rounds.once(Role.SYNC, profile.work("own"), unfinished=lambda _: in_hand.pop(0)) == DONE
    assert in_hand == []
