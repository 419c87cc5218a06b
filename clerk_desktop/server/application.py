"""The WSGI application: who asks (``gate``, ``accounts``), what for (``routing``), and the HTTP answer.

Every failure is answered as a CMIS exception in JSON, never as HTML and never with a trace; unforeseen ones are logged
with a number that the answer repeats. Works in process through a WSGI transport as well as behind ``serving``.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import quote

from clerk_desktop.backend.cmis.names import CmisException
from clerk_desktop.server import gate, routing
from clerk_desktop.server.accounts import PASSWORD_COST, Accounts
from clerk_desktop.server.answers import Answer, ContentAnswer, encoded
from clerk_desktop.server.controls import Controls
from clerk_desktop.server.faults import Fault, NotAuthenticated, invalid, not_found, not_supported
from clerk_desktop.server.forms import Form, FormReader, body_chunks
from clerk_desktop.server.repository.contents import CHUNK
from clerk_desktop.server.repository.repository import Repository
from clerk_desktop.server.repository.rows import StoredObject
from clerk_desktop.server.requests import Request, Urls
from clerk_desktop.server.rights import User
from clerk_desktop.server.selectors.repository import REPOSITORY_ID
from clerk_desktop.server.session import Session
from clerk_desktop.server.texts import TextOf, TextReader
from clerk_desktop.server.types.reading import read_types

SERVICE_PATH = "/cmis"
_REPOSITORY_PATH = f"{SERVICE_PATH}/{REPOSITORY_ID}"
_ROOT_PATH = f"{_REPOSITORY_PATH}/root"
_LOG = logging.getLogger(__name__)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]


def utc_now() -> datetime:
    """Return the time of the system's clock."""
    return datetime.now(UTC)


def create_application(
    data: Path,
    types: Traversable,
    *,
    towns: Mapping[str, str],
    host_names: Collection[str] = (),
    clock: Callable[[], datetime] = utc_now,
    password_cost: int = PASSWORD_COST,
    text_of: TextOf | None = None,
) -> Application:
    """Open the data folder and return the application for it.

    ``types`` is a folder of type definitions in JSON; ``towns`` maps the key of each town to its title and decides
    which folders exist; ``host_names`` are the names, besides loopback and numeric addresses, the server is called by;
    ``password_cost`` is the work that new passwords cost to check; ``text_of`` reads PDFs for full text.
    Raises ``Fault`` when another process serves the folder or a type is malformed.
    """
    now = _milliseconds(clock())
    repository = Repository(data, read_types(types), at=now)
    repository.ensure_folders(towns.values(), at=now)
    accounts = Accounts(repository.database, towns, cost=password_cost)
    texts = TextReader(repository, text_of)
    return Application(repository, accounts, texts, host_names=host_names, clock=clock)


class Application:
    """Serves one repository. ``clock`` returns the aware time in UTC. Safe to call from many threads."""

    def __init__(
        self,
        repository: Repository,
        accounts: Accounts,
        texts: TextReader,
        *,
        host_names: Collection[str],
        clock: Callable[[], datetime],
    ) -> None:
        self.repository = repository
        self.accounts = accounts
        self.texts = texts
        self._host_names = frozenset(name.lower() for name in host_names)
        self._clock = clock

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request (PEP 3333)."""
        host = ""
        try:
            host = gate.checked_host(environ, self._host_names)
            answer = self._answer(environ, host)
        except NotAuthenticated:
            start_response(
                "401 Unauthorized",
                [
                    ("WWW-Authenticate", 'Basic realm="CMIS", charset="UTF-8"'),
                    ("Content-Type", "text/plain"),
                    ("Content-Length", "0"),
                ],
            )
            return []
        except Fault as fault:
            answer = _fault_answer(fault)
        except OSError as error:
            _LOG.error("storage failed", extra={"action": "serve", "error": error.errno})
            answer = _fault_answer(Fault(CmisException.STORAGE, "The server's disk is full or failing."))
        except Exception:  # noqa: BLE001 - the driver of a request: whatever fails, the caller gets an answer
            number = secrets.token_hex(4)
            _LOG.exception("unforeseen failure %s", number, extra={"action": "serve"})
            answer = _fault_answer(Fault(CmisException.RUNTIME, f"The server failed; its log has number {number}."))
        return _respond(environ, start_response, answer, host)

    def close(self) -> None:
        """Close the repository. No request may be running."""
        self.repository.close()

    def _answer(self, environ: Environ, host: str) -> Answer:
        method = str(environ.get("REQUEST_METHOD", ""))
        if method not in {"GET", "HEAD", "POST"}:
            raise not_supported("Only GET and POST are served.")
        user = self.accounts.authenticate(*gate.credentials(environ))
        with FormReader(self.repository.contents) as reader:
            form = self._form(environ, reader, method)
            return self._dispatch(environ, host, method, user, form)

    def _form(self, environ: Environ, reader: FormReader, method: str) -> Form:
        query = _decoded(str(environ.get("QUERY_STRING", "")))
        if method != "POST":
            return reader.read(query=query, content_type="", body=iter(()))
        length = str(environ.get("CONTENT_LENGTH") or "")
        known = int(length) if length.isascii() and length.isdigit() else None
        if known is None and not environ.get("wsgi.input_terminated") and "HTTP_TRANSFER_ENCODING" not in environ:
            known = 0
        stream = cast("BinaryIO", environ["wsgi.input"])
        content_type = str(environ.get("CONTENT_TYPE") or "")
        return reader.read(query=query, content_type=content_type, body=body_chunks(stream, known))

    def _dispatch(self, environ: Environ, host: str, method: str, user: User, form: Form) -> Answer:
        controls = Controls(form.pairs)
        if controls.has("callback"):
            raise not_supported("Answers as scripts (JSONP) are not given.")
        if controls.has("token"):
            raise not_supported("Forms of web pages are not served.")
        path = _decoded(str(environ.get("PATH_INFO", ""))).rstrip("/")
        action = controls.text("cmisaction") if method == "POST" else None
        if method == "POST" and action is None:
            raise invalid("cmisaction is missing.")
        asking = action is None or action.lower() in routing.ASKING_BY_POST
        database = self.repository.database
        with database.reading() if asking else database.writing() as transaction:
            session = Session(self.repository, transaction, user, now=_milliseconds(self._clock()))
            base = f"{environ.get('wsgi.url_scheme', 'http')}://{host}"
            request = Request(
                session=session,
                controls=controls,
                received=form.received,
                urls=Urls(repository=base + _REPOSITORY_PATH, root=base + _ROOT_PATH),
                range_header=environ.get("HTTP_RANGE"),
                head_only=method == "HEAD",
            )
            try:
                answer = _serve(request, path, action)
            except BaseException:
                session.abandon()
                raise
        if session.writer.left_unread:
            self.texts.notice()
        return answer


def _serve(request: Request, path: str, action: str | None) -> Answer:
    """Find object and function, and call it."""
    if path == SERVICE_PATH and action is None:
        return routing.REPOSITORY_SELECTORS["repositoryinfo"](request)
    if path == _REPOSITORY_PATH:
        at_root, target = False, None
    elif path == _ROOT_PATH or path.startswith(_ROOT_PATH + "/"):
        at_root, target = True, _target(request, path)
        object.__setattr__(request, "target", target)
    else:
        raise not_found("There is nothing at this address.")
    if action is not None:
        name = action.lower()
        table = routing.OBJECT_ACTIONS if at_root else routing.REPOSITORY_ACTIONS
        handler = table.get(name) or routing.ASKING_BY_POST.get(name)
        if handler is None:
            known = name in routing.NOT_OFFERED or name in routing.OBJECT_ACTIONS or name in routing.REPOSITORY_ACTIONS
            raise not_supported("This action is not offered here." if known else "There is no such action.")
        return handler(request)
    selector = (request.controls.text("cmisselector") or routing.default_selector(target)).lower()
    handler = (routing.OBJECT_SELECTORS if at_root else routing.REPOSITORY_SELECTORS).get(selector)
    if handler is None:
        raise not_supported("There is no such selector here.")
    return handler(request)


def _target(request: Request, path: str) -> StoredObject:
    """Return the object of an object URL; an object id counts before the path (5.3.1)."""
    object_id = request.controls.text("objectId")
    if object_id is not None:
        return request.session.get(object_id)
    names = [name for name in path.removeprefix(_ROOT_PATH).split("/") if name]
    if any(name in {".", ".."} for name in names):
        raise invalid("A path has no dots.")
    return request.session.at_path(names)


def _decoded(text: str) -> str:
    """Return a text of the WSGI environment, which carries bytes as Latin-1 (PEP 3333), as the UTF-8 it is.

    Transports within a process, such as httpx's, hand over decoded text instead, which is no UTF-8 in Latin-1.
    """
    try:
        return text.encode("iso-8859-1").decode("utf-8")
    except UnicodeError:
        return text


def _milliseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def _fault_answer(fault: Fault) -> Answer:
    return Answer(status=fault.status, body={"exception": fault.name.value, "message": fault.message})


_REASONS = {
    200: "OK",
    201: "Created",
    206: "Partial Content",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    416: "Range Not Satisfiable",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


def _respond(environ: Environ, start_response: StartResponse, answer: Answer, host: str) -> Iterable[bytes]:
    status = answer.status
    suppressed = "suppressresponsecodes=true" in str(environ.get("QUERY_STRING", "")).lower()
    if suppressed and status >= 300 and not answer.empty:
        status = 200
    headers = [("X-Content-Type-Options", "nosniff"), ("Cache-Control", "private, no-store"), *answer.headers.items()]
    if answer.created is not None:
        scheme = environ.get("wsgi.url_scheme", "http")
        headers.append(("Location", f"{scheme}://{host}{_ROOT_PATH}?objectId={quote(answer.created)}"))
    line = f"{status} {_REASONS[status]}"
    head_only = environ.get("REQUEST_METHOD") == "HEAD"
    if answer.content is not None:
        start_response(line, headers + _content_headers(answer.content))
        if head_only:
            answer.content.stream.close()
            return []
        return _ContentBody(answer.content)
    body = b"" if answer.empty else encoded(answer.body)
    headers += [("Content-Type", "application/json; charset=utf-8"), ("Content-Length", str(len(body)))]
    start_response(line, headers)
    return [] if head_only else [body]


def _content_headers(content: ContentAnswer) -> list[tuple[str, str]]:
    kind = "attachment" if content.attachment else "inline"
    plain = content.file_name.encode("ascii", "replace").decode().translate(str.maketrans('"\\?', "___"))
    media_type = content.media_type if content.media_type.isascii() and content.media_type.isprintable() else ""
    headers = [
        ("Content-Type", media_type or "application/octet-stream"),
        ("Content-Length", str(content.length)),
        ("Content-Disposition", f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(content.file_name, safe='')}"),
        ("Accept-Ranges", "bytes"),
        ("ETag", f'"{content.sha256}"'),
        # an uploaded page must not become a page of this server
        ("Content-Security-Policy", "sandbox; default-src 'none'"),
    ]
    if content.partial:
        last = content.start + content.length - 1
        headers.append(("Content-Range", f"bytes {content.start}-{last}/{content.total}"))
    return headers


class _ContentBody:
    """The bytes of a content answer; the WSGI server closes it, sent or not."""

    def __init__(self, content: ContentAnswer) -> None:
        self._content = content

    def __iter__(self) -> Iterator[bytes]:
        stream, left = self._content.stream, self._content.length
        stream.seek(self._content.start)
        while left > 0:
            chunk = stream.read(min(CHUNK, left))
            if not chunk:
                return
            left -= len(chunk)
            yield chunk

    def close(self) -> None:
        """Close the file."""
        self._content.stream.close()
