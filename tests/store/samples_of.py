"""One value of everything the store keeps, every field filled, for tests and for the kept sample databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from clerk_desktop.model.account import Account, Template
from clerk_desktop.model.baseline import Baseline
from clerk_desktop.model.batch import BatchMode
from clerk_desktop.model.case import Case, CaseField, CaseFilter, CaseStatus, Confidentiality
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.document import Document, DocumentField
from clerk_desktop.model.editing import CaseChange, DocumentChange
from clerk_desktop.model.event import Event, EventKind
from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.ids import CaseId, DocumentId, EventId, FileId, FolderId
from clerk_desktop.model.ledger import FilePart, FileState, ScanFolder, ScannedFile
from clerk_desktop.model.outbox import (
    AddEvent,
    CreateCase,
    DepositDocument,
    FileDocument,
    Operation,
    UpdateCase,
    UpdateDocument,
)
from clerk_desktop.model.pin import Pin
from clerk_desktop.model.remote import RemoteRef
from clerk_desktop.model.suggestion import CaseSuggestion, Evidence, FieldSuggestion, Reason, Suggestions
from clerk_desktop.model.typed_index import TypedIndex
from clerk_desktop.store.store import Store
from clerk_desktop.system.store_key import StoreKey

KEY = StoreKey(bytes(range(32)))
NOW = datetime(2025, 11, 24, 8, 30, 15, 123456, tzinfo=UTC)


class FixedClock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time


CASE = Case(
    case_id=CaseId("0a000000-0000-4000-8000-000000000001"),
    case_number="32-50/2025/12",
    subject="Sondernutzung Straßenfest Brückenweg",
    municipality="luegde",
    filing_plan_number="32-50",
    status=CaseStatus.WAITING,
    assignee="clerk1.luegde",
    participants=("Ordnungsamt", "Förderverein; e. V."),
    due_on=date(2025, 12, 1),
    resubmit_on=date(2025, 11, 28),
    resubmit_note="Rückruf Veranstalterin",
    process_id="sondernutzung",
    process_step="pruefen",
    step_since=date(2025, 11, 20),
    opened_on=date(2025, 11, 3),
    closed_on=date(2025, 12, 24),
    confidentiality=Confidentiality.PERSONAL,
    number_final=False,
    pinned=True,
)
DOCUMENT = Document(
    document_id=DocumentId("0d000000-0000-4000-8000-000000000001"),
    municipality="luegde",
    title="Antrag Straßenfest",
    case_id=CASE.case_id,
    document_type="antrag",
    sender="Förderverein Brückenweg e. V.",
    sender_reference="FV-7",
    our_reference="32-50/2025/12",
    subject="Antrag auf Sondernutzung",
    letter_date=date(2025, 11, 1),
    received_on=date(2025, 11, 3),
    page_count=2,
    source_sha256="a" * 64,
    sha256="b" * 64,
    source_key="station-1",
    paper_box="K-17",
    confidentiality=Confidentiality.CONFIDENTIAL,
    duplicate_of="0d000000-0000-4000-8000-000000000009",
    version="1.0",
    mime_type="image/tiff",
    length=4711,
)
IN_INBOX = replace(DOCUMENT, document_id=DocumentId("0d000000-0000-4000-8000-000000000002"), case_id=None)
EVIDENCE = Evidence(reason=Reason.NUMBER_BESIDE_ANCHOR, page=1, line=4, text="Az. 32-50/2025/12", rect=Rect(1, 2, 3, 4))
SUGGESTIONS = Suggestions(
    cases=(
        CaseSuggestion(
            case_id=CASE.case_id, case_number=CASE.case_number, confidence=0.9, evidence=EVIDENCE, certain=True
        ),
    ),
    fields=(FieldSuggestion(field=DocumentField.SENDER, value="Förderverein", confidence=0.5, evidence=EVIDENCE),),
)
TYPED = TypedIndex(case="32-50", texts={DocumentField.LETTER_DATE: "2.12."})
EVENT = Event(
    event_id=EventId("0e000000-0000-4000-8000-000000000001"),
    kind=EventKind.NOTE,
    actor="clerk1.luegde",
    at=NOW,
    text="Mit der Veranstalterin gesprochen",
    case_id=CASE.case_id,
    document_id=DOCUMENT.document_id,
    target_date=date(2025, 12, 2),
    target_user="clerk2.luegde",
    from_step="eingang",
    to_step="pruefen",
)
FOLDER = ScanFolder(
    folder_id=FolderId("0f000000-0000-4000-8000-000000000001"),
    path="/scans/Lügde",
    municipality="luegde",
    keep_originals_days=90,
)
BATCH_FOLDER = replace(FOLDER, batch=BatchMode.PAGES, batch_quiet=12.5, batch_wait=90.0)
FILE = ScannedFile(
    file_id=FileId("0c000000-0000-4000-8000-000000000001"),
    folder_id=FOLDER.folder_id,
    path="/scans/Lügde/Müller Widerspruch.pdf",
    size=123_456,
    modified_ns=1_763_971_200_123_456_789,
    state=FileState.SEEN,
    seen_at=NOW,
)
PARTS = (
    FilePart(file_id=FILE.file_id, document_id=DOCUMENT.document_id, pages=(1, 2)),
    FilePart(file_id=FILE.file_id, document_id=IN_INBOX.document_id, pages=(3,)),
)
OPERATIONS: tuple[Operation, ...] = (
    DepositDocument(document_id=DOCUMENT.document_id),
    CreateCase(case_id=CASE.case_id),
    FileDocument(
        document_id=DOCUMENT.document_id,
        case_id=CASE.case_id,
        changes=(DocumentChange(field=DocumentField.TITLE, text="Antrag"),),
    ),
    UpdateDocument(
        document_id=IN_INBOX.document_id, changes=(DocumentChange(field=DocumentField.SENDER, text="Meier"),)
    ),
    UpdateCase(case_id=CASE.case_id, changes=(CaseChange(field=CaseField.DUE_ON, text="2025-12-03"),)),
    AddEvent(event_id=EVENT.event_id, beside=CASE.case_id),
)
BASELINES = (
    Baseline(
        object_id=CASE.case_id,
        kind=ChangeKind.CASE,
        ref=RemoteRef(server_id="folder-1", series_id="folder-1", parent_id="root", change_token="7", modified_at=NOW),
        case=CASE,
    ),
    Baseline(
        object_id=DOCUMENT.document_id,
        kind=ChangeKind.DOCUMENT,
        ref=RemoteRef(server_id="doc-1;1.0", series_id="doc-1", parent_id="folder-1"),
        document=DOCUMENT,
    ),
)
PAGE_TEXT = "Antrag auf Sondernutzung\nwir bitten um die Genehmigung unseres Straßenfestes"
PASSWORD = "Geheimnis-4711-Poststelle"
ACCOUNT = Account(url="https://dms.example/cmis", user="clerk1.luegde", repository="town", mapping="embedded")


def fill(store: Store) -> None:
    """Put all of it into a store."""
    with store.write() as session:
        session.cases.put(CASE)
        session.documents.put(DOCUMENT)
        session.documents.put(IN_INBOX)
        session.suggestions.put(DOCUMENT.document_id, SUGGESTIONS)
        session.typed_index.put(IN_INBOX.document_id, TYPED)
        session.texts.put(DOCUMENT.sha256, ((1, PAGE_TEXT),), complete=True)
        session.events.put(EVENT)
        session.folders.add(FOLDER)
        session.ledger.add(FILE)
        session.ledger.add_parts(PARTS)
        session.ledger.claim_log_add(FILE.file_id, FILE.path, "a" * 64, NOW)
        for operation in OPERATIONS:
            session.outbox.add(operation, NOW)
        for baseline in BASELINES:
            session.baselines.put(baseline)
        session.account.put(ACCOUNT)
        session.secrets.put("password", PASSWORD)
        session.pins.put(Pin(case_id=CASE.case_id, pinned_at=NOW, expires_at=NOW))
        session.contents.let_go("c" * 64)
        session.sync.set_token("17")
        session.sync.set_last_sync(NOW)
        session.sync.set_template(Template.PEOPLE, b"{}")


def check(store: Store) -> None:
    """Find all of it in a store, field by field."""
    with store.read() as session:
        assert session.cases.by_number(CASE.case_number) == CASE
        assert session.cases.find(CaseFilter(text="strassenfest")) == (CASE,)
        assert session.documents.in_case(CASE.case_id) == (DOCUMENT,)
        assert session.documents.inbox() == (IN_INBOX,)
        assert session.suggestions.get(DOCUMENT.document_id) == SUGGESTIONS
        assert session.events.of_case(CASE.case_id) == (EVENT,)
        assert session.folders.all() == (FOLDER,)
        assert session.ledger.day(None) == (FILE,)
        assert session.ledger.parts(FILE.file_id) == PARTS
        assert session.ledger.claims_without_state() == ()
        assert len(session.ledger.claims()) == 1
        assert tuple(entry.operation for entry in session.outbox.all()) == OPERATIONS
        assert tuple(session.baselines.get(baseline.object_id) for baseline in BASELINES) == BASELINES
        assert [pin.case_id for pin in session.pins.all()] == [CASE.case_id]
        assert session.account.get() == ACCOUNT
        assert session.secrets.get("password") == PASSWORD
        assert (session.sync.token(), session.sync.last_sync()) == ("17", NOW)
        assert session.sync.template(Template.PEOPLE) == b"{}"
        assert session.changes.last() > 0
