"""The sample office's cases and documents, as values; how they get to a server is not known here.

The same for the same day and seed. Numbers, subjects and persons of the known cases are those that the sample letters
name; everything else is put together from the topics. All persons are invented.
"""

from __future__ import annotations

import hashlib
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from clerk_desktop.demo.filing_plan import FILING_PLAN
from clerk_desktop.demo.known_cases import KNOWN_CASES, KnownCase
from clerk_desktop.demo.names import FIRMS, FIRST_NAMES, LAST_NAMES, STREETS
from clerk_desktop.demo.people import clerks
from clerk_desktop.demo.text_pdf import Line, broken, printable, text_pdf
from clerk_desktop.demo.topics import ANSWERS, REMARKS, TOPICS, Topic
from clerk_desktop.model.case import Case, CaseStatus, Confidentiality
from clerk_desktop.model.document import Document
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.model.municipality import MUNICIPALITIES

SEED = 20260613
PER_TOWN = 24
"""Generated cases of a town, beside the known ones."""
DAYS_BACK = 420
NAMESPACE = uuid.UUID("6f2c1b5e-54c1-5c7a-9c0e-0d5a6a6b7f10")
SOCIAL_PLANS = ("50.", "51.20")
"""Filing plan numbers whose cases hold social data (§ 67 SGB X)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleDocument:
    """A document with its content, a PDF."""

    document: Document
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseContent:
    """A case with what is filed in it, oldest first."""

    case: Case
    documents: tuple[SampleDocument, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A case before it has a number."""

    municipality: str
    topic: Topic
    subject: str
    participant: str
    opened_on: date


def sample_cases(today: date, seed: int = SEED) -> tuple[CaseContent, ...]:
    """Return the cases of the sample office as they stand on ``today``, in the order of their numbers."""
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    maker = _Maker(today, chance)
    found = [maker.known(known) for known in KNOWN_CASES]
    subjects = {content.case.subject for content in found}
    drafts: list[Draft] = []
    for town in MUNICIPALITIES:
        topics = chance.sample(TOPICS, PER_TOWN)
        for topic in topics:
            draft = _draft(chance, topic, town.key, today, subjects)
            subjects.add(draft.subject)
            drafts.append(draft)
    numbers = Numbers({known.number for known in KNOWN_CASES})
    for draft in sorted(drafts, key=lambda draft: (draft.opened_on, draft.subject)):
        number = numbers.next(draft.topic.plan, draft.opened_on.year, chance.randrange(1, 4))
        found.append(maker.generated(draft, number, chance.choice((2, 2, 3, 4))))
    return tuple(sorted(found, key=lambda content: content.case.case_number))


def large_office(today: date, cases: int = 10_000, documents: int = 50_000, seed: int = SEED) -> Iterator[CaseContent]:
    """Yield one case after the other, for measuring; none of them is kept. The known cases are not among them."""
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    maker = _Maker(today, chance)
    numbers = Numbers(set())
    for index in range(cases):
        topic, town = TOPICS[index % len(TOPICS)], MUNICIPALITIES[index % len(MUNICIPALITIES)]
        draft = _draft(chance, topic, town.key, today, set(), serial=index + 1)
        count = documents * (index + 1) // cases - documents * index // cases
        yield maker.generated(draft, numbers.next(topic.plan, draft.opened_on.year, 1), count)


def counters(contents: tuple[CaseContent, ...]) -> dict[tuple[str, int], int]:
    """Return the highest running number given so far, by filing plan number and year."""
    highest: dict[tuple[str, int], int] = {}
    for content in contents:
        plan, _, rest = content.case.case_number.partition("-")
        year, _, running = rest.partition("/")
        key = (plan, int(year))
        highest[key] = max(highest.get(key, 0), int(running))
    return highest


class Numbers:
    """Gives case numbers, upwards for each filing plan number and year, all towns together."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = set(taken)
        self._last: dict[tuple[str, int], int] = {}

    def next(self, plan: str, year: int, step: int) -> str:
        """Return the next free number, at least ``step`` after the last one."""
        running = self._last.get((plan, year), 0) + step
        while f"{plan}-{year}/{running:03d}" in self._taken:
            running += 1
        self._last[plan, year] = running
        number = f"{plan}-{year}/{running:03d}"
        self._taken.add(number)
        return number


def _draft(chance: random.Random, topic: Topic, town: str, today: date, subjects: set[str], serial: int = 0) -> Draft:
    while True:
        person = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
        firm, street = chance.choice(topic.parties or FIRMS), chance.choice(STREETS[town])
        address = f"{street} {chance.randrange(1, 98)}"
        subject = topic.subject.format(person=person, firm=firm, street=street, address=address)
        if serial:
            subject = f"{subject} ({serial})"
        if subject not in subjects:
            break
    opened = _working(today - timedelta(days=int(DAYS_BACK * chance.random() ** 1.6) + 1))
    participant = person if "{person}" in topic.subject else firm if "{firm}" in topic.subject else ""
    return Draft(municipality=town, topic=topic, subject=subject, participant=participant, opened_on=opened)


class _Maker:
    """Makes cases and documents of one office on one day."""

    def __init__(self, today: date, chance: random.Random) -> None:
        self._today = today
        self._chance = chance
        self._offices = {town.key: f"{_rank(town.key)} {town.title}" for town in MUNICIPALITIES}
        self._plan = {entry.number: entry.title for entry in FILING_PLAN}

    def known(self, known: KnownCase) -> CaseContent:
        """Return a case that letters name: open, with a letter of its participant and an answer."""
        opened = min(known.opened_on, self._today)
        case = Case(
            case_id=_case_id(known.number),
            case_number=known.number,
            subject=known.subject,
            municipality=known.municipality,
            filing_plan_number=known.filing_plan_number,
            assignee=known.assignee,
            participants=known.participants,
            due_on=self._day(self._chance.randrange(3, 40)),
            opened_on=opened,
            confidentiality=_confidentiality(known.filing_plan_number),
        )
        topic = Topic(
            known.filing_plan_number,
            known.subject,
            "Mitteilung",
            "in der genannten Angelegenheit wende ich mich an Sie.",
        )
        return CaseContent(case=case, documents=self._documents(case, topic, 2))

    def generated(self, draft: Draft, number: str, documents: int) -> CaseContent:
        """Return a case made from a topic."""
        chance, age = self._chance, (self._today - draft.opened_on).days
        status = CaseStatus.OPEN
        if chance.random() < min(0.85, age / 300):
            status = CaseStatus.CLOSED
        elif chance.random() < 0.3:
            status = CaseStatus.WAITING
        closed = None
        if status is CaseStatus.CLOSED:
            closed = _working(draft.opened_on + timedelta(days=chance.randrange(1, age + 1)))
        waiting = status is CaseStatus.WAITING
        case = Case(
            case_id=_case_id(number),
            case_number=number,
            subject=draft.subject,
            municipality=draft.municipality,
            filing_plan_number=draft.topic.plan,
            status=status,
            assignee=chance.choice(clerks(draft.municipality)).account,
            participants=(draft.participant,) if draft.participant else (),
            due_on=self._day(chance.randrange(-6, 45)) if status is CaseStatus.OPEN and chance.random() < 0.8 else None,
            resubmit_on=self._day(chance.randrange(-3, 30)) if waiting else None,
            resubmit_note="Unterlagen eingegangen?" if waiting else "",
            opened_on=draft.opened_on,
            closed_on=closed,
            confidentiality=_confidentiality(draft.topic.plan),
        )
        return CaseContent(case=case, documents=self._documents(case, draft.topic, documents))

    def _day(self, days: int) -> date:
        """Return a working day about ``days`` from today: nobody puts a deadline on a weekend."""
        day = self._today + timedelta(days=days)
        return day + timedelta(days=max(0, 8 - day.isoweekday()) if day.isoweekday() > 5 else 0)

    def _documents(self, case: Case, topic: Topic, count: int) -> tuple[SampleDocument, ...]:
        assert case.opened_on is not None, "the sample office opens its cases on a day"
        town = self._offices[case.municipality]
        person = case.participants[0] if case.participants else town
        day, last = case.opened_on, case.closed_on or self._today
        steps = sorted(self._chance.sample(range(len(ANSWERS)), min(count - 1, len(ANSWERS)))) if count > 1 else []
        found = []
        for index in range(count):
            kind, title, sentence, sender = topic.document, topic.document, topic.matter, person
            if index:
                kind, title, sentence = ANSWERS[steps[(index - 1) % len(steps)]]
                sender = town
            text = (sentence, self._chance.choice(REMARKS))
            found.append(self._document(case, index, kind, f"{title} vom {day:%d.%m.%Y}", sender, day, text))
            day = _working(min(last, day + timedelta(days=self._chance.randrange(2, 15))))
        return tuple(found)

    def _document(
        self, case: Case, index: int, kind: str, title: str, sender: str, day: date, text: tuple[str, ...]
    ) -> SampleDocument:
        content = self._letter(case, sender, day, text)
        digest = hashlib.sha256(content).hexdigest()
        document = Document(
            document_id=DocumentId(str(uuid.uuid5(NAMESPACE, f"{case.case_number} {index}"))),
            municipality=case.municipality,
            title=title,
            case_id=case.case_id,
            document_type=kind,
            sender=sender,
            our_reference=case.case_number,
            subject=case.subject,
            letter_date=day,
            received_on=day,
            page_count=1,
            source_sha256=digest,
            sha256=digest,
            confidentiality=case.confidentiality,
            length=len(content),
        )
        return SampleDocument(document=document, content=content)

    def _letter(self, case: Case, sender: str, day: date, text: tuple[str, ...]) -> bytes:
        title = f"{case.filing_plan_number} {self._plan[case.filing_plan_number]}"
        lines = [
            Line(x=71, y=770, text=printable(sender), size=14, bold=True),
            Line(x=71, y=742, text=f"{day:%d.%m.%Y}", size=10),
            Line(x=71, y=726, text=f"Aktenzeichen {case.case_number} · {title}", size=10),
        ]
        y = 690.0
        for part, bold in (
            (case.subject, True),
            ("Sehr geehrte Damen und Herren,", False),
            *((line, False) for line in text),
        ):
            for line in broken(printable(part), 450, 11):
                lines.append(Line(x=71, y=y, text=line, bold=bold))
                y -= 15
            y -= 8
        return text_pdf([lines], title=case.subject)


def _working(day: date) -> date:
    """Return the day, or the Friday before a weekend: town halls write on working days."""
    return day - timedelta(days=max(0, day.isoweekday() - 5))


def _rank(town: str) -> str:
    return "Gemeinde" if town == "kalletal" else "Stadt"


def _case_id(number: str) -> CaseId:
    return CaseId(str(uuid.uuid5(NAMESPACE, number)))


def _confidentiality(plan: str) -> Confidentiality:
    if plan.startswith(SOCIAL_PLANS):
        return Confidentiality.PERSONAL
    return Confidentiality.CONFIDENTIAL if plan == "32.60" else Confidentiality.NORMAL
