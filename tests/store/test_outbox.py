"""Which operation may be sent when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clerk_desktop.model.case import CaseField
from clerk_desktop.model.editing import CaseChange
from clerk_desktop.model.errors import FailureKind, NotKnown
from clerk_desktop.model.ids import CaseId, DocumentId, EventId, OperationId
from clerk_desktop.model.outbox import (
    AddEvent,
    CreateCase,
    DepositDocument,
    FileDocument,
    Operation,
    OutboxCount,
    OutboxState,
    UpdateCase,
    UpdateDocument,
)
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from tests.store.samples_of import CASE, DOCUMENT, NOW, FixedClock

CREATE = CreateCase(case_id=CASE.case_id)
DEPOSIT = DepositDocument(document_id=DOCUMENT.document_id)
FILING = FileDocument(document_id=DOCUMENT.document_id, case_id=CASE.case_id)
ELSEWHERE = DepositDocument(document_id=DocumentId("elsewhere"))


def ready(session: Session, limit: int = 100) -> list[Operation]:
    return [entry.operation for entry in session.outbox.ready(NOW, limit)]


def test_what_touches_something_unfinished_waits_for_it(store: Store) -> None:
    with store.write() as session:
        create = session.outbox.add(CREATE, NOW)
        deposit = session.outbox.add(DEPOSIT, NOW)
        session.outbox.add(FILING, NOW)
        session.outbox.add(ELSEWHERE, NOW)
        assert ready(session) == [CREATE, DEPOSIT, ELSEWHERE]
        session.outbox.finish(create)
        assert ready(session) == [DEPOSIT, ELSEWHERE]
        session.outbox.finish(deposit)
        assert ready(session) == [FILING, ELSEWHERE]
        assert ready(session, limit=1) == [FILING]


@pytest.mark.parametrize(
    ("state", "waits_not"),
    [(OutboxState.NEEDS_CLERK, [ELSEWHERE]), (OutboxState.CONFLICT, [FILING, ELSEWHERE])],
)
def test_what_waits_for_a_clerk_holds_back_what_touches_the_same_and_a_conflict_holds_back_nothing(
    store: Store, state: OutboxState, waits_not: list[Operation]
) -> None:
    with store.write() as session:
        deposit = session.outbox.add(DEPOSIT, NOW)
        session.outbox.add(FILING, NOW)
        session.outbox.add(ELSEWHERE, NOW)
        session.outbox.hold(deposit, "PermissionDenied", FailureKind.ASK_CLERK, state)
        assert ready(session) == waits_not
        assert session.outbox.count() == OutboxCount(waiting=2, needs_help=1)
        entry = session.outbox.get(deposit)
        assert entry is not None
        assert (entry.state, entry.error, entry.failure, entry.attempts) == (
            state,
            "PermissionDenied",
            FailureKind.ASK_CLERK,
            1,
        )
        session.outbox.release(deposit)
        assert ready(session) == [DEPOSIT, ELSEWHERE]
        assert session.outbox.count() == OutboxCount(waiting=3, needs_help=0)


def test_a_postponed_operation_comes_back_when_its_time_has_come(store: Store) -> None:
    later = NOW + timedelta(minutes=5)
    with store.write() as session:
        deposit = session.outbox.add(DEPOSIT, NOW)
        session.outbox.add(FILING, NOW)
        assert session.outbox.next_try() is None
        session.outbox.postpone(deposit, "ServerUnreachable", FailureKind.RETRY_LATER, later)
        session.outbox.postpone(deposit, "ServerUnreachable", FailureKind.RETRY_LATER, later)
        assert ready(session) == []
        assert session.outbox.next_try() == later
        (entry,) = session.outbox.ready(later, 10)
        assert (entry.operation, entry.attempts, entry.next_try) == (DEPOSIT, 2, later)


def test_a_discarded_operation_is_gone_and_not_in_the_sent_log(store: Store) -> None:
    with store.write() as session:
        deposit = session.outbox.add(DEPOSIT, NOW)
        session.outbox.add(FILING, NOW)
        session.outbox.discard(deposit)
        assert ready(session) == [FILING]
        assert session.outbox.sent(10) == ()


def test_the_sent_log_tells_what_was_sent_when_newest_first(store: Store, clock: FixedClock) -> None:
    with store.write() as session:
        first, second = session.outbox.add(DEPOSIT, NOW), session.outbox.add(CREATE, NOW)
        session.outbox.finish(first)
        clock.time += timedelta(seconds=1)
        session.outbox.finish(second)
        assert [(line.operation, line.at) for line in session.outbox.sent(10)] == [
            ("CreateCase", NOW + timedelta(seconds=1)),
            ("DepositDocument", NOW),
        ]


def test_the_operations_of_an_object_are_found(store: Store) -> None:
    event = AddEvent(event_id=EventId("event"), beside=CASE.case_id)
    with store.write() as session:
        for operation in (CREATE, DEPOSIT, FILING, event):
            session.outbox.add(operation, NOW)
        assert [entry.operation for entry in session.outbox.touching(CASE.case_id)] == [CREATE, FILING, event]
        assert [entry.operation for entry in session.outbox.touching("event")] == [event]


def test_a_merged_operation_takes_the_place_of_the_old_one(store: Store) -> None:
    merged = UpdateCase(case_id=CASE.case_id, changes=(CaseChange(field=CaseField.SUBJECT, text="Neu"),))
    with store.write() as session:
        entry = session.outbox.add(UpdateCase(case_id=CASE.case_id, changes=()), NOW)
        session.outbox.add(CREATE, NOW)
        session.outbox.replace(entry, merged)
        assert ready(session) == [merged]
        with pytest.raises(ValueError, match="other ids"):
            session.outbox.replace(entry, ELSEWHERE)


def test_an_operation_that_is_not_there_is_named(store: Store) -> None:
    nobody = OperationId("nobody")
    with store.write() as session:
        for call in (session.outbox.finish, session.outbox.discard, session.outbox.release):
            with pytest.raises(NotKnown):
                call(nobody)
        with pytest.raises(NotKnown):
            session.outbox.postpone(nobody, "", FailureKind.RETRY_LATER, NOW)
        with pytest.raises(NotKnown):
            session.outbox.hold(nobody, "", FailureKind.CONFLICT, OutboxState.CONFLICT)


IDS = st.sampled_from("abcd")
ANY_OPERATION: st.SearchStrategy[Operation] = st.one_of(
    IDS.map(lambda key: DepositDocument(document_id=DocumentId(key))),
    st.tuples(IDS, IDS).map(lambda keys: FileDocument(document_id=DocumentId(keys[0]), case_id=CaseId(keys[1]))),
    IDS.map(lambda key: UpdateDocument(document_id=DocumentId(key), changes=())),
    st.tuples(IDS, IDS).map(lambda keys: AddEvent(event_id=EventId(keys[0]), beside=keys[1])),
)


SOME = st.sets(st.integers(0, 11))


def touch(one: Operation, other: Operation) -> bool:
    return bool(set(one.touches) & set(other.touches))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ANY_OPERATION, max_size=12), SOME, SOME, SOME)
def test_ready_means_due_and_nothing_earlier_but_conflicts_touches_the_same(
    store: Store, operations: list[Operation], conflicts: set[int], held: set[int], later: set[int]
) -> None:
    with store.write() as session:
        for old in session.outbox.all():
            session.outbox.discard(old.operation_id)
        ids = [session.outbox.add(operation, NOW) for operation in operations]
        for at, operation_id in enumerate(ids):
            if at in conflicts:
                session.outbox.hold(operation_id, "", FailureKind.CONFLICT, OutboxState.CONFLICT)
            elif at in held:
                session.outbox.hold(operation_id, "", FailureKind.ASK_CLERK, OutboxState.NEEDS_CLERK)
            elif at in later:
                session.outbox.postpone(operation_id, "", FailureKind.RETRY_LATER, NOW + timedelta(seconds=1))
        expected = [
            operation_id
            for at, operation_id in enumerate(ids)
            if at not in conflicts | held | later
            and not any(touch(operations[at], operations[before]) and before not in conflicts for before in range(at))
        ]
        assert [entry.operation_id for entry in session.outbox.ready(NOW, 100)] == expected
