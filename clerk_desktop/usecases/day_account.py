"""The account of a day on paper and in files: what a town shows that destroys paper after scanning it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime, tzinfo
from pathlib import Path

from clerk_desktop import __version__
from clerk_desktop.intake.reconcile import reconcile
from clerk_desktop.model.errors import RefusalReason, named
from clerk_desktop.model.field_names import PROTECTIONS
from clerk_desktop.model.ledger import FileAccount, Reconciliation, Verdict
from clerk_desktop.model.paper import Block, Heading, Paper, Paragraph, Printer, Space, Table
from clerk_desktop.model.verdicts import EXPLAINED, STATES
from clerk_desktop.store.store import Store
from clerk_desktop.system.clock import Clock
from clerk_desktop.system.files import write_whole
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.forecast import forecast
from clerk_desktop.usecases.office import office_settings
from clerk_desktop.usecases.paper_boxes import PaperBoxes, day_text
from clerk_desktop.usecases.visual_checks import VisualChecks, check_text, samples

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a table program would run what begins so
HASH_SHOWN = 16  # characters: enough to compare by eye


class DayAccounts:
    """``zone``: where the office's days begin and end. ``checks``: where it is written down what a comparison of a
    scan with its paper found. ``boxes``: where the paper lies.
    """

    def __init__(self, store: Store, clock: Clock, zone: tzinfo, printer: Printer) -> None:
        self._store = store
        self._clock = clock
        self._zone = zone
        self._printer = printer
        self.checks = VisualChecks(store, clock)
        self.boxes = PaperBoxes(store, clock, printer)

    def of(self, day: date | None) -> Reconciliation:
        """Return the account of one day of receipt, or of all days."""
        office = office_settings(self._store)
        account = reconcile(self._store, day, self._zone)
        with self._store.read() as session:
            drawn = samples(session, session.ledger.day(day, self._zone), office)
            reading = forecast(session, self._clock.now())
        return replace(account, samples=drawn, reading=reading)

    def write_csv(self, account: Reconciliation, target: Path, texts: Texts) -> None:
        """Write one line per file, as table programs in Germany open it: semicolons, UTF-8 marked. ``DiskFull``."""
        written = io.StringIO()
        writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
        _ = texts.gettext
        writer.writerow(
            [
                *(_("Day"), _("File"), _("State"), _("Verdict"), _("Why"), _("What to do")),
                *(_("Documents"), "SHA-256", _("Confirmed at"), "Id"),
            ]
        )
        for file in account.files:
            writer.writerow(
                _harmless(cell)
                for cell in (
                    str(file.received_on or account.day or ""),
                    file.path,
                    _(STATES[file.state]),
                    file.verdict.value,
                    why(file, texts),
                    to_do(file, texts),
                    str(file.documents),
                    file.sha256,
                    self._moment(file.confirmed_at, texts),
                    file.file_id or "",
                )
            )
        write_whole(target, written.getvalue().encode("utf-8-sig"))

    def write_pdf(self, account: Reconciliation, target: Path, texts: Texts) -> None:
        """Write the account as a document to be printed and signed. Raises ``DiskFull``."""
        write_whole(target, self._printer.pdf(self.paper(account, texts)))

    def paper(self, account: Reconciliation, texts: Texts) -> Paper:
        """Return the account as it is printed."""
        _ = texts.gettext
        day = day_text(account.day, texts) if account.day is not None else _("all days")
        title = _("Reconciliation of {day}").format(day=day)
        made = self._moment(self._clock.now(), texts)
        with self._store.read() as session:
            ends = session.notes.ends()
            folders = [f"{folder.path} ({folder.municipality})" for folder in session.folders.all()]
        blocks: list[Block] = [
            Heading(text=title, size=18),
            Paragraph(text=_("Scan folders: {folders}").format(folders=", ".join(folders) or "–")),
            _numbers(account, texts),
            Heading(text=_sentence(account, texts), size=11),
            Space(height=2),
        ]
        if account.differences:
            blocks += [Heading(text=_("Differences, file by file")), _differences(account, texts)]
        blocks += self._samples(account, texts)
        arrived = [file for file in account.files if file.verdict is Verdict.ARRIVED]
        if arrived:
            blocks += [Heading(text=_("Arrived and confirmed by the server")), self._arrived(arrived, texts)]
        blocks += [
            Paragraph(
                text=_("Last transfer note of station {station}: {number}, SHA-256 {sha256}").format(
                    station=end.station, number=end.number, sha256=end.sha256
                ),
                size=7.5,
            )
            for end in ends  # on paper it proves that the notes were not written anew later
        ]
        blocks += [Space(height=14), Paragraph(text="_" * 34 + "          " + "_" * 34)]
        blocks.append(
            Paragraph(
                text=_(
                    "Place, day                                                                          Checked by"
                ),
                size=8,
            )
        )
        return Paper(
            title=title,
            language=texts.language.value,
            blocks=tuple(blocks),
            footer=_("Made at {moment} by clerk-desktop {version}").format(moment=made, version=__version__)
            + "  ·  "
            + _("Page {page} of {pages}"),
        )

    def _samples(self, account: Reconciliation, texts: Texts) -> list[Block]:
        """Return the comparison with the paper: how many by protection, then letter by letter, without names."""
        _ = texts.gettext
        if not account.samples:
            return []
        counted = Table(
            head=(_("Protection"), _("Quota"), _("Letters"), _("Chosen"), _("Compared"), _("Do not agree")),
            rows=tuple(
                (
                    _(PROTECTIONS[each.protection]),
                    f"{each.quota} %",
                    str(each.letters),
                    str(len(each.chosen)),
                    str(each.compared),
                    str(len(each.defects)),
                )
                for each in account.samples
            ),
            shares=(2, 1, 1, 1, 1, 1.4),
        )
        letters = tuple(
            (letter.path, letter.document_id, check_text(letter.check, texts), self._moment(at, texts))
            for each in account.samples
            for letter in each.chosen
            for at in [letter.check.at if letter.check is not None else None]
        )
        listed = Table(head=(_("File"), _("Document"), _("Found"), _("Compared at")), rows=letters, shares=(3, 3, 3, 2))
        blocks: list[Block] = [Heading(text=_("Compared with the paper")), counted]
        return [*blocks, Space(height=2), listed] if letters else blocks

    def _arrived(self, files: list[FileAccount], texts: Texts) -> Table:
        _ = texts.gettext
        return Table(
            head=(_("File"), _("Documents"), _("Confirmed at"), _("SHA-256, beginning")),
            rows=tuple(
                (file.path, str(file.documents), self._moment(file.confirmed_at, texts), file.sha256[:HASH_SHOWN])
                for file in files
            ),
            shares=(5, 1.2, 2, 2),
        )

    def _moment(self, at: datetime | None, texts: Texts) -> str:
        if at is None:
            return ""
        local = at.astimezone(self._zone)
        return f"{day_text(local.date(), texts)} {local:%H:%M}"


def why(file: FileAccount, texts: Texts) -> str:
    """Say in the user's language why a file counts as it does."""
    parts = [texts.gettext(EXPLAINED[file.verdict].why).format(twin=file.twin or "…")]
    if file.failure:
        parts.append(texts.sentence(named(file.failure)))
    if file.refusal is not None and file.refusal is not RefusalReason.LOOKS_ALIKE:  # that one the verdict tells
        parts.append(texts.reason(file.refusal))
    if file.sorted_out:
        pages = ", ".join(map(str, file.sorted_out))
        parts.append(texts.gettext("Sorted out by a clerk, kept in the scan: page {pages}.").format(pages=pages))
    return " ".join(parts)


def to_do(file: FileAccount, texts: Texts) -> str:
    """Say in the user's language what to do about a file, "" for nothing."""
    source = EXPLAINED[file.verdict].to_do
    return texts.gettext(source) if source else ""


def _numbers(account: Reconciliation, texts: Texts) -> Table:
    _ = texts.gettext
    return Table(
        head=(_("seen"), _("confirmed"), _("waiting"), _("in quarantine"), _("duplicates"), _("lost")),
        rows=(
            (
                str(account.seen),
                str(account.confirmed),
                str(account.waiting),
                str(account.quarantined),
                str(account.duplicates),
                str(len(account.lost)),
            ),
        ),
        shares=(1, 1, 1, 1, 1, 1),
        size=10,
    )


def _sentence(account: Reconciliation, texts: Texts) -> str:
    _ = texts.gettext
    if account.lost:
        return texts.ngettext(
            "{count} file is lost. No paper may be destroyed.", "{count} files are lost. No paper may be destroyed.",
            len(account.lost),
        ).format(count=len(account.lost))  # fmt: skip
    if account.differing:
        return _("Scans do not agree with their paper. Keep that paper and scan it again.")
    if account.uncompared:
        return _("Nothing is lost. The sample is not compared yet; keep the paper until it is.")
    if account.seen == account.confirmed:
        return _("Everything that went in has arrived.")
    return _("Nothing is lost. Not everything has arrived yet; keep the paper of the files below.")


def _differences(account: Reconciliation, texts: Texts) -> Table:
    _ = texts.gettext
    return Table(
        head=(_("File"), _("State"), _("Why"), _("What to do")),
        rows=tuple(
            (file.path, _(STATES[file.state]), why(file, texts), to_do(file, texts)) for file in account.differences
        ),
        shares=(3, 1.3, 3, 3),
    )


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
