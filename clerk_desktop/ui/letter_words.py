"""What comes in, in the clerk's words: kinds of files without pages, and why something is proposed."""

from __future__ import annotations

from clerk_desktop.model.reading import FileKind
from clerk_desktop.model.suggestion import Evidence, Reason
from clerk_desktop.model.texts import N_
from clerk_desktop.system.texts import Texts

KINDS = {
    FileKind.MAIL: N_("e-mail"),
    FileKind.OUTLOOK: N_("e-mail (Outlook)"),
    FileKind.XLSX: N_("spreadsheet"),
    FileKind.XLS: N_("spreadsheet"),
    FileKind.ODS: N_("spreadsheet"),
    FileKind.PPTX: N_("presentation"),
    FileKind.PPT: N_("presentation"),
    FileKind.ODP: N_("presentation"),
}
TEXT_DOCUMENT = N_("text document")
REASONS = {
    Reason.NUMBER_BESIDE_ANCHOR: N_("case number on p. {page}"),
    Reason.NUMBER_IN_TEXT: N_("case number in the text, p. {page}"),
    Reason.NUMBER_MISREAD: N_("similar case number on p. {page}"),
    Reason.SEPARATOR_SHEET: N_("separator sheet"),
    Reason.SAME_SENDER: N_("same sender as before"),
    Reason.LETTERHEAD: N_("letterhead, p. {page}"),
    Reason.RETURN_ADDRESS: N_("return address, p. {page}"),
    Reason.SUBJECT_LINE: N_("subject line, p. {page}"),
    Reason.DATE_LINE: N_("date line, p. {page}"),
    Reason.KEYWORD: N_("keyword on p. {page}"),
    Reason.MAIL_HEADER: N_("head of the e-mail"),
    Reason.MAIL_TEXT: N_("case number in the e-mail"),
    Reason.INDEX_FILE: N_("index file of the scanner"),
}


def evidence_text(texts: Texts, evidence: Evidence) -> str:
    """Return why something is proposed."""
    return texts.gettext(REASONS[evidence.reason]).format(page=evidence.page)


def kind_text(texts: Texts, kind: FileKind) -> str:
    """Return what a file without pages is."""
    return texts.gettext(KINDS.get(kind, TEXT_DOCUMENT))
