"""The played main job: from letters in a scan folder to documents in cases on a shared server, each step with evidence.

Uses the same use cases as window and commands; what happened is read back from the server by ``ServerWitness``.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from clerk_desktop.assembly import open_desk
from clerk_desktop.demo.letters.catalogue import all_letters
from clerk_desktop.demo.report import Evidence, require
from clerk_desktop.demo.sample_office import SampleOffice
from clerk_desktop.demo.witness import DepositedDocument, ServerWitness
from clerk_desktop.model.case import CaseFilter
from clerk_desktop.model.errors import ExitCode
from clerk_desktop.model.ledger import FileState
from clerk_desktop.model.signing_in import SignInRequest
from clerk_desktop.usecases.desk import Desk

TOWN = "blomberg"
MAILROOM, CLERK, COLLEAGUE, STRANGER = f"post.{TOWN}", f"clerk1.{TOWN}", f"clerk2.{TOWN}", "clerk1.luegde"
PASSWORD = PASSPHRASE = "demo"  # noqa: S105 - a sample office, on this machine only
CORPUS_KINDS = {".pdf", ".tif", ".tiff", ".jpg", ".png"}


class Story:
    """One played day. ``corpus`` are folders with further real scans, absent ones are left out."""

    def __init__(self, office: SampleOffice, place: Path, corpus: tuple[Path, ...]) -> None:
        self._office = office
        self._place = place
        self._corpus = corpus
        self._scans = place / "scans"
        self._desks: dict[str, Desk] = {}
        self._dropped: list[Path] = []
        self._deposited: tuple[DepositedDocument, ...] = ()

    @property
    def steps(self) -> tuple[tuple[str, Callable[[], Evidence]], ...]:
        """The story, in order."""
        return (
            ("sign in", self.sign_in),
            ("know the cases", self.know_the_cases),
            ("letters fall into the scan folder", self.drop_letters),
            ("the server is down", self.server_down),
            ("understand", self.take_in),
            ("the server is back", self.server_up),
            ("deposit and file", self.synchronise),
            ("evidence from the server", self.read_back),
            ("reconcile", self.reconcile),
            ("originals settled", self.originals_settled),
            ("a clerk sees them", self.clerk_sees),
            ("the clerk files one", self.clerk_files),
            ("another town sees nothing", self.stranger_sees_nothing),
        )

    def close(self) -> None:
        """Close all profiles."""
        for desk in self._desks.values():
            desk.close()
        self._desks.clear()

    def home(self, user: str) -> Path:
        """Return the profile of somebody in the story."""
        return self._place / user

    def sign_in(self) -> Evidence:
        """Mailroom and clerks sign in, each in a profile of their own."""
        users = (MAILROOM, CLERK, COLLEAGUE, STRANGER)
        for user in users:
            self._sign_in(user)
        return {"users": list(users), "server": self._office.url}

    def know_the_cases(self) -> Evidence:
        """The mailroom fetches the cases of its town."""
        result = self._desk(MAILROOM).background.sync_once()
        require(result.exit_code is ExitCode.DONE, result)
        known = {case.case_number for case in self._desk(MAILROOM).worklist.find(CaseFilter())}
        there = set(self._witness(MAILROOM).case_numbers())
        require(bool(known) and known == there, {"here": len(known), "server": len(there)})
        return {"cases": len(known)}

    def drop_letters(self) -> Evidence:
        """Letters drawn by the project, and real scans where there are any."""
        self._scans.mkdir(parents=True)
        self._desk(MAILROOM).scan_folders.add(self._scans, TOWN)
        for letter in all_letters():
            self._dropped += letter.draw(self._scans)
        drawn = len(self._dropped)
        for folder in self._corpus:
            for source in sorted(folder.iterdir()) if folder.is_dir() else ():
                if source.suffix.lower() in CORPUS_KINDS:
                    target = self._scans / f"{folder.name}-{source.name}"
                    shutil.copyfile(source, target)
                    self._dropped.append(target)
        return {"drawn": drawn, "realScans": len(self._dropped) - drawn}

    def server_down(self) -> Evidence:
        """The server stops; nothing that follows may need it."""
        self._office.stop()
        result = self._desk(MAILROOM).background.sync_once()
        require(result.exit_code is ExitCode.UNREACHABLE, result)
        return {"exitCode": int(result.exit_code), "error": result.error}

    def take_in(self) -> Evidence:
        """Every complete file is claimed and understood, without a server."""
        self._desk(MAILROOM).background.intake_once()
        files = self._desk(MAILROOM).transfers.overview().files
        states = {state.value: sum(each.file.state is state for each in files) for state in FileState}
        require(len(files) == len(self._dropped), {"dropped": len(self._dropped), "ledger": len(files)})
        queued = sum(len(each.parts) for each in files)
        require(queued > 0 and not states["seen"] and not states["claimed"], states)
        return {"files": {name: count for name, count in states.items() if count}, "documents": queued}

    def server_up(self) -> Evidence:
        """The server is started again at the same address."""
        self._office.start()
        return {"server": self._office.url}

    def synchronise(self) -> Evidence:
        """Everything is sent; letters with a known number beside an anchor are filed by themselves."""
        result = self._desk(MAILROOM).background.sync_once()
        overview = self._desk(MAILROOM).transfers.overview()
        require(not overview.outbox, [type(entry.operation).__name__ for entry in overview.outbox])
        filed = [part.case_number for each in overview.files for part in each.parts if part.case_number]
        require(bool(filed), "no letter was filed by its number")
        inbox = self._desk(MAILROOM).inbox.items()
        suggested = sum(bool(item.suggestions.cases or item.suggestions.fields) for item in inbox)
        require(suggested > 0, "no suggestions in the inbox")
        return {"exitCode": int(result.exit_code), "filedByNumber": filed, "inbox": len(inbox), "suggested": suggested}

    def read_back(self) -> Evidence:
        """Every document is on the server once, with the very bytes that were sent."""
        witness = self._witness(MAILROOM)
        everything = (*witness.documents("/Posteingang"), *witness.documents("/Akten"))
        files = self._desk(MAILROOM).transfers.overview().files
        sent = {part.part.document_id for each in files for part in each.parts}
        self._deposited = tuple(document for document in everything if document.object_key in sent)
        keys = [document.object_key for document in self._deposited]
        require(len(keys) == len(set(keys)) == len(sent), {"sent": len(sent), "there": len(keys)})
        wrong = [document.path for document in self._deposited if document.content_sha256 != document.stated_sha256]
        require(not wrong, wrong)
        identical = sum(document.content_sha256 == document.source_sha256 for document in self._deposited)
        require(identical > 0, "no PDF with text stayed byte-identical")
        return {
            "documents": len(keys),
            "sha256Equal": len(keys),
            "byteIdenticalToScan": identical,
            "inCases": sum(document.path.startswith("/Akten") for document in self._deposited),
            "samples": [{"path": each.path, "sha256": each.content_sha256} for each in self._deposited[:5]],
        }

    def reconcile(self) -> Evidence:
        """What went in is what arrived."""
        account = self._desk(MAILROOM).transfers.reconciliation(None)
        parts = account.confirmed + account.waiting + account.quarantined + account.duplicates
        require(account.seen == len(self._dropped) == parts and not account.lost and not account.waiting, account)
        require(account.quarantined > 0, "the broken scan is not in quarantine")
        return {
            "seen": account.seen,
            "confirmed": account.confirmed,
            "waiting": account.waiting,
            "quarantined": account.quarantined,
            "duplicates": account.duplicates,
            "lost": len(account.lost),
        }

    def originals_settled(self) -> Evidence:
        """Confirmed originals lie in ``erledigt``; the others where they were."""
        settled = [path for path in (self._scans / "erledigt").rglob("*") if path.is_file()]
        left = [path for path in self._dropped if path.exists()]
        require(len(settled) + len(left) == len(self._dropped), {"settled": len(settled), "left": len(left)})
        files = self._desk(MAILROOM).transfers.overview().files
        confirmed = sum(each.file.state is FileState.CONFIRMED for each in files)
        require(len(settled) == confirmed, {"settled": len(settled), "confirmed": confirmed})
        return {"settled": len(settled), "leftWithReason": sorted(path.name for path in left)}

    def clerk_sees(self) -> Evidence:
        """A second station sees what the mailroom did."""
        result = self._desk(CLERK).background.sync_once()
        require(result.exit_code is ExitCode.DONE, result)
        mine = {item.document.document_id for item in self._desk(MAILROOM).inbox.items()}
        theirs = self._desk(CLERK).inbox.items()
        require(mine == {item.document.document_id for item in theirs}, {"mailroom": len(mine), "clerk": len(theirs)})
        suggested = sum(bool(item.suggestions.cases or item.suggestions.fields) for item in theirs)
        require(suggested > 0, "the clerk sees no suggestions")
        return {"inbox": len(theirs), "suggested": suggested}

    def clerk_files(self) -> Evidence:
        """The clerk accepts a suggestion, or opens a new case; the server has it afterwards."""
        desk = self._desk(CLERK)
        items = desk.inbox.items()
        best = next((item for item in items if item.suggestions.cases), None)
        if best is not None:
            number = best.suggestions.cases[0].case_number
            desk.filing.file(best.document.document_id, number)
            document_id = best.document.document_id
        else:
            document_id = items[0].document.document_id
            case, _ = desk.filing.file_in_new_case(document_id, "Aus dem Posteingang", "10.10")
            number = case.case_number
        result = desk.background.sync_once()
        require(result.exit_code is ExitCode.DONE, result)
        there = [each for each in self._witness(CLERK).documents("/Akten") if each.object_key == document_id]
        require(len(there) == 1, {"found": len(there)})
        return {"caseNumber": number, "path": there[0].path}

    def stranger_sees_nothing(self) -> Evidence:
        """A clerk of another town finds none of it, neither by query nor in the tree."""
        witness = self._witness(STRANGER)
        seen = {document.object_key for folder in ("/Posteingang", "/Akten") for document in witness.documents(folder)}
        foreign = seen & {document.object_key for document in self._deposited}
        require(not foreign, sorted(foreign))
        own = set(witness.case_numbers()) & set(self._witness(MAILROOM).case_numbers())
        require(not own, sorted(own))
        return {"documentsSeen": len(seen), "ofTheOtherTown": 0}

    def _sign_in(self, user: str) -> None:
        desk = open_desk(self._place / user, PASSPHRASE)
        self._desks[user] = desk
        desk.accounts.log_in(SignInRequest(url=self._office.url, user=user, password=PASSWORD))

    def _desk(self, user: str) -> Desk:
        return self._desks[user]

    def _witness(self, user: str) -> ServerWitness:
        return ServerWitness(url=self._office.url, user=user, password=PASSWORD)
