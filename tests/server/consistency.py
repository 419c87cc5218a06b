"""What must hold in a data folder whatever was asked of the server: found by looking into it, not by asking it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from clerk_desktop.server.repository.contents import Contents
from clerk_desktop.server.repository.database import Transaction
from clerk_desktop.server.repository.objects import Objects
from clerk_desktop.server.repository.repository import users_only
from clerk_desktop.server.repository.rows import StoredObject, from_row
from clerk_desktop.server.repository.small_contents import SmallContents, is_small
from clerk_desktop.server.rights import name_key, zone_of


def faults_in(data: Path) -> list[str]:
    """Return everything that is wrong with a data folder that nobody serves."""
    with users_only(data) as database, database.reading() as transaction:
        stored = [from_row(row) for row in transaction.rows("SELECT * FROM object")]
        return [
            *(str(tuple(row)) for row in transaction.rows("PRAGMA integrity_check") if row[0] != "ok"),
            *(f"no such row: {tuple(row)}" for row in transaction.rows("PRAGMA foreign_key_check")),
            *_of_places(transaction, stored),
            *_of_versions(stored),
            *_of_relationships(stored),
            *_of_words(transaction, stored),
            *_of_contents(data, transaction, stored),
        ]


def _of_places(transaction: Transaction, stored: list[StoredObject]) -> Iterator[str]:
    objects = Objects(transaction, None)
    folders = {each.n for each in stored if each.is_folder}
    roots = [each.id for each in stored if each.is_root]
    if len(roots) != 1:
        yield f"roots: {roots}"
    seen: set[tuple[int | None, str]] = set()
    for each in stored:
        if each.parent is not None:
            if each.parent not in folders:
                yield f"{each.id} lies in something that is no folder"
            names = objects.names_up(each)
            if zone_of(names) != each.zone:
                yield f"{each.id} at {names} is in the zone {each.zone}"
            if objects.by_id(each.id) != each:
                yield f"{each.id} is not found by its id"
        if each.listed and each.parent is not None:
            place = (each.parent, name_key(each.name))
            if place in seen:
                yield f"two objects at {place}"
            seen.add(place)


def _of_versions(stored: list[StoredObject]) -> Iterator[str]:
    series: dict[str, list[StoredObject]] = {}
    for each in stored:
        if each.series is not None:
            series.setdefault(each.series, []).append(each)
    for name, versions in series.items():
        copies = [each for each in versions if each.working_copy]
        finished = sorted((each for each in versions if not each.working_copy), key=lambda each: each.n)
        latest = [each.n for each in finished if each.latest]
        if finished and latest != [finished[-1].n]:
            yield f"series {name}: the latest is {latest}"
        listed = [each.n for each in versions if each.listed]
        if len(listed) != 1:
            yield f"series {name}: listed are {listed}"
        if len(copies) > 1:
            yield f"series {name}: {len(copies)} working copies"
        noted = {each.checked_out_id for each in versions}
        if noted != {copies[0].id if copies else None}:
            yield f"series {name}: checked out is noted as {noted}"
        majors = [each.n for each in finished if each.major]
        if [each.n for each in finished if each.latest_major] != majors[-1:]:
            yield f"series {name}: latest major version"
        if len({each.parent for each in versions}) != 1:
            yield f"series {name}: versions lie in several folders"


def _of_relationships(stored: list[StoredObject]) -> Iterator[str]:
    ids = {each.id for each in stored}
    for each in stored:
        for end in (each.source, each.target):
            if end is not None and end not in ids:
                yield f"{each.id} is a relationship to what is gone"


def _of_words(transaction: Transaction, stored: list[StoredObject]) -> Iterator[str]:
    kept = {row["rowid"] for row in transaction.rows("SELECT rowid FROM words")}
    if kept != {each.n for each in stored}:
        yield "full text and objects are not the same"


def _of_contents(data: Path, transaction: Transaction, stored: list[StoredObject]) -> Iterator[str]:
    contents, small = Contents(data / "contents"), SmallContents(transaction)
    wanted = {each.content.id: each.content for each in stored if each.content is not None}
    for content_id, content in wanted.items():
        kept = small.get(content_id)
        digest, length = hashlib.sha256(), 0
        for chunk in contents.chunks(content_id) if kept is None else (kept,):
            digest.update(chunk)
            length += len(chunk)
        if (digest.hexdigest(), length) != (content.sha256, content.length):
            yield f"content {content_id} is not what is noted"
    if orphans := contents.forget_orphans(lambda ids: {each for each in ids if each in wanted}):
        yield f"{orphans} content files that nothing refers to"
    in_database = transaction.integer("SELECT COUNT(*) FROM small_content")
    if in_database != sum(is_small(each) for each in wanted):
        yield "content in the database that nothing refers to"
