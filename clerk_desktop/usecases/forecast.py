"""How long it takes until what was taken in is read: from how fast files were read lately."""

from __future__ import annotations

from datetime import datetime, timedelta

from clerk_desktop.model.ledger import FileState, Forecast
from clerk_desktop.store.session import Session
from clerk_desktop.system.texts import Texts

LATELY = timedelta(minutes=10)
NOTES = 100
MINUTES = 60


def forecast(session: Session, now: datetime) -> Forecast:
    """Return how many files wait to be read, and the seconds that takes; None where nothing was read lately."""
    queue = session.ledger.in_state(FileState.SEEN, FileState.CLAIMED)
    waits = [file for file in queue if file.discarded_at is None and file.refusal is None and file.batch_of is None]
    lately = [note for note in session.notes.latest(NOTES) if timedelta() <= now - note.written_at <= LATELY]
    if not lately or not waits:
        return Forecast(files=len(waits))
    oldest = min(file.claimed_at or file.seen_at for file in waits)
    since = max(min(note.written_at for note in lately), oldest)  # before that nobody read for lack of letters
    read = {note.file_id for note in lately if not note.made_of and note.written_at >= since}
    if not read:
        return Forecast(files=len(waits))
    return Forecast(files=len(waits), seconds=(now - since).total_seconds() / len(read) * len(waits))


def forecast_text(found: Forecast, texts: Texts) -> str:
    """Return it as a sentence, "" where nothing waits."""
    if not found.files:
        return ""
    told = texts.ngettext("{count} file is still to be read", "{count} files are still to be read", found.files)
    told = told.format(count=found.files)
    if found.seconds is None:
        return f"{told}."
    hours, minutes = divmod(max(1, round(found.seconds / 60)), MINUTES)
    time = f"{hours} h {minutes} min" if hours else f"{minutes} min"
    return texts.gettext("{told}; that takes about {time}.").format(told=told, time=time)
