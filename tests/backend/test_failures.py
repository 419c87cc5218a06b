from __future__ import annotations

import inspect
import ssl

import httpx
import pytest

from clerk_desktop.backend.cmis import failures
from clerk_desktop.backend.cmis.names import CmisException
from clerk_desktop.model.errors import (
    BadAnswer,
    CertificateRefused,
    ChangedMeanwhile,
    Missing,
    NotADms,
    OtherBinding,
    PermissionDenied,
    RuleViolated,
    ServerBusy,
    ServerError,
    ServerUnreachable,
    SignInPage,
    SignInRefused,
)

HTTPX = [kind for kind in vars(httpx).values() if inspect.isclass(kind) and issubclass(kind, Exception)]


def made(kind: type[Exception]) -> Exception:
    request = httpx.Request("GET", "https://dms.example")
    if kind is httpx.HTTPStatusError:
        return httpx.HTTPStatusError("", request=request, response=httpx.Response(500, request=request))
    if kind in (httpx.RequestNotRead, httpx.ResponseNotRead, httpx.StreamClosed, httpx.StreamConsumed):
        return kind()
    return kind("")


@pytest.mark.parametrize("kind", HTTPX, ids=[kind.__name__ for kind in HTTPX])
@pytest.mark.parametrize("answered", [True, False])
def test_every_exception_of_httpx_becomes_an_error_of_ours(kind: type[Exception], answered: bool) -> None:
    assert issubclass(kind, failures.TRANSPORT_FAILURES)
    assert isinstance(failures.transport_failure(made(kind), answered=answered), ServerError)


def test_no_connection_and_no_answer_in_time_mean_unreachable() -> None:
    for kind in (httpx.ConnectError, httpx.ConnectTimeout, httpx.ReadTimeout, httpx.ReadError, httpx.ProxyError):
        assert isinstance(failures.transport_failure(kind(""), answered=False), ServerUnreachable)


def test_a_server_that_hangs_up_is_unreachable_and_one_that_stops_in_the_middle_answers_badly() -> None:
    error = httpx.RemoteProtocolError("")
    assert isinstance(failures.transport_failure(error, answered=False), ServerUnreachable)
    assert isinstance(failures.transport_failure(error, answered=True), BadAnswer)


def test_a_certificate_that_is_not_trusted_is_told_apart_from_a_server_that_is_away() -> None:
    refused = httpx.ConnectError("")
    refused.__cause__ = ssl.SSLCertVerificationError("self-signed")
    assert type(failures.transport_failure(refused, answered=False)) is CertificateRefused
    other = httpx.ConnectError("")
    other.__cause__ = ssl.SSLError("wrong version number")
    assert type(failures.transport_failure(other, answered=False)) is ServerUnreachable


@pytest.mark.parametrize("name", list(CmisException))
def test_every_exception_of_cmis_becomes_an_error_of_ours(name: CmisException) -> None:
    body = f'{{"exception":"{name.value}","message":"…"}}'.encode()
    error = failures.refusal(500, body, 0)
    assert isinstance(error, ServerError)
    assert type(error) is not ServerError


def test_the_name_of_an_exception_counts_before_the_status() -> None:
    error = failures.refusal(409, b'{"exception":"updateConflict"}', 0)
    assert type(error) is ChangedMeanwhile


@pytest.mark.parametrize("status", range(300, 600))
def test_every_status_without_a_known_exception_becomes_an_error_of_ours(status: int) -> None:
    for body in (b"", b"<html>", b'{"exception":"vendorSpecial"}', b"[1]", b"\xff", b"[" * 100_000):
        assert isinstance(failures.refusal(status, body, 3), ServerError)
        assert isinstance(failures.sign_in_refusal(status, "text/html", body, 3), ServerError)


def test_a_404_that_is_not_the_dms_speaking_is_not_taken_for_a_deleted_object() -> None:
    assert type(failures.refusal(404, b"<html>No such application</html>", 0)) is BadAnswer
    assert type(failures.refusal(404, b'{"exception":"objectNotFound"}', 0)) is Missing


def test_a_busy_server_tells_when_to_come_back() -> None:
    for status in (429, 503):
        error = failures.refusal(status, b"", 17)
        assert isinstance(error, ServerBusy)
        assert error.retry_after == 17


def test_401_means_wrong_credentials_and_at_sign_in_403_too() -> None:
    assert type(failures.refusal(401, b'{"exception":"runtime"}', 0)) is SignInRefused
    assert type(failures.refusal(403, b"", 0)) is PermissionDenied
    assert type(failures.sign_in_refusal(403, "", b"", 0)) is SignInRefused
    assert type(failures.sign_in_refusal(404, "", b"", 0)) is NotADms


def test_a_redirected_form_is_a_gateway_that_wants_a_sign_in() -> None:
    assert type(failures.refusal(302, b"", 0)) is SignInPage


def test_409_without_a_name_is_a_violated_rule() -> None:
    assert type(failures.refusal(409, b"", 0)) is RuleViolated


@pytest.mark.parametrize(
    ("content_type", "body"),
    [("text/html", b""), ("", b"  <!DOCTYPE html><p>"), ("application/json", b"<!-- x --><HTML>")],
)
def test_a_web_page_is_recognised_by_type_or_by_looks(content_type: str, body: bytes) -> None:
    assert type(failures.not_json(content_type, body)) is SignInPage


def test_json_is_no_web_page() -> None:
    assert failures.not_json("application/json", b'{"a":"<html>"}') is None


def test_the_other_bindings_of_cmis_are_named() -> None:
    atom = b'<?xml version="1.0"?><app:service xmlns:app="http://www.w3.org/2007/app">'
    assert str(failures.other_binding("text/xml", atom)).startswith("This address speaks CMIS as AtomPub")
    soap = b'<?xml version="1.0"?><wsdl:definitions xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/">'
    assert "SOAP" in str(failures.other_binding("text/xml", soap))
    assert type(failures.other_binding("application/atom+xml", b"")) is OtherBinding
    old = atom + b"<cmis:cmisVersionSupported>1.0</cmis:cmisVersionSupported>"
    assert str(failures.other_binding("text/xml", old)).startswith("This server speaks CMIS 1.0;")
    assert failures.other_binding("application/json", b"{}") is None
