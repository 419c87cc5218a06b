"""Takes a whole page of server states into the store: what nothing here knows yet goes in without being compared.

At the first round that is everything. What is known, or has unsent work, goes through ``sync.absorb``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from clerk_desktop.model.baseline import Baseline
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.remote import RemoteCase, RemoteDocument, RemoteObject
from clerk_desktop.store.session import Session
from clerk_desktop.sync.absorb import absorb, placed, put_case
from clerk_desktop.sync.proposals import adopt_all


def absorb_all(session: Session, states: Iterable[RemoteObject], now: datetime) -> int:
    """Take states in, in this order; return how many told anything new.

    Asks once which cases and documents are known at all: at the first round none is.
    """
    listed = [(remote, _key(remote)) for remote in states]
    known = session.baselines.known_here(key for _, key in listed if key)
    taken_in = 0
    for remote, key in listed:
        if key and key not in known and not session.outbox.touching(key):
            known.add(key)
            _begin(session, remote)
            taken_in += 1
        else:
            taken_in += absorb(session, remote, now)
    return taken_in


def _key(remote: RemoteObject) -> str:
    """Return our id of a case or document, "" of anything else."""
    match remote:
        case RemoteCase(case=case):
            return case.case_id
        case RemoteDocument(document=document):
            return document.document_id
        case _:
            return ""


def _begin(session: Session, remote: RemoteObject) -> None:
    """Take a case or document in that nothing here knows yet."""
    if isinstance(remote, RemoteCase):
        theirs = remote.case
        session.baselines.put(Baseline(object_id=theirs.case_id, kind=ChangeKind.CASE, ref=remote.ref, case=theirs))
        put_case(session, theirs, None)
    elif isinstance(remote, RemoteDocument):
        document = placed(session, remote)
        key = document.document_id
        session.baselines.put(Baseline(object_id=key, kind=ChangeKind.DOCUMENT, ref=remote.ref, document=document))
        session.documents.put(document)
        adopt_all(session, key)
