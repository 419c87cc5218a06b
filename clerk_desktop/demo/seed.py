"""Fills the embedded server with the sample office: users, shared files, cases and their documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime, time

import msgspec

from clerk_desktop.backend.cmis.names import BaseType, ClerkProperty, ClerkType, Property
from clerk_desktop.demo.filing_plan import DOCUMENT_TYPES, FILING_PLAN
from clerk_desktop.demo.office import CaseContent, SampleDocument, counters, sample_cases
from clerk_desktop.demo.people import PEOPLE, PersonRole
from clerk_desktop.model.case import Case
from clerk_desktop.model.ids import short_key
from clerk_desktop.model.municipality import MUNICIPALITIES
from clerk_desktop.server.repository.seeding import Seed, import_session
from clerk_desktop.server.rights import Role
from clerk_desktop.server.serving import EmbeddedServer
from clerk_desktop.server.types.definitions import Values

PASSWORD = "demo"  # noqa: S105 - a sample office; the server refuses other machines without TLS
SETTINGS = """\
# Gilt für alle Arbeitsplätze des Hauses.
auto_file = true             # exakt bekanntes Aktenzeichen neben "Ihr Zeichen" o. ä.: ohne Rückfrage ablegen
confidence_floor = 0.3       # Vorschläge darunter werden nicht gezeigt
keep_originals_days = 180
"""
ROLES = {PersonRole.ADMIN: Role.ADMIN, PersonRole.MAILROOM: Role.MAILROOM, PersonRole.CLERK: Role.CLERK}
TITLES = {town.key: town.title for town in MUNICIPALITIES}
FORBIDDEN = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))


def seed(server: EmbeddedServer, cases: Iterable[CaseContent] | None = None, today: date | None = None) -> None:
    """Fill an empty server; one that has users already is left as it is.

    ``cases`` are the sample office's as of ``today`` when none are given.
    """
    if server.application.accounts.names():
        return
    day = today or datetime.now(UTC).date()
    with import_session(server.application.repository, at=_at(day)) as into:
        _shared_files(into)
        if cases is None:
            cases = sample_cases(day)
            _counters(into, cases)
        for content in cases:
            _case(into, content)
    for person in PEOPLE:
        server.application.accounts.add_user(
            person.account, PASSWORD, role=ROLES[person.roles[0]], municipality=person.municipality or None
        )


def _shared_files(into: Seed) -> None:
    people = [{**asdict(person), "roles": [role.value for role in person.roles]} for person in PEOPLE]
    plan = [asdict(entry) for entry in FILING_PLAN]
    files = {
        "einstellungen.toml": (SETTINGS.encode(), "application/toml"),
        "personen.json": (msgspec.json.encode(people), "application/json"),
        "aktenplan.json": (msgspec.json.encode(plan), "application/json"),
        "dokumentarten.json": (msgspec.json.encode(list(DOCUMENT_TYPES)), "application/json"),
    }
    for name, (content, media_type) in files.items():
        into.document("/Vorlagen", BaseType.DOCUMENT, name, {}, [content], media_type)


def _counters(into: Seed, cases: tuple[CaseContent, ...]) -> None:
    into.folder("/Vorlagen/Nummern")
    for (plan, year), value in counters(cases).items():
        properties: dict[str, Values] = {
            ClerkProperty.COUNTER_KEY: plan,
            ClerkProperty.COUNTER_YEAR: year,
            ClerkProperty.COUNTER_VALUE: value,
        }
        into.document("/Vorlagen/Nummern", ClerkType.COUNTER, _name(f"{plan}-{year}"), _set(properties))


def _case(into: Seed, content: CaseContent) -> None:
    case = content.case
    plan = next(entry for entry in FILING_PLAN if entry.number == case.filing_plan_number)
    parent = f"/Akten/{TITLES[case.municipality]}/{_name(f'{plan.number} {plan.title}')}"
    into.folder(parent)
    place = f"{parent}/{_name(f'{case.case_number} {case.subject}')}"
    into.folder(place, ClerkType.CASE, _set(_case_properties(case)))
    for document in content.documents:
        _document(into, place, document)


def _document(into: Seed, place: str, sample: SampleDocument) -> None:
    document, content = sample.document, sample.content
    digest = hashlib.sha256(content).hexdigest()
    properties: dict[str, Values] = {
        ClerkProperty.OBJECT_KEY: document.document_id,
        Property.DESCRIPTION: document.title,
        ClerkProperty.DOCUMENT_TYPE: document.document_type,
        ClerkProperty.SENDER: document.sender,
        ClerkProperty.SUBJECT: document.subject,
        ClerkProperty.LETTER_DATE: _milliseconds(document.letter_date),
        ClerkProperty.RECEIVED_ON: _milliseconds(document.received_on),
        ClerkProperty.PAGE_COUNT: document.page_count,
        ClerkProperty.SHA256: digest,
        ClerkProperty.CONFIDENTIALITY: document.confidentiality.value,
    }
    name = _name(f"{short_key(document.document_id)} {document.title}") + ".pdf"
    into.document(place, ClerkType.DOCUMENT, name, _set(properties), [content])


def _case_properties(case: Case) -> dict[str, Values]:
    return {
        ClerkProperty.OBJECT_KEY: case.case_id,
        ClerkProperty.CASE_NUMBER: case.case_number,
        ClerkProperty.SUBJECT: case.subject,
        ClerkProperty.STATUS: case.status.value,
        ClerkProperty.MUNICIPALITY: TITLES[case.municipality],
        ClerkProperty.FILING_PLAN_NUMBER: case.filing_plan_number,
        ClerkProperty.ASSIGNEE: case.assignee,
        ClerkProperty.PARTICIPANTS: case.participants or None,
        ClerkProperty.DUE_ON: _milliseconds(case.due_on),
        ClerkProperty.RESUBMIT_ON: _milliseconds(case.resubmit_on),
        ClerkProperty.RESUBMIT_NOTE: case.resubmit_note,
        ClerkProperty.PROCESS_ID: case.process_id,
        ClerkProperty.PROCESS_STEP: case.process_step,
        ClerkProperty.STEP_SINCE: _milliseconds(case.step_since),
        ClerkProperty.OPENED_ON: _milliseconds(case.opened_on),
        ClerkProperty.CLOSED_ON: _milliseconds(case.closed_on),
        ClerkProperty.CONFIDENTIALITY: case.confidentiality.value,
    }


def _set(properties: Mapping[str, Values]) -> dict[str, Values]:
    return {str(name): value for name, value in properties.items() if value not in ("", None)}


def _name(text: str) -> str:
    return text.translate(FORBIDDEN).strip(" .")[:200]


def _milliseconds(day: date | None) -> int | None:
    return _at(day) if day else None


def _at(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp() * 1000)
