"""Which function serves which selector and which action (5.3.2, 5.3.3, 5.4.1 of CMIS 1.1). Names are in lower case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from clerk_desktop.server.actions import content, create, filing, types, update, versions
from clerk_desktop.server.answers import Answer
from clerk_desktop.server.query.searching import query
from clerk_desktop.server.repository.rows import StoredObject
from clerk_desktop.server.requests import Request
from clerk_desktop.server.selectors import folders, objects, repository

Handler: TypeAlias = Callable[[Request], Answer]

REPOSITORY_SELECTORS: Mapping[str, Handler] = {
    "repositoryinfo": repository.info,
    "typechildren": repository.type_children,
    "typedescendants": repository.type_descendants,
    "typedefinition": repository.type_definition,
    "checkedout": repository.checked_out,
    "contentchanges": repository.content_changes,
    "lastresult": repository.last_result,
    "query": query,
}

OBJECT_SELECTORS: Mapping[str, Handler] = {
    "object": objects.whole_object,
    "properties": objects.properties,
    "content": objects.content,
    "allowableactions": objects.allowable_actions,
    "versions": objects.versions,
    "relationships": objects.relationships,
    "renditions": objects.no_renditions,
    "acl": objects.acl,
    "policies": objects.no_policies,
    "children": folders.children,
    "descendants": folders.descendants,
    "foldertree": folders.folder_tree,
    "parent": folders.parent,
    "parents": folders.parents,
    "checkedout": repository.checked_out,
}

REPOSITORY_ACTIONS: Mapping[str, Handler] = {
    "createdocument": create.create_document,
    "createdocumentfromsource": create.create_document_from_source,
    "createrelationship": create.create_relationship,
    "createitem": create.create_item,
    "bulkupdate": update.bulk_update,
    "createtype": types.create_type,
    "updatetype": types.update_type,
    "deletetype": types.delete_type,
}

OBJECT_ACTIONS: Mapping[str, Handler] = {
    "createdocument": create.create_document,
    "createdocumentfromsource": create.create_document_from_source,
    "createfolder": create.create_folder,
    "createitem": create.create_item,
    "createrelationship": create.create_relationship,
    "update": update.update,
    "setcontent": content.set_content,
    "appendcontent": content.append_content,
    "deletecontent": content.delete_content,
    "delete": filing.delete,
    "deletetree": filing.delete_tree,
    "move": filing.move,
    "checkout": versions.check_out,
    "cancelcheckout": versions.cancel_check_out,
    "checkin": versions.check_in,
}

ASKING_BY_POST: Mapping[str, Handler] = {"query": query}
"""What may be sent by POST although it changes nothing."""

NOT_OFFERED = frozenset(
    {"addobjecttofolder", "removeobjectfromfolder", "applypolicy", "removepolicy", "createpolicy", "applyacl"}
)
"""Actions of the standard whose capabilities this repository does not have."""


def default_selector(stored: StoredObject | None) -> str:
    """Return the selector meant when none was sent (5.3.1)."""
    if stored is None:
        return "repositoryinfo"
    if stored.is_document:
        return "content"
    return "children" if stored.is_folder else "object"
