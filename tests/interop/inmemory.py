"""The OpenCMIS InMemory server 1.1.0 as a process of its own on a free port of the loopback address.

A server that none of us wrote, fetched from Maven Central into ``build/interop/inmemory``. Everything is in memory:
it starts empty within a second and forgets at the end. Every name and password is accepted.

Usage beside the tests: ``python -m tests.interop.inmemory [HEAP_MB]`` runs one until Enter is pressed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
PLACE = HERE.parents[1] / "build" / "interop" / "inmemory"
UNPACKED = PLACE / "unpacked-1"
REPOSITORY = "A1"
STARTED = re.compile(r"Started ServerConnector@.*\{127\.0\.0\.1:(\d+)\}")
FAILED = "Failed startup of context"
# of the SOAP and AtomPub bindings and of a log that nobody reads; the first do not start on Java 11 and later
NOT_NEEDED = ("cxf", "jaxb", "log4j", "neethi", "wsdl4j", "xml-resolver", "xmlschema", "asm")
SERVLETS = ("cmisws10", "cmisws11", "cmisatom10", "cmisatom11", "cmisendpoints")
LARGEST_MB = 4096
STANDARD_ERROR = 2


@dataclass(frozen=True, kw_only=True)
class InMemory:
    """A running server. ``url`` is its service URL, ``pid`` its process."""

    url: str
    pid: int

    @property
    def repository_url(self) -> str:
        return f"{self.url}/{REPOSITORY}"

    @property
    def root_url(self) -> str:
        return f"{self.url}/{REPOSITORY}/root"


def why_not() -> str:
    """Return what is missing on this machine to run the server, "" when nothing is."""
    missing = [program for program in ("java", "mvn") if shutil.which(program) is None]
    if missing and not (missing == ["mvn"] and UNPACKED.is_dir()):
        return f"the OpenCMIS InMemory server needs {' and '.join(missing)}"
    return ""


@contextmanager
def inmemory_server(*, heap_mb: int = 512) -> Iterator[InMemory]:
    """Start a server, stop it at the end. ``heap_mb``: what Java may take for everything that is put in."""
    fetch()
    with tempfile.TemporaryDirectory() as scratch:
        command = _command(heap_mb, scratch)
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        ) as process:
            try:
                port = _port(process)
                drain = threading.Thread(target=_drain, args=(process,), name="inmemory-log")
                drain.start()
                try:
                    yield InMemory(url=f"http://127.0.0.1:{port}/inmemory/browser", pid=process.pid)
                finally:
                    process.kill()  # it keeps nothing; asked to end, Java sometimes waits for itself for ever
                    drain.join()
            finally:
                process.kill()


def fetch() -> Path:
    """Let Maven fetch the server, unpack it and take out what Java 17 cannot start, once; return its folder."""
    if not UNPACKED.is_dir():
        command = ["mvn", "-q", "-B", "-f", str(HERE / "inmemory.pom.xml"), "dependency:copy-dependencies"]
        # what Maven says, even when it says nothing but a change of colour, is not for those who read our output
        command += ["-DexcludeTransitive=true", f"-DoutputDirectory={PLACE}"]
        subprocess.run(command, check=True, stdout=STANDARD_ERROR)
        (war,) = PLACE.glob("chemistry-opencmis-server-inmemory-*.war")
        with tempfile.TemporaryDirectory(dir=PLACE) as folder:
            fresh = Path(folder) / "unpacked"
            with zipfile.ZipFile(war) as packed:
                packed.extractall(fresh)
            _strip(fresh)
            _keep(fresh)
    return UNPACKED


def _keep(fresh: Path) -> None:
    try:
        fresh.rename(UNPACKED)
    except OSError:
        if not UNPACKED.is_dir():  # else another test process was faster
            raise


def _strip(folder: Path) -> None:
    web = folder / "WEB-INF" / "web.xml"
    text = re.sub(r"<!--.*?-->", "", web.read_text(encoding="utf-8"), flags=re.DOTALL)
    for name in SERVLETS:
        for part in ("servlet", "servlet-mapping"):
            text = re.sub(
                rf"<{part}>\s*<servlet-name>{name}</servlet-name>.*?</{part}>", "", text, count=1, flags=re.DOTALL
            )
    web.write_text(text, encoding="utf-8")
    for library in (folder / "WEB-INF" / "lib").iterdir():
        if library.name.startswith(NOT_NEEDED):
            library.unlink()
    settings = folder / "WEB-INF" / "classes" / "repository.properties"
    text = settings.read_text(encoding="utf-8")
    text = text.replace("RepositoryFiller.Enable=true", "RepositoryFiller.Enable=false")
    text = text.replace("InMemoryServer.MaxSize=20971520", f"InMemoryServer.MaxSize={LARGEST_MB * 1024**2}")
    settings.write_text(text, encoding="utf-8")


def _command(heap_mb: int, scratch: str) -> list[str]:
    (runner,) = PLACE.glob("jetty-runner-*.jar")
    log = "org.eclipse.jetty.util.log"
    return [
        "java",
        f"-Xmx{heap_mb}m",
        f"-Djava.io.tmpdir={scratch}",
        f"-D{log}.class={log}.StdErrLog",
        "-jar",
        str(runner),
        *("--host", "127.0.0.1", "--port", "0", "--path", "/inmemory"),
        str(UNPACKED),
    ]


def _port(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    told: list[str] = []
    for line in process.stderr:
        told.append(line)
        started = STARTED.search(line)
        if started and not any(FAILED in each for each in told):
            return started[1]
        if started:
            break
    raise AssertionError("the InMemory server did not start:\n" + "".join(told)[:4000])


def _drain(process: subprocess.Popen[str]) -> None:
    """Read on, so that the server never waits for somebody to read."""
    assert process.stderr is not None
    for _ in process.stderr:
        pass


if __name__ == "__main__":
    with inmemory_server(heap_mb=int(sys.argv[1]) if len(sys.argv) > 1 else 512) as running:
        print(f"listening on {running.url}", flush=True)
        sys.stdin.readline()
