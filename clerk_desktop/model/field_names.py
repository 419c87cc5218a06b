"""How the fields of cases and documents are called, as English sources; ``system.texts`` translates them."""

from __future__ import annotations

from clerk_desktop.model.case import CaseField, Confidentiality
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.texts import N_

CASE_FIELDS = {
    CaseField.SUBJECT: N_("Subject"),
    CaseField.STATUS: N_("Status"),
    CaseField.ASSIGNEE: N_("Assignee"),
    CaseField.PARTICIPANTS: N_("Participants"),
    CaseField.DUE_ON: N_("Deadline"),
    CaseField.RESUBMIT_ON: N_("Resubmission"),
    CaseField.RESUBMIT_NOTE: N_("Reason of the resubmission"),
    CaseField.PROCESS_STEP: N_("Step"),
    CaseField.STEP_SINCE: N_("In this step since"),
    CaseField.CLOSED_ON: N_("Closed on"),
    CaseField.CONFIDENTIALITY: N_("Protection"),
}

DOCUMENT_FIELDS = {
    DocumentField.TITLE: N_("Title"),
    DocumentField.DOCUMENT_TYPE: N_("Document type"),
    DocumentField.SENDER: N_("Sender"),
    DocumentField.SENDER_REFERENCE: N_("Sender's reference"),
    DocumentField.OUR_REFERENCE: N_("Our reference"),
    DocumentField.SUBJECT: N_("Subject"),
    DocumentField.LETTER_DATE: N_("Letter date"),
    DocumentField.PAPER_BOX: N_("Paper box"),
    DocumentField.CONFIDENTIALITY: N_("Protection"),
    DocumentField.DUPLICATE_OF: N_("Duplicate of"),
}
PROTECTIONS = {
    Confidentiality.NORMAL: N_("normal"),
    Confidentiality.CONFIDENTIAL: N_("confidential"),
    Confidentiality.PERSONAL: N_("personal"),
}
