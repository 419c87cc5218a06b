"""Removing versions, and what remains of their series then (2.1.13 of CMIS 1.1)."""

from __future__ import annotations

from msgspec.structs import replace

from clerk_desktop.server.faults import versioning
from clerk_desktop.server.repository.rows import StoredObject
from clerk_desktop.server.session import Session


def delete_all_versions(session: Session, stored: StoredObject) -> None:
    """Remove a document with all its versions and its working copy."""
    for version in session.objects.versions(stored.series or ""):
        session.writer.delete(version)


def delete_one_version(session: Session, stored: StoredObject) -> None:
    """Remove one version; the one before it takes its place. Raises ``Fault`` (versioning) while checked out."""
    if stored.checked_out_id is not None:
        raise versioning("The document is checked out.")
    session.writer.delete(stored)
    remaining = session.objects.versions(stored.series or "")
    newest_major = next((version.n for version in remaining if version.major), 0)
    for position, version in enumerate(remaining):
        latest = position == 0
        after = replace(version, latest=latest, listed=latest, latest_major=version.n == newest_major)
        if after != version:
            session.writer.update(version, after, told=latest)
