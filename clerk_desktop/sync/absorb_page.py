"""Takes a whole page of server states into the store: what nothing here knows yet goes in without being compared.

At the first round that is everything; then rows go in many at a time, and their words are indexed afterwards. What is
known, or has unsent work, goes through ``sync.absorb``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from clerk_desktop.model.baseline import Baseline
from clerk_desktop.model.case import Case
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.ids import CaseId
from clerk_desktop.model.remote import RemoteCase, RemoteDocument, RemoteObject
from clerk_desktop.store.session import Session
from clerk_desktop.sync.absorb import absorb, case_at, measured, put_case
from clerk_desktop.sync.proposals import adopt_all

MANY = 100
"""From so many new objects on their words are indexed afterwards; fewer are found at once."""


def absorb_all(session: Session, states: Iterable[RemoteObject], now: datetime) -> int:
    """Take states in, cases first, then documents; return how many told anything new.

    Asks once which cases and documents are known at all: at the first round none is.
    """
    listed = [(remote, _key(remote)) for remote in states]
    known = session.baselines.known_here(key for _, key in listed if key)
    cases: list[RemoteCase] = []
    documents: list[RemoteDocument] = []
    compared: list[RemoteObject] = []
    for remote, key in listed:
        if not key or key in known or session.outbox.touching(key):
            compared.append(remote)
            continue
        known.add(key)
        if isinstance(remote, RemoteCase):
            cases.append(remote)
        elif isinstance(remote, RemoteDocument):
            documents.append(remote)
    many = len(cases) + len(documents) >= MANY
    _begin_cases(session, cases, many=many)
    news = sum(absorb(session, remote, now) for remote in compared if isinstance(remote, RemoteCase))
    _begin_documents(session, documents, many=many)
    news += sum(absorb(session, remote, now) for remote in compared if not isinstance(remote, RemoteCase))
    return news + len(cases) + len(documents)


def _key(remote: RemoteObject) -> str:
    """Return our id of a case or document, "" of anything else."""
    match remote:
        case RemoteCase(case=case):
            return case.case_id
        case RemoteDocument(document=document):
            return document.document_id
        case _:
            return ""


def _begin_cases(session: Session, remotes: Sequence[RemoteCase], *, many: bool) -> None:
    """Take cases in that nothing here knows yet. Those whose number another one has go in one by one, renamed."""
    cases = [remote.case for remote in remotes]
    single = _of_shared_number(session, cases) if many else {case.case_id for case in cases}
    as_told = [remote for remote in remotes if remote.case.case_id not in single]
    session.baselines.put_as_kept(ChangeKind.CASE, [(remote.case.case_id, remote.ref) for remote in as_told])
    session.cases.put_new([remote.case for remote in as_told])
    for remote in remotes:
        if remote.case.case_id in single:
            session.baselines.put(
                Baseline(object_id=remote.case.case_id, kind=ChangeKind.CASE, ref=remote.ref, case=remote.case)
            )
            put_case(session, remote.case, None)


def _of_shared_number(session: Session, cases: Sequence[Case]) -> set[CaseId]:
    counted = Counter(case.case_number for case in cases)
    taken = session.cases.taken(list(counted))
    return {case.case_id for case in cases if counted[case.case_number] > 1 or case.case_number in taken}


def _begin_documents(session: Session, remotes: Sequence[RemoteDocument], *, many: bool) -> None:
    """Take documents in that nothing here knows yet."""
    documents = [measured(remote) for remote in remotes]
    places = [case_at(session, remote.ref.parent_id) for remote in remotes]
    refs = [(document.document_id, remote.ref) for document, remote in zip(documents, remotes, strict=True)]
    session.baselines.put_as_kept(ChangeKind.DOCUMENT, refs)
    if many:
        session.documents.put_new(documents, places)
    else:
        for document, case_id in zip(documents, places, strict=True):
            session.documents.put(replace(document, case_id=case_id))
    for document_id in session.events.with_events(document.document_id for document in documents):
        adopt_all(session, document_id)
