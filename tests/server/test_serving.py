from __future__ import annotations

import socket
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from clerk_desktop.server.faults import Fault
from clerk_desktop.server.rights import Role
from clerk_desktop.server.serving import EmbeddedServer, InsecureHost
from tests.server.office import PASSWORD, TOWNS, TYPES, property_controls


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedServer]:
    with EmbeddedServer(tmp_path / "data", TYPES, towns=TOWNS) as running:
        running.application.accounts.add_user("admin", PASSWORD, role=Role.ADMIN)
        running.application.accounts.add_user("clerk", PASSWORD, role=Role.CLERK, municipality="blomberg")
        yield running


@pytest.fixture
def client(server: EmbeddedServer) -> Iterator[httpx.Client]:
    with httpx.Client(auth=httpx.BasicAuth(b"clerk", PASSWORD.encode())) as opened:
        yield opened


def root_url(server: EmbeddedServer, client: httpx.Client) -> str:
    info = client.get(server.url).raise_for_status().json()
    return str(info["clerk"]["rootFolderUrl"])


def test_port_zero_takes_a_free_port_and_the_address_says_which(server: EmbeddedServer, client: httpx.Client) -> None:
    assert root_url(server, client) == f"{server.url}/clerk/root"
    assert not server.url.endswith(":0/cmis")


def test_content_goes_over_the_wire_and_back_unchanged(server: EmbeddedServer, client: httpx.Client) -> None:
    root = root_url(server, client)
    content = bytes(range(256)) * 4096
    form = {
        "cmisaction": "createDocument",
        "succinct": "true",
        **property_controls({"cmis:objectTypeId": "clerk:document", "cmis:name": "bild.bin"}),
    }
    made = client.post(f"{root}/Posteingang/Blomberg", data=form, files={"content": ("bild.bin", content)})
    assert made.status_code == 201
    kept = client.get(made.headers["location"] + "&cmisselector=content")
    assert kept.content == content


def test_a_body_of_unknown_length_is_taken_as_it_comes(server: EmbeddedServer, client: httpx.Client) -> None:
    root = root_url(server, client)
    name = "propertyId%5B0%5D=cmis%3AobjectTypeId&propertyValue%5B0%5D=clerk%3Acase"
    form = f"cmisaction=createFolder&succinct=true&{name}&propertyId%5B1%5D=cmis%3Aname&propertyValue%5B1%5D=neu"
    made = client.post(
        f"{root}/Akten/Blomberg",
        content=(bytes([letter]) for letter in form.encode()),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert made.status_code == 201, made.text


def test_an_upload_that_breaks_off_leaves_nothing(server: EmbeddedServer, client: httpx.Client, tmp_path: Path) -> None:
    root = root_url(server, client)
    form = {
        "cmisaction": "createDocument",
        **property_controls({"cmis:objectTypeId": "clerk:document", "cmis:name": "x"}),
    }
    request = client.build_request("POST", f"{root}/Posteingang/Blomberg", data=form, files={"content": b"y" * 100_000})
    host, port = request.url.host, request.url.port
    assert port is not None
    with socket.create_connection((host, port)) as connection:
        head = [f"POST {request.url.raw_path.decode()} HTTP/1.1"]
        head += [f"{name}: {value}" for name, value in request.headers.items()]
        head.append(f"Authorization: Basic {b64encode(f'clerk:{PASSWORD}'.encode()).decode()}")
        connection.sendall("\r\n".join([*head, "", ""]).encode() + request.read()[:60_000])
        connection.shutdown(socket.SHUT_WR)
        answer = connection.makefile("rb").read()
    assert b"invalidArgument" in answer
    listed = client.get(f"{root}/Posteingang/Blomberg", params={"cmisselector": "children"}).json()
    assert listed["numItems"] == 0
    assert list((tmp_path / "data" / "contents" / "incoming").iterdir()) == []


def test_other_machines_are_not_served_without_a_certificate(tmp_path: Path) -> None:
    for host in ("0.0.0.0", "::", "192.0.2.1", "example.org"):
        with pytest.raises(InsecureHost):
            EmbeddedServer(tmp_path / "data", TYPES, towns=TOWNS, host=host)


def test_one_data_folder_is_served_by_one_process(server: EmbeddedServer, tmp_path: Path) -> None:
    with pytest.raises(Fault, match="Another process"):
        EmbeddedServer(tmp_path / "data", TYPES, towns=TOWNS)


def test_a_stopped_server_can_be_started_again_on_its_data(tmp_path: Path) -> None:
    for _ in range(2):
        server = EmbeddedServer(tmp_path / "data", TYPES, towns=TOWNS)
        server.start()
        server.stop()
        server.stop()
