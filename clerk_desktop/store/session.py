"""A session: one transaction, with one object per kind of thing that is kept.

Each kind is imported where it is first needed: a start pays only for what it shows.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from clerk_desktop.store.statements import Statements
from clerk_desktop.system.clock import Clock

if TYPE_CHECKING:
    from clerk_desktop.store.annotations import AnnotationRows
    from clerk_desktop.store.baselines import BaselineRows
    from clerk_desktop.store.cases import CaseRows
    from clerk_desktop.store.counted_time import CountedTimeRows
    from clerk_desktop.store.documents import DocumentRows
    from clerk_desktop.store.events import EventRows
    from clerk_desktop.store.feed import ChangeRows
    from clerk_desktop.store.folders import FolderRows
    from clerk_desktop.store.ledger import LedgerRows
    from clerk_desktop.store.looks import LookRows
    from clerk_desktop.store.office import AccountRow, SyncRows
    from clerk_desktop.store.outbox import OutboxRows
    from clerk_desktop.store.pins import ContentRows, PinRows
    from clerk_desktop.store.rearrangements import RearrangementRows
    from clerk_desktop.store.rounds import RoundRows
    from clerk_desktop.store.scanners import ScannerRows
    from clerk_desktop.store.search import SearchIndex
    from clerk_desktop.store.secret_rows import SecretRows
    from clerk_desktop.store.suggestions import SuggestionRows
    from clerk_desktop.store.texts import TextRows
    from clerk_desktop.store.transfer_notes import TransferNoteRows
    from clerk_desktop.store.typed_index import TypedIndexRows


class Session:
    """What can be read, and in ``Store.write`` written, inside one ``with`` block; refuses everything after it."""

    def __init__(self, statements: Statements, clock: Clock) -> None:
        self._db = statements
        self._clock = clock

    @cached_property
    def search(self) -> SearchIndex:
        """The index of words."""
        from clerk_desktop.store.search import SearchIndex

        return SearchIndex(self._db)

    @cached_property
    def texts(self) -> TextRows:
        """Text of documents, page by page."""
        from clerk_desktop.store.texts import TextRows

        return TextRows(self._db)

    @cached_property
    def notes(self) -> TransferNoteRows:
        """Transfer notes."""
        from clerk_desktop.store.transfer_notes import TransferNoteRows

        return TransferNoteRows(self._db)

    @cached_property
    def annotations(self) -> AnnotationRows:
        """Marks on documents."""
        from clerk_desktop.store.annotations import AnnotationRows

        return AnnotationRows(self._db)

    @cached_property
    def cases(self) -> CaseRows:
        """Cases."""
        from clerk_desktop.store.cases import CaseRows

        return CaseRows(self._db, lambda: self.search)

    @cached_property
    def documents(self) -> DocumentRows:
        """Documents."""
        from clerk_desktop.store.documents import DocumentRows

        return DocumentRows(self._db, self.search)

    @cached_property
    def suggestions(self) -> SuggestionRows:
        """What is proposed for documents."""
        from clerk_desktop.store.suggestions import SuggestionRows

        return SuggestionRows(self._db)

    @cached_property
    def typed_index(self) -> TypedIndexRows:
        """What was typed for letters of the inbox."""
        from clerk_desktop.store.typed_index import TypedIndexRows

        return TypedIndexRows(self._db)

    @cached_property
    def events(self) -> EventRows:
        """What happened."""
        from clerk_desktop.store.events import EventRows

        return EventRows(self._db)

    @cached_property
    def ledger(self) -> LedgerRows:
        """Files that were scanned."""
        from clerk_desktop.store.ledger import LedgerRows

        return LedgerRows(self._db)

    @cached_property
    def counted_time(self) -> CountedTimeRows:
        """Time as the settling of originals counted it."""
        from clerk_desktop.store.counted_time import CountedTimeRows

        return CountedTimeRows(self._db)

    @cached_property
    def rearrangements(self) -> RearrangementRows:
        """Letters that gave way to others."""
        from clerk_desktop.store.rearrangements import RearrangementRows

        return RearrangementRows(self._db)

    @cached_property
    def looks(self) -> LookRows:
        """How scanned pages look."""
        from clerk_desktop.store.looks import LookRows

        return LookRows(self._db)

    @cached_property
    def scanners(self) -> ScannerRows:
        """Scanners on the network."""
        from clerk_desktop.store.scanners import ScannerRows

        return ScannerRows(self._db)

    @cached_property
    def outbox(self) -> OutboxRows:
        """Changes on their way to the server."""
        from clerk_desktop.store.outbox import OutboxRows

        return OutboxRows(self._db, self._clock)

    @cached_property
    def baselines(self) -> BaselineRows:
        """What the server was last seen to have."""
        from clerk_desktop.store.baselines import BaselineRows

        return BaselineRows(self._db)

    @cached_property
    def sync(self) -> SyncRows:
        """How far synchronisation came."""
        from clerk_desktop.store.office import SyncRows

        return SyncRows(self._db)

    @cached_property
    def folders(self) -> FolderRows:
        """Scan folders."""
        from clerk_desktop.store.folders import FolderRows

        return FolderRows(self._db)

    @cached_property
    def account(self) -> AccountRow:
        """Who is signed in."""
        from clerk_desktop.store.office import AccountRow

        return AccountRow(self._db)

    @cached_property
    def secrets(self) -> SecretRows:
        """Secrets of a profile without a keyring."""
        from clerk_desktop.store.secret_rows import SecretRows

        return SecretRows(self._db)

    @cached_property
    def rounds(self) -> RoundRows:
        """How the last rounds of work ended."""
        from clerk_desktop.store.rounds import RoundRows

        return RoundRows(self._db)

    @cached_property
    def pins(self) -> PinRows:
        """Pinned cases."""
        from clerk_desktop.store.pins import PinRows

        return PinRows(self._db)

    @cached_property
    def contents(self) -> ContentRows:
        """Contents that pinned cases wait for."""
        from clerk_desktop.store.pins import ContentRows

        return ContentRows(self._db)

    @cached_property
    def changes(self) -> ChangeRows:
        """The change feed."""
        from clerk_desktop.store.feed import ChangeRows

        return ChangeRows(self._db)
