"""An author's marks from both sides as one set: merged by mark, the newer edit of each wins, deletions included."""

from __future__ import annotations

from clerk_desktop.model.annotation import AnnotationSet, annotation_set, merged
from clerk_desktop.model.exchange import AnnotationFile, MarksFile, MarksFormat
from clerk_desktop.store.annotations import StoredAnnotations


def together(marks: MarksFormat, stored: StoredAnnotations) -> AnnotationSet:
    """Return the set as it is here: the server's with what was marked here since. Raises ``MarksRefused``."""
    whole = annotation_set(stored.document_id, stored.author)
    for content in (stored.remote, stored.local):
        if content is not None:
            file = marks.read(content)
            whole = merged(whole, annotation_set(stored.document_id, stored.author, file.entries, file.foreign))
    return whole


def as_file(marks: MarksFormat, whole: AnnotationSet) -> AnnotationFile:
    """Return the set as servers keep it."""
    return AnnotationFile(
        annotation_set_id=whole.annotation_set_id,
        document_id=whole.document_id,
        author=whole.author,
        content=marks.write(MarksFile(entries=whole.entries, foreign=whole.foreign)),
    )
