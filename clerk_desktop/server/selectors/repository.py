"""Selectors of the repository URL (5.3.2 of CMIS 1.1)."""

from __future__ import annotations

from clerk_desktop import __version__
from clerk_desktop.backend.cmis.names import BaseType
from clerk_desktop.server.acl import EVERYBODY, acl_capabilities
from clerk_desktop.server.answers import Answer, change_event
from clerk_desktop.server.faults import invalid, not_found
from clerk_desktop.server.requests import Request, Urls
from clerk_desktop.server.session import Session
from clerk_desktop.server.types.definitions import Kind, TypeDefinition
from clerk_desktop.server.types.writing import Json, type_to_json

REPOSITORY_ID = "clerk"
PRODUCT = "Clerk Desktop"
_SETTABLE = (
    "id",
    "localName",
    "localNamespace",
    "displayName",
    "queryName",
    "description",
    "creatable",
    "fileable",
    "queryable",
    "fulltextIndexed",
    "includedInSupertypeQuery",
)
_CAPABILITIES: dict[str, Json] = {
    "capabilityContentStreamUpdatability": "anytime",
    "capabilityChanges": "objectidsonly",
    "capabilityRenditions": "none",
    "capabilityGetDescendants": True,
    "capabilityGetFolderTree": True,
    "capabilityMultifiling": False,
    "capabilityUnfiling": False,
    "capabilityVersionSpecificFiling": False,
    "capabilityPWCSearchable": False,
    "capabilityPWCUpdatable": True,
    "capabilityAllVersionsSearchable": True,
    "capabilityOrderBy": "common",
    "capabilityQuery": "bothcombined",
    "capabilityJoin": "none",
    "capabilityACL": "discover",
    "capabilityCreatablePropertyTypes": {"canCreate": [kind.value for kind in Kind]},
    "capabilityNewTypeSettableAttributes": {
        **dict.fromkeys(_SETTABLE, True),
        "controllablePolicy": False,
        "controllableACL": False,
    },
}


def repository_info(session: Session, urls: Urls) -> dict[str, Json]:
    """Return the repository information (5.2.2)."""
    return {
        "repositoryId": REPOSITORY_ID,
        "repositoryName": "Clerk Desktop",
        "repositoryDescription": "Cases and documents of the cooperating towns",
        "vendorName": PRODUCT,
        "productName": PRODUCT,
        "productVersion": __version__,
        "rootFolderId": session.objects.root().id,
        "capabilities": _CAPABILITIES,
        "aclCapabilities": acl_capabilities(),
        "latestChangeLogToken": str(session.changes.latest_token()),
        "cmisVersionSupported": "1.1",
        "thinClientURI": urls.repository,
        "changesIncomplete": False,
        "changesOnType": [BaseType.DOCUMENT, BaseType.FOLDER, BaseType.RELATIONSHIP, BaseType.ITEM],
        "principalIdAnonymous": "clerk:anonymous",
        "principalIdAnyone": EVERYBODY,
        "extendedFeatures": [
            {
                "id": "http://docs.oasis-open.org/ns/cmis/extension/contentstreamhash",
                "url": "https://docs.oasis-open.org/cmis/",
                "commonName": "contentStreamHash",
                "versionLabel": "1.0",
                "description": "cmis:contentStreamHash holds the SHA-256 of the content",
                "featureData": {},
            }
        ],
        "repositoryUrl": urls.repository,
        "rootFolderUrl": urls.root,
    }


def info(request: Request) -> Answer:
    """``repositoryInfo``: the repository information under the repository's id."""
    return Answer(body={REPOSITORY_ID: repository_info(request.session, request.urls)})


def type_children(request: Request) -> Answer:
    """``typeChildren``: the sub types of a type, or the base types."""
    type_id = request.controls.text("typeId")
    types = request.session.types
    found = types.base_types() if type_id is None else types.children(types.get(type_id).id)
    skip = request.controls.count("skipCount", 0)
    limit = request.controls.limit()
    page = found[skip : skip + limit]
    return Answer(
        body={
            "types": [_type(request, item) for item in page],
            "hasMoreItems": skip + len(page) < len(found),
            "numItems": len(found),
        }
    )


def type_descendants(request: Request) -> Answer:
    """``typeDescendants``: the tree of types below a type, or all."""
    type_id = request.controls.text("typeId")
    types = request.session.types
    depth = request.controls.depth()
    found = types.base_types() if type_id is None else types.children(types.get(type_id).id)
    return Answer(body=[_type_tree(request, item, depth) for item in found])


def type_definition(request: Request) -> Answer:
    """``typeDefinition``: one type with all properties."""
    types = request.session.types
    definition = types.get(request.controls.required("typeId"))
    return Answer(body=type_to_json(types, definition, with_properties=True))


def content_changes(request: Request) -> Answer:
    """``contentChanges``: events from a token on, the event at the token first (2.2.6.2)."""
    text = request.controls.text("changeLogToken")
    token = request.controls.integer("changeLogToken") or 0
    if text is not None and not 0 <= token <= request.session.changes.last_token_of_all():
        raise invalid("The change log token is not one of this repository.")
    limit = max(1, request.controls.limit())
    events, total = request.session.changes.since(token, limit)
    return Answer(
        body={
            "objects": [change_event(event, succinct=request.succinct) for event in events],
            "hasMoreItems": total > len(events),
            "numItems": total,
            "changeLogToken": str(events[-1].token if events else token),
        }
    )


def checked_out(request: Request) -> Answer:
    """``checkedout``: working copies, of the whole repository or of one folder."""
    folder = None if request.target is None else request.folder()
    page = request.page()
    return request.listed(request.session.objects.working_copies(folder, page), page)


def last_result(_request: Request) -> Answer:
    """``lastResult``: what a browser's form did; forms with a token are not accepted, so nothing is ever known."""
    raise not_found("There is no result for this token.")


def _type(request: Request, definition: TypeDefinition) -> Json:
    with_properties = request.controls.flag("includePropertyDefinitions", default=False)
    return type_to_json(request.session.types, definition, with_properties=with_properties)


def _type_tree(request: Request, definition: TypeDefinition, depth: int) -> Json:
    answer: dict[str, Json] = {"type": _type(request, definition)}
    if depth != 1:
        children = request.session.types.children(definition.id)
        if children:
            answer["children"] = [_type_tree(request, item, depth - 1 if depth > 0 else -1) for item in children]
    return answer
