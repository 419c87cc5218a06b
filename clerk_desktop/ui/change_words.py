"""Changes and conflicts in the clerk's words: names of fields, and both sides of what was changed twice."""

from __future__ import annotations

from clerk_desktop.model.case import CaseField
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.conflict import CASE_OF_DOCUMENT, Conflict, FieldConflict
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.field_names import CASE_FIELDS, DOCUMENT_FIELDS
from clerk_desktop.model.texts import N_
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.field_words import field_text, value_text
from clerk_desktop.ui.words import Names, moment_text, person_text


def any_field_text(texts: Texts, name: str) -> str:
    """Return the name of a case's or document's field that is given by its value; what is unknown stays as it is."""
    fields: dict[str, str] = {field.value: text for field, text in DOCUMENT_FIELDS.items()}
    fields |= {field.value: text for field, text in CASE_FIELDS.items()}
    return texts.gettext(fields.get(name) or (N_("Case") if name == CASE_OF_DOCUMENT else name))


def conflict_text(texts: Texts, conflict: Conflict, names: Names) -> str:
    """Return both sides of a conflict, a line a field, with who made theirs and when."""
    lines = []
    if conflict.gone:
        lines.append(texts.gettext("It is no longer on the server, or no longer visible to you."))
    for each in conflict.fields:
        if conflict.gone and not each.theirs:
            continue  # nothing of theirs is left to be put beside mine
        name, mine, theirs = _sides(texts, conflict.kind, each, names)
        both = texts.gettext("{field}: mine “{mine}”, theirs “{theirs}”")
        who = ", ".join(part for part in (person_text(texts, each.by, names), moment_text(each.at)) if part)
        lines.append(both.format(field=name, mine=mine, theirs=theirs) + (f" ({who})" if who else ""))
    return "\n".join(lines)


def _sides(texts: Texts, kind: ChangeKind, each: FieldConflict, names: Names) -> tuple[str, str, str]:
    if kind is ChangeKind.CASE:
        field = CaseField(each.field)
        mine, theirs = (value_text(texts, field, value, names) for value in (each.mine, each.theirs))
        return field_text(texts, field), mine, theirs
    if each.field == CASE_OF_DOCUMENT:
        inbox = texts.gettext("Inbox")
        return texts.gettext("Case"), each.mine_number or inbox, each.theirs_number or inbox
    return texts.gettext(DOCUMENT_FIELDS[DocumentField(each.field)]), each.mine or "–", each.theirs or "–"
