from __future__ import annotations

from clerk_desktop.model.jobs import Priority
from clerk_desktop.workers.schedule import Entry, Place, Schedule


def schedule(*entries: tuple[str, Priority, bool]) -> Schedule[str]:
    waiting = [
        Entry(payload=name, priority=priority, number=number, alone=alone)
        for number, (name, priority, alone) in enumerate(entries)
    ]
    return Schedule(waiting=waiting)


def taken(plan: Schedule[str], place: Place) -> str | None:
    entry = plan.take(place)
    return entry.payload if entry else None


def test_the_screen_comes_before_intake_and_intake_before_recognition() -> None:
    plan = schedule(
        ("read", Priority.RECOGNITION, False), ("inspect", Priority.INTAKE, False), ("draw", Priority.SCREEN, False)
    )
    assert [taken(plan, Place.BACK) for _ in range(4)] == ["draw", "inspect", "read", None]


def test_within_a_priority_the_first_comes_first() -> None:
    plan = schedule(("a", Priority.INTAKE, False), ("b", Priority.INTAKE, False))
    assert [taken(plan, Place.FRONT), taken(plan, Place.FRONT)] == ["a", "b"]


def test_the_front_never_recognises() -> None:
    plan = schedule(("read", Priority.RECOGNITION, False))
    assert taken(plan, Place.FRONT) is None
    assert taken(plan, Place.BACK) == "read"


def test_a_second_try_waits_until_nothing_else_runs_and_nothing_starts_beside_it() -> None:
    plan = schedule(("good", Priority.INTAKE, False), ("bad", Priority.INTAKE, True), ("next", Priority.INTAKE, False))
    good = plan.waiting.pop(0)
    plan.running.append(good)
    assert taken(plan, Place.FRONT) is None
    plan.done(good)
    assert taken(plan, Place.FRONT) == "bad"
    assert taken(plan, Place.BACK) is None
    plan.done(plan.running[0])
    assert taken(plan, Place.BACK) == "next"


def test_the_screen_waits_for_no_second_try() -> None:
    plan = schedule(("bad", Priority.RECOGNITION, True), ("draw", Priority.SCREEN, False))
    assert taken(plan, Place.FRONT) == "draw"
    assert taken(plan, Place.BACK) == "bad"
