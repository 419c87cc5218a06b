"""A session: one transaction, with one object per kind of thing that is kept."""

from __future__ import annotations

from clerk_desktop.store.annotations import AnnotationRows
from clerk_desktop.store.baselines import BaselineRows
from clerk_desktop.store.cases import CaseRows
from clerk_desktop.store.documents import DocumentRows, SuggestionRows
from clerk_desktop.store.events import EventRows
from clerk_desktop.store.feed import ChangeRows
from clerk_desktop.store.ledger import LedgerRows
from clerk_desktop.store.looks import LookRows
from clerk_desktop.store.office import AccountRow, FolderRows, SyncRows
from clerk_desktop.store.outbox import OutboxRows
from clerk_desktop.store.pins import ContentRows, PinRows
from clerk_desktop.store.rounds import RoundRows
from clerk_desktop.store.search import SearchIndex
from clerk_desktop.store.secret_rows import SecretRows
from clerk_desktop.store.statements import Statements
from clerk_desktop.store.texts import TextRows
from clerk_desktop.store.transfer_notes import TransferNoteRows
from clerk_desktop.system.clock import Clock


class Session:
    """What can be read, and in ``Store.write`` written, inside one ``with`` block; refuses everything after it."""

    def __init__(self, statements: Statements, clock: Clock) -> None:
        self.search = SearchIndex(statements)
        self.texts = TextRows(statements)
        self.notes = TransferNoteRows(statements)
        self.annotations = AnnotationRows(statements)
        self.cases = CaseRows(statements, self.search)
        self.documents = DocumentRows(statements, self.search)
        self.suggestions = SuggestionRows(statements)
        self.events = EventRows(statements)
        self.ledger = LedgerRows(statements)
        self.looks = LookRows(statements)
        self.outbox = OutboxRows(statements, clock)
        self.baselines = BaselineRows(statements)
        self.sync = SyncRows(statements)
        self.folders = FolderRows(statements)
        self.account = AccountRow(statements)
        self.secrets = SecretRows(statements)
        self.rounds = RoundRows(statements)
        self.pins = PinRows(statements)
        self.contents = ContentRows(statements)
        self.changes = ChangeRows(statements)
