"""What every operation works with: the store on one side, the server on the other, and what both need in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from clerk_desktop.backend.port import Backend
from clerk_desktop.model.account import Template
from clerk_desktop.model.baseline import Baseline
from clerk_desktop.model.case import Case
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import ChangedMeanwhile, FailureKind, Missing, PermissionDenied, ServerBusy, ServerError
from clerk_desktop.model.exchange import MarksFormat
from clerk_desktop.model.ids import OperationId
from clerk_desktop.model.outbox import OutboxEntry, OutboxState, PutAnnotations
from clerk_desktop.model.remote import RemoteAnnotations, RemoteDocument, RemoteObject, RemoteRef
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from clerk_desktop.sync.absorb import absorb, absorb_gone, at, join_conflicts
from clerk_desktop.sync.witness import Step, Witness

TRIES_AGAINST_OTHERS = 3
INTENT = RemoteRef(server_id="", series_id="")


@dataclass(frozen=True, kw_only=True, slots=True)
class Channel:
    """One connection's worth of tools. Never holds a transaction open while it waits for the server.

    ``other_folders``: server ids of folders that are known to be no cases.
    """

    store: Store
    backend: Backend
    marks: MarksFormat
    witness: Witness
    now: datetime
    other_folders: set[str] = field(default_factory=set)

    def baseline(self, object_id: str) -> Baseline:
        """Return where the server keeps an object. Raises ``Missing`` when no server has it."""
        with self.store.read() as session:
            known = session.baselines.get(object_id)
        if known is None or not known.ref.server_id:
            raise Missing
        return known

    def waits_still(self, operation_id: OperationId) -> bool:
        """Tell whether an operation is still to be sent as it is: not taken apart or held in the meantime."""
        with self.store.read() as session:
            entry = session.outbox.get(operation_id)
        return entry is not None and entry.state is OutboxState.WAITING

    def look(self, object_id: str) -> bool:
        """Fetch an object's newest state and take it in; return False, with that taken in, when it is gone."""
        known = self.baseline(object_id)
        try:
            remote = self.backend.fetch(known.ref.server_id)
        except Missing:
            remote = None
        folder = self._unknown_folder(remote)
        self.witness(Step.ANSWERED, object_id)
        with self.store.write() as session:
            if remote is None:
                absorb_gone(session, object_id)
            else:
                self._take_in(session, folder, remote)
        self.witness(Step.STORED, object_id)
        return remote is not None

    def keep(self, remote: RemoteObject, object_id: str, *, finish: OperationId | None = None) -> None:
        """Take an answer in, and end the operation that it answers, in one transaction."""
        folder = self._unknown_folder(remote)
        self.witness(Step.ANSWERED, object_id)
        with self.store.write() as session:
            self._take_in(session, folder, remote)
            if finish is not None:
                end(session, finish)
        self.witness(Step.STORED, object_id)

    def keep_annotations(self, remote: RemoteAnnotations, local: bytes, *, finish: OperationId) -> None:
        """Take in that the server has the marks ``local``, and end the operation that sent them. What was marked
        meanwhile relied on it and goes with one of its own.
        """
        set_id = remote.annotations.annotation_set_id
        self.witness(Step.ANSWERED, set_id)
        with self.store.write() as session:
            absorb(session, remote, self.now)
            session.annotations.sent(set_id, local)
            end_annotations(session, finish, self.now)
        self.witness(Step.STORED, set_id)

    def finish(self, operation_id: OperationId) -> None:
        """End an operation that was done already."""
        with self.store.write() as session:
            end(session, operation_id)

    def against_others(self, object_id: str, entry: OutboxEntry, attempt: Callable[[Baseline], bool]) -> bool:
        """Try a write until it was made on the newest state.

        ``attempt`` gets that state and returns True when all is done. After somebody else was faster the newest state
        is merged in; the operation ends here (False) when the merge took it apart or held it. Raises ``ServerBusy``
        when others are faster again and again.
        """
        self._join_conflicts(object_id)
        for _ in range(TRIES_AGAINST_OTHERS):
            if not self.waits_still(entry.operation_id):
                return False
            try:
                return attempt(self.baseline(object_id))
            except (ChangedMeanwhile, Missing):
                if not self.look(object_id):
                    return False
        raise ServerBusy

    def knows_folder(self, server_id: str) -> bool:
        """Tell whether a folder is a case that is kept here, or known to be none."""
        if server_id in self.other_folders:
            return True
        with self.store.read() as session:
            return at(session, server_id) is not None

    def why_away(self) -> ServerError | None:
        """Ask the server for very little; return why it does not answer, None when it does."""
        try:
            self.backend.template(Template.SETTINGS)
        except ServerError as error:
            if error.kind in (FailureKind.RETRY_LATER, FailureKind.SIGN_IN):
                return error
        return None

    def unless_away(self, error: ServerError) -> None:
        """Raise ``ServerError`` when a failure is the connection's and not the one object's."""
        if error.kind is FailureKind.SIGN_IN:
            raise error
        if error.kind is FailureKind.RETRY_LATER:
            away = self.why_away()
            if away is not None:
                raise away

    def _unknown_folder(self, remote: RemoteObject | None) -> RemoteObject | None:
        """Fetch the case that a document lies in where it is not known here yet: taken for the inbox, a letter that
        somebody else filed would be filed again over their head.
        """
        folder = remote.ref.parent_id if isinstance(remote, RemoteDocument) else ""
        if not folder or self.knows_folder(folder):
            return None
        try:
            found = self.backend.fetch(folder)
        except (Missing, PermissionDenied):
            return None
        if found is None:
            self.other_folders.add(folder)
        return found

    def _take_in(self, session: Session, folder: RemoteObject | None, remote: RemoteObject) -> None:
        if folder is not None:
            absorb(session, folder, self.now)
        absorb(session, remote, self.now)

    def _join_conflicts(self, object_id: str) -> None:
        """Let new edits of what is in conflict wait with it."""
        with self.store.read() as session:
            held = any(entry.state is OutboxState.CONFLICT for entry in session.outbox.touching(object_id))
        if held:
            with self.store.write() as session:
                join_conflicts(session, object_id, self.now)

    def intend_case(self, case: Case) -> Case:
        """Note what will be created, before it is sent; a replay sends the same. Returns what to send."""
        with self.store.write() as session:
            noted = session.baselines.get(case.case_id)
            if noted is not None and noted.case is not None:
                return noted.case
            session.baselines.put(Baseline(object_id=case.case_id, kind=ChangeKind.CASE, ref=INTENT, case=case))
        self.witness(Step.INTENDED, case.case_id)
        return case

    def intend_document(self, document: Document, operation_id: OperationId) -> Document | None:
        """Note what will be created, before it is sent; a replay sends the same. Returns what to send, None when the
        operation was taken back.
        """
        with self.store.write() as session:
            if session.outbox.get(operation_id) is None:
                return None
            noted = session.baselines.get(document.document_id)
            if noted is not None and noted.document is not None:
                return noted.document
            document = replace(document, case_id=None)
            session.baselines.put(
                Baseline(object_id=document.document_id, kind=ChangeKind.DOCUMENT, ref=INTENT, document=document)
            )
        self.witness(Step.INTENDED, document.document_id)
        return document


def end_annotations(session: Session, operation_id: OperationId, now: datetime) -> None:
    """End an operation that sent marks; edits that are still unsent go with another one."""
    entry = session.outbox.get(operation_id)
    end(session, operation_id)
    if entry is None or not isinstance(entry.operation, PutAnnotations):
        return
    stored = session.annotations.get(entry.operation.annotation_set_id)
    waiting = session.outbox.touching(entry.operation.annotation_set_id)
    if stored is not None and stored.local is not None and not waiting:
        session.outbox.add(entry.operation, now)


def end(session: Session, operation_id: OperationId) -> None:
    """End a sent operation; one that a clerk took out meanwhile, or a merge took apart, is ended already."""
    if session.outbox.get(operation_id) is not None:
        session.outbox.finish(operation_id)
