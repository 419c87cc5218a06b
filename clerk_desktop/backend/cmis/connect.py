"""Getting from an address and a proof of who asks to a repository: service document, choice, version, capabilities."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit, urlunsplit

import httpx
import msgspec

from clerk_desktop.backend.cmis import failures, wire
from clerk_desktop.backend.cmis.adapter import CmisBackend
from clerk_desktop.backend.cmis.mapping import Mapping, load_mapping
from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.repository import Repository
from clerk_desktop.backend.cmis.shape import Shape
from clerk_desktop.backend.cmis.wire import RepositoryInfo, WireCapabilities
from clerk_desktop.backend.http import PLAIN_LINE, Answer, Http
from clerk_desktop.backend.line import Line
from clerk_desktop.backend.port import Backend
from clerk_desktop.model.account import Account
from clerk_desktop.model.errors import BadAnswer, CmisTooOld, InnerAddress, Missing, NotADms, TypesMissing, WrongUsage
from clerk_desktop.model.remote import Capabilities, Strategy

SERVICE_LIMIT = 4 * 1024 * 1024
VERSION = "1.1"
NONE, FULL_TEXT_ONLY = "none", "fulltextonly"
DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, kw_only=True, slots=True)
class RepositoryChoice:
    """A repository that a user may sign in to."""

    repository_id: str
    name: str
    product: str


def sign_in(
    url: str,
    auth: httpx.Auth,
    repository: str | None,
    mapping: Mapping,
    transport: httpx.BaseTransport | None = None,
    line: Line = PLAIN_LINE,
) -> RepositoryChoice:
    """Check who asks and return the repository to work with. ``repository`` is its id, None for the only one.

    Raises ``WrongUsage`` listing the repositories when there are several and none was chosen, or not this one; else
    errors below ``ServerError``.
    """
    http = _http(url, auth, mapping, transport, line)
    with closing(http):
        info = _chosen(_service_document(http, url), repository)
        _own_addresses(info, url, mapping)
    return RepositoryChoice(
        repository_id=info.repository_id, name=info.repository_name or info.repository_id, product=info.product
    )


def open_repository(
    account: Account,
    auth: httpx.Auth,
    mapping: Mapping,
    transport: httpx.BaseTransport | None = None,
    line: Line = PLAIN_LINE,
) -> Repository:
    """Return the account's repository without asking whether it suits."""
    http = _http(account.url, auth, mapping, transport, line)
    try:
        info = _own_addresses(_chosen(_service_document(http, account.url), account.repository), account.url, mapping)
    except BaseException:
        http.close()
        raise
    return Repository(http, info, Shape(mapping))


def connect(
    account: Account,
    auth: httpx.Auth,
    *,
    mapping_dir: Path,
    transport: httpx.BaseTransport | None = None,
    line: Line = PLAIN_LINE,
) -> Backend:
    """Return a connection to the account's repository. ``auth`` signs requests; ``mapping_dir`` holds the mappings."""
    mapping = load_mapping(mapping_dir, account.mapping)
    repository = open_repository(account, auth, mapping, transport, line)
    try:
        return CmisBackend(repository, mapping, strategies(repository, mapping), account.user)
    except BaseException:
        repository.close()
        raise


def _http(url: str, auth: httpx.Auth, mapping: Mapping, transport: httpx.BaseTransport | None, line: Line) -> Http:
    return Http(url=url, sign_in=auth, line=line, transport=transport, csrf_header=mapping.connection.csrf_header)


def _service_document(http: Http, url: str) -> tuple[RepositoryInfo, ...]:
    answer = http.get(url, {}, SERVICE_LIMIT)
    if not answer.success:
        raise failures.sign_in_refusal(answer.status, answer.content_type, answer.body, answer.retry_after)
    other = failures.not_json(answer.content_type, answer.body) or failures.other_binding(
        answer.content_type, answer.body
    )
    if other is not None:
        raise other
    try:
        repositories = wire.read_repositories(answer.body)
    except BadAnswer:
        raise (BadAnswer() if _cut_off(answer) else NotADms()) from None
    if not repositories:
        raise NotADms
    return repositories


def _cut_off(answer: Answer) -> bool:
    """Whether an answer began as JSON and did not come to its end."""
    if not answer.complete:
        return answer.content_type == "application/json"
    try:
        msgspec.json.decode(answer.body)
    except (msgspec.MsgspecError, RecursionError):
        return answer.content_type == "application/json"
    return False


def _chosen(repositories: tuple[RepositoryInfo, ...], wanted: str | None) -> RepositoryInfo:
    fitting = [info for info in repositories if info.repository_id == wanted] if wanted else list(repositories)
    if len(fitting) != 1:
        raise WrongUsage(what="--repository: " + ", ".join(sorted(info.repository_id for info in repositories)))
    info = fitting[0]
    if not info.cmis_version_supported.startswith(VERSION):
        raise CmisTooOld(version=info.cmis_version_supported)
    return info


def _own_addresses(info: RepositoryInfo, url: str, mapping: Mapping) -> RepositoryInfo:
    """Return the repository with addresses on the configured host. The password is sent there and nowhere else."""
    ours = urlsplit(url)
    urls = [urlsplit(info.repository_url), urlsplit(info.root_folder_url)]
    if mapping.connection.rewrite_base_url:
        urls = [other._replace(scheme=ours.scheme, netloc=ours.netloc) for other in urls]
    for other in urls:
        if _origin(other) != _origin(ours):
            raise InnerAddress(what=f"{other.scheme}://{other.netloc}")
    repository_url, root_folder_url = (urlunsplit(other) for other in urls)
    return msgspec.structs.replace(info, repository_url=repository_url, root_folder_url=root_folder_url)


def _origin(url: SplitResult) -> tuple[str, str, int | None]:
    try:
        return url.scheme, url.hostname or "", url.port or DEFAULT_PORTS.get(url.scheme)
    except ValueError:
        return url.scheme, "", None


def strategies(repository: Repository, mapping: Mapping) -> Capabilities:
    """Choose a strategy per need. Raises ``TypesMissing``."""
    try:
        properties = repository.type_definition(mapping.types.document).properties
    except Missing:
        raise TypesMissing(what=mapping.types.document) from None
    key = mapping.document.object_key
    if properties and not mapping.notes and key not in properties:
        raise TypesMissing(what=f"{mapping.types.document}: {key}")  # somebody else's type of the same name
    return chosen_strategies(repository, mapping, hashes=Property.CONTENT_STREAM_HASH in properties)


def chosen_strategies(repository: Repository, mapping: Mapping, *, hashes: bool) -> Capabilities:
    """Choose a strategy per need: the mapping's word counts, then the server's, which computes ``hashes`` or not."""
    told = repository.capabilities
    chosen = mapping.strategies
    return Capabilities(
        product=repository.product,
        tracking=_tracking(chosen.tracking, told),
        verification=chosen.verification or (Strategy.SERVER_HASH if hashes else Strategy.READ_BACK),
        precondition=chosen.precondition,
        numbers=chosen.numbers,
        content=chosen.content or (Strategy.CHECK_OUT if told.content_updates == "pwconly" else Strategy.SET_CONTENT),
        listing=chosen.listing or (Strategy.DESCENDANTS if told.descendants else Strategy.CHILD_LISTS),
    )


def _tracking(chosen: Strategy | None, told: WireCapabilities) -> Strategy:
    """Return how changes are followed: what was modified since can only be asked where queries see properties."""
    log = (told.changes or NONE) != NONE
    wanted = chosen or (Strategy.CHANGE_LOG if log else Strategy.MODIFIED_SINCE)
    if wanted is Strategy.MODIFIED_SINCE and (told.query or NONE) in (NONE, FULL_TEXT_ONLY):
        return Strategy.RELISTING
    return wanted
