from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from clerk_desktop.backend.cmis.connect import RepositoryChoice, connect, sign_in
from clerk_desktop.backend.cmis.mapping import read_mapping
from clerk_desktop.backend.signin.basic import basic
from clerk_desktop.model.account import Account
from clerk_desktop.model.errors import (
    BadAnswer,
    ClerkError,
    CmisTooOld,
    InnerAddress,
    NotADms,
    OtherBinding,
    ServerBusy,
    ServerError,
    ServerUnreachable,
    SignInPage,
    SignInRefused,
    TypesMissing,
    WrongUsage,
)
from clerk_desktop.model.remote import Strategy
from tests.backend.exchanges import DOCUMENT_TYPE, MAPPINGS, URL, answer, connected, embedded, info, refusal, served

SECRET = basic("post", "secret")
ATOM = b'<?xml version="1.0"?><app:service xmlns:app="http://www.w3.org/2007/app"/>'


def asked(response: httpx.Response, repository: str | None = None) -> RepositoryChoice:
    return sign_in(URL, SECRET, repository, embedded(), httpx.MockTransport(lambda _: response))


def xml(body: bytes, content_type: str) -> httpx.Response:
    return httpx.Response(200, content=body, headers={"Content-Type": content_type})


def test_the_only_repository_is_chosen_by_itself() -> None:
    assert asked(answer({"R": info()})) == RepositoryChoice(repository_id="R", name="Akten", product="Town DMS 1")


def test_of_several_repositories_one_must_be_chosen_and_they_are_listed() -> None:
    two = {"R": info(), "S": info(repositoryId="S")}
    with pytest.raises(WrongUsage, match="R, S"):
        asked(answer(two))
    with pytest.raises(WrongUsage, match="R, S"):
        asked(answer(two), "T")
    assert asked(answer(two), "S").repository_id == "S"


@pytest.mark.parametrize(
    ("response", "error"),
    [
        (httpx.Response(401), SignInRefused),
        (httpx.Response(403, text="<html>"), SignInRefused),
        (refusal("permissionDenied", 403), SignInRefused),
        (httpx.Response(404, text="<html>Not found</html>"), NotADms),
        (httpx.Response(200, html="<html><form>"), SignInPage),
        (httpx.Response(200, text="hello"), NotADms),
        (httpx.Response(200, content=b""), NotADms),
        (answer({}), NotADms),
        (answer([]), NotADms),
        (answer({"a": 1}), NotADms),
        (answer({"R": {"name": "x"}}), NotADms),
        (xml(b'{"R": {"repositoryId": ', "application/json"), BadAnswer),
        (xml(ATOM, "application/atomsvc+xml"), OtherBinding),
        (xml(ATOM, "text/xml"), OtherBinding),
        (answer({"R": info(cmisVersionSupported="1.0")}), CmisTooOld),
        (httpx.Response(503, headers={"Retry-After": "9"}), ServerBusy),
        (httpx.Response(500), ServerError),
    ],
)
def test_what_an_address_answers_is_told_apart(response: httpx.Response, error: type[ClerkError]) -> None:
    with pytest.raises(error) as caught:
        asked(response)
    assert type(caught.value) is error or error is ServerError


def test_a_server_that_does_not_answer_is_unreachable() -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("")

    with pytest.raises(ServerUnreachable):
        sign_in(URL, SECRET, None, embedded(), httpx.MockTransport(refuse))


@pytest.mark.parametrize(
    "root", ["http://dms.example/cmis/R/root", "https://inner:8443/root", "https://dms.example:x/"]
)
def test_the_password_goes_to_no_other_host_than_the_configured_one(root: str) -> None:
    with pytest.raises(InnerAddress, match="another host"):
        asked(answer({"R": info(rootFolderUrl=root)}))


def test_addresses_of_an_inner_host_are_rewritten_where_the_mapping_says_so() -> None:
    toml = (MAPPINGS / "embedded.toml").read_text(encoding="utf-8")
    mapping = read_mapping(toml + "\n[connection]\nrewrite_base_url = true\n")
    inner = info(rootFolderUrl="http://inner:8080/cmis/R/root", repositoryUrl="http://inner:8080/cmis/R")
    transport = httpx.MockTransport(lambda _: answer({"R": inner}))
    assert sign_in(URL, SECRET, None, mapping, transport).repository_id == "R"


def test_the_default_port_is_the_same_host() -> None:
    assert asked(answer({"R": info(rootFolderUrl="https://DMS.example:443/cmis/R/root")})).repository_id == "R"


def test_strategies_follow_from_what_the_server_says() -> None:
    backend = connected(lambda _: answer({}))
    chosen = backend.capabilities()
    assert chosen.product == "Town DMS 1"
    assert chosen.tracking is Strategy.CHANGE_LOG
    assert chosen.verification is Strategy.SERVER_HASH
    assert chosen.precondition is Strategy.CHANGE_TOKEN
    assert chosen.listing is Strategy.DESCENDANTS
    backend.close()


def test_a_server_that_offers_nothing_gets_the_patient_strategies() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        if str(request.url) == URL:
            return answer({"R": info(capabilities={"capabilityChanges": "none"})})
        return answer({**DOCUMENT_TYPE, "propertyDefinitions": {}})

    account = Account(url=URL, user="post", repository="R", mapping="embedded")
    chosen = connect(account, SECRET, mapping_dir=MAPPINGS, transport=httpx.MockTransport(handle)).capabilities()
    assert chosen.tracking is Strategy.RELISTING
    assert chosen.verification is Strategy.READ_BACK
    assert chosen.listing is Strategy.CHILD_LISTS


def test_a_repository_without_our_types_is_told_before_anything_is_sent() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        return answer({"R": info()}) if str(request.url) == URL else refusal("objectNotFound", 404)

    account = Account(url=URL, user="post", repository="R", mapping="embedded")
    with pytest.raises(TypesMissing, match="clerk:document"):
        connect(account, SECRET, mapping_dir=MAPPINGS, transport=httpx.MockTransport(handle))


def test_a_type_of_our_name_without_our_properties_is_not_taken_for_ours() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        theirs = {**DOCUMENT_TYPE, "propertyDefinitions": {"x:key": {"id": "x:key"}}}
        return answer({"R": info()}) if str(request.url) == URL else answer(theirs)

    account = Account(url=URL, user="post", repository="R", mapping="embedded")
    with pytest.raises(TypesMissing, match="clerk:objectKey"):
        connect(account, SECRET, mapping_dir=MAPPINGS, transport=httpx.MockTransport(handle))


def test_an_unknown_mapping_is_wrong_usage(tmp_path: Path) -> None:
    account = Account(url=URL, user="post", repository="R", mapping="embedded")
    with pytest.raises(WrongUsage):
        connect(account, SECRET, mapping_dir=tmp_path, transport=served(lambda _: answer({})))


@pytest.mark.parametrize(
    ("vendor", "product", "version", "shown"),
    [
        ("Town", "DMS", "1", "Town DMS 1"),
        ("Clerk Desktop", "Clerk Desktop", "0.1.0", "Clerk Desktop 0.1.0"),
        ("Apache", "Apache-InMemory/1.1.0", "1.1.0", "Apache-InMemory/1.1.0"),
        (None, "Nuxeo", None, "Nuxeo"),
    ],
)
def test_a_product_is_named_without_saying_anything_twice(
    vendor: str | None, product: str, version: str | None, shown: str
) -> None:
    told = info(vendorName=vendor, productName=product, productVersion=version)
    assert connected(lambda _: answer({}), told=told).capabilities().product == shown
