"""Access control as CMIS shows it: what follows from an object's zone. It can be read, not changed."""

from __future__ import annotations

from clerk_desktop.server.repository.rows import StoredObject
from clerk_desktop.server.rights import ENTRANCE, NUMBERS, RESERVED, SHARED
from clerk_desktop.server.types.writing import Json

EVERYBODY = "clerk:everybody"
ADMINISTRATORS = "clerk:administrators"
_READ, _WRITE, _ALL = "cmis:read", "cmis:write", "cmis:all"


def acl_of(stored: StoredObject) -> Json:
    """Return the access control list of an object (5.2.11.3)."""
    entries = [(ADMINISTRATORS, _ALL)]
    if stored.zone in {ENTRANCE, SHARED}:
        entries.append((EVERYBODY, _READ))
    elif stored.zone == NUMBERS:
        entries.append((EVERYBODY, _WRITE))
    elif stored.zone != RESERVED:
        entries.append((stored.zone, _WRITE))
    return {
        "aces": [
            {
                "principal": {"principalId": principal},
                "principalId": principal,
                "permissions": [permission],
                "isDirect": True,
            }
            for principal, permission in entries
        ],
        "isExact": True,
    }


_MAPPING = {
    _READ: (
        "canGetDescendents.Folder",
        "canGetChildren.Folder",
        "canGetParents.Folder",
        "canGetFolderParent.Object",
        "canGetProperties.Object",
        "canViewContent.Object",
        "canGetAllVersions.VersionSeries",
        "canGetObjectRelationships.Object",
        "canGetAppliedPolicies.Object",
        "canGetACL.Object",
    ),
    _WRITE: (
        "canCreateDocument.Folder",
        "canCreateFolder.Folder",
        "canCreateRelationship.Source",
        "canUpdateProperties.Object",
        "canMove.Object",
        "canMove.Target",
        "canMove.Source",
        "canDelete.Object",
        "canDeleteTree.Folder",
        "canSetContent.Document",
        "canDeleteContent.Document",
        "canCheckout.Document",
        "canCancelCheckout.Document",
        "canCheckin.Document",
    ),
}


def acl_capabilities() -> Json:
    """Return the part of the repository information about access control (2.1.12)."""
    descriptions = {_READ: "Read", _WRITE: "Write", _ALL: "All"}
    permissions: list[Json] = [{"permission": key, "description": text} for key, text in descriptions.items()]
    mapping: list[Json] = [
        {"key": key, "permission": [permission]} for permission, keys in _MAPPING.items() for key in keys
    ]
    mapping.append({"key": "canCreateRelationship.Target", "permission": [_READ]})
    return {
        "supportedPermissions": "basic",
        "propagation": "repositorydetermined",
        "permissions": permissions,
        "permissionMapping": mapping,
    }
