"""Uploads a document to the shared inbox and proves that what arrived is what was sent.

Two steps, each with its own transaction: after the upload the ledger says *deposited*, after the proof *confirmed*; a
scanned file follows when all of its documents did. Only then may its original be moved away.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import BinaryIO, Final

from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import ContentDiffers, Missing, RuleViolated
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.ledger import DocumentProgress, FileState
from clerk_desktop.model.outbox import DepositDocument, OutboxEntry
from clerk_desktop.model.remote import RemoteDocument, Strategy
from clerk_desktop.store.session import Session
from clerk_desktop.sync.absorb import absorb_document
from clerk_desktop.sync.channel import INTENT, Channel, end
from clerk_desktop.sync.witness import Step

TITLE: Final = "Put a document into the shared inbox"


def send(channel: Channel, entry: OutboxEntry, operation: DepositDocument) -> None:
    """Upload, verify. Raises ``ContentDiffers`` and ``ServerError``; both leave the document queued."""
    document_id = operation.document_id
    with channel.store.read() as session:
        document = session.documents.get(document_id)
    if document is None:
        channel.finish(entry.operation_id)
        return
    if not _already_there(channel, document):
        intended = channel.intend_document(document, entry.operation_id)
        if intended is None:
            return
        remote = channel.backend.deposit(intended, lambda: _content(channel, document))
        _deposited(channel, remote)
        if not _same_content(channel, remote, document):
            _send_anew(channel, document_id)
            raise ContentDiffers
    channel.witness(Step.VERIFIED, document_id)
    with channel.store.write() as session:
        set_progress(session, document_id, DocumentProgress.CONFIRMED, channel.now)
        end(session, entry.operation_id)
    channel.witness(Step.STORED, document_id)


def _already_there(channel: Channel, document: Document) -> bool:
    """Tell whether an earlier attempt got so far that the server has the document, whole."""
    try:
        known = channel.baseline(document.document_id)
    except Missing:
        return False
    try:
        remote = channel.backend.fetch(known.ref.server_id)
    except Missing:
        remote = None
    if isinstance(remote, RemoteDocument):
        _deposited(channel, remote)
        if channel.backend.capabilities().verification is not Strategy.SERVER_HASH:
            remote = replace(remote, content_sha256="")
        if _same_content(channel, remote, document):
            return True
    _send_anew(channel, document.document_id)
    return False


def _deposited(channel: Channel, remote: RemoteDocument) -> None:
    document_id = remote.document.document_id
    channel.witness(Step.ANSWERED, document_id)
    with channel.store.write() as session:
        absorb_document(session, remote, channel.now)
        set_progress(session, document_id, DocumentProgress.DEPOSITED, channel.now)
    channel.witness(Step.STORED, document_id)


def _send_anew(channel: Channel, document_id: DocumentId) -> None:
    """Go back to the state before the upload; what the server last showed is what the next attempt sends."""
    with channel.store.write() as session:
        known = session.baselines.get(document_id)
        if known is not None and known.document is not None:
            intended = replace(known.document, case_id=None)
            session.baselines.put(replace(known, ref=INTENT, document=intended))
        set_progress(session, document_id, DocumentProgress.WAITING, channel.now)


def _content(channel: Channel, document: Document) -> BinaryIO:
    return channel.store.blobs.open(document.sha256)


def _same_content(channel: Channel, remote: RemoteDocument, document: Document) -> bool:
    """Compare with what the server or the adapter computed from the server's bytes, or read them back."""
    if remote.content_sha256:
        return remote.content_sha256 == document.sha256
    digest, left = hashlib.sha256(), channel.store.blobs.length(document.sha256)
    try:
        with channel.backend.content(remote.ref) as pieces:
            for piece in pieces:
                digest.update(piece)
                left -= len(piece)
                if left < 0:
                    return False
    except (Missing, RuleViolated):
        return False  # a document without content: an upload that broke
    return digest.hexdigest() == document.sha256


def set_progress(session: Session, document_id: DocumentId, progress: DocumentProgress, now: datetime) -> None:
    """Note how far a document is, and let its scanned file follow when all of its documents are as far."""
    part = session.ledger.part_of(document_id)
    if part is None:
        return
    if part.progress is not progress:
        session.ledger.set_progress(document_id, progress)
    file = session.ledger.get(part.file_id)
    if file is None:
        return
    reached = {each.progress for each in session.ledger.parts(part.file_id)}
    if file.state is FileState.DEPOSITED and DocumentProgress.WAITING in reached:
        file = session.ledger.move(file.file_id, FileState.QUEUED)
    if file.state is FileState.QUEUED and DocumentProgress.WAITING not in reached:
        file = session.ledger.move(file.file_id, FileState.DEPOSITED)
    if file.state is FileState.DEPOSITED and reached == {DocumentProgress.CONFIRMED}:
        session.ledger.move(file.file_id, FileState.CONFIRMED, confirmed_at=now)
