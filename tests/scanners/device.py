"""A scanner for tests: speaks eSCL over HTTP as devices do, with paper in it and with every trouble paper has.

Written from the facts of the protocol and from what devices are known to do; shares nothing with the client.
"""

from __future__ import annotations

import re
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from PIL import Image, ImageDraw

SCAN = "http://schemas.hp.com/imaging/escl/2011/05/03"
PWG = "http://www.pwg.org/schemas/2010/12/sm"
PROFILE = """<scan:SettingProfiles><scan:SettingProfile>
<scan:ColorModes><scan:ColorMode>BlackAndWhite1</scan:ColorMode><scan:ColorMode>Grayscale8</scan:ColorMode>
<scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes>
<scan:DocumentFormats><pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>
<pwg:DocumentFormat>application/pdf</pwg:DocumentFormat>
<scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt>
<scan:DocumentFormatExt>application/pdf</scan:DocumentFormatExt></scan:DocumentFormats>
<scan:SupportedResolutions><scan:DiscreteResolutions>
<scan:DiscreteResolution><scan:XResolution>75</scan:XResolution><scan:YResolution>75</scan:YResolution>
</scan:DiscreteResolution>
<scan:DiscreteResolution><scan:XResolution>200</scan:XResolution><scan:YResolution>200</scan:YResolution>
</scan:DiscreteResolution>
<scan:DiscreteResolution><scan:XResolution>300</scan:XResolution><scan:YResolution>300</scan:YResolution>
</scan:DiscreteResolution></scan:DiscreteResolutions></scan:SupportedResolutions>
</scan:SettingProfile></scan:SettingProfiles>"""
CAPS = f"""<scan:MinWidth>300</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth><scan:MinHeight>300</scan:MinHeight>
<scan:MaxHeight>3508</scan:MaxHeight><scan:MaxScanRegions>1</scan:MaxScanRegions>{PROFILE}
<scan:SupportedIntents><scan:Intent>Document</scan:Intent><scan:Intent>Preview</scan:Intent></scan:SupportedIntents>
<scan:MaxOpticalXResolution>300</scan:MaxOpticalXResolution>
<scan:MaxOpticalYResolution>300</scan:MaxOpticalYResolution>"""
CAPABILITIES = f"""<?xml version="1.0" encoding="UTF-8"?>
<scan:ScannerCapabilities xmlns:scan="{SCAN}" xmlns:pwg="{PWG}">
<pwg:Version>2.63</pwg:Version><pwg:MakeAndModel>Muster MFC 100</pwg:MakeAndModel>
<pwg:SerialNumber>M-4711</pwg:SerialNumber><scan:UUID>4509a320-00a0-008f-00b6-002507510eca</scan:UUID>
<scan:Platen><scan:PlatenInputCaps>{CAPS}</scan:PlatenInputCaps></scan:Platen>
<scan:Adf><scan:AdfSimplexInputCaps>{CAPS}</scan:AdfSimplexInputCaps>
<scan:AdfDuplexInputCaps>{CAPS}</scan:AdfDuplexInputCaps><scan:FeederCapacity>50</scan:FeederCapacity>
<scan:AdfOptions><scan:AdfOption>DetectPaperLoaded</scan:AdfOption><scan:AdfOption>Duplex</scan:AdfOption>
</scan:AdfOptions></scan:Adf></scan:ScannerCapabilities>"""


def sheet(text: str, dpi: int = 75, *, mode: str = "RGB") -> bytes:
    """An A4 page with a line on it, as JPEG."""
    picture = Image.new(mode, (round(8.27 * dpi), round(11.69 * dpi)), "white")
    ImageDraw.Draw(picture).text((dpi // 2, dpi // 2), text, fill="black", font_size=max(12, dpi // 6))
    target = BytesIO()
    picture.save(target, "JPEG", quality=80, dpi=(dpi, dpi))
    return target.getvalue()


@dataclass
class Job:
    """What is being scanned, and with which settings."""

    path: str
    settings: dict[str, str]
    pages: list[bytes]
    given: int = 0
    state: str = "Processing"
    reason: str = "JobScanning"


@dataclass
class Device:
    """The device: paper on the plate and in the feeder, and its troubles.

    ``feeder``: texts of the pages that lie there (with ``Duplex`` two a sheet). ``jam_after``: as many pages come
    before the ``feeder_trouble``. ``busy``: so many requests are answered with 503 first, for pages and jobs.
    ``early``: so many times "no such page" comes though the page is only late. ``spoil`` replaces the answer to a path
    that ends so. ``cut_page``: this page (from 1) ends in the middle with the line.
    """

    platen: str = "Auf dem Glas"
    feeder: list[str] = field(default_factory=list)
    jam_after: int | None = None
    feeder_trouble: str = "ScannerAdfJam"
    busy: int = 0
    early: int = 0
    cut_page: int | None = None
    spoil: dict[str, Callable[[Any], None]] = field(default_factory=dict)
    capabilities: str = CAPABILITIES
    absolute: str = ""
    jobs: list[Job] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    before_page: Callable[[int], None] = lambda number: None
    url: str = ""

    def begin(self, body: bytes) -> Job | int:
        """Take settings; return the job, or the status that refuses them."""
        settings = {
            each.tag.rpartition("}")[2]: (each.text or "").strip() for each in ElementTree.fromstring(body).iter()
        }
        wanted = {"InputSource", "ColorMode", "XResolution", "YResolution"}
        if not wanted <= settings.keys() or settings["InputSource"] not in ("Platen", "Feeder"):
            return 400
        if any(job.state == "Processing" for job in self.jobs):
            return 503
        dpi, mode = int(settings["XResolution"]), "RGB" if settings["ColorMode"] == "RGB24" else "L"
        if dpi not in (75, 200, 300):
            return 409
        if settings["InputSource"] == "Platen":
            texts = [self.platen]
        else:
            if not self.feeder:
                return 409
            texts, self.feeder = self.feeder, []
            if settings.get("Duplex") == "true":
                texts = [f"{text} {side}" for text in texts for side in ("vorn", "hinten")]
        number = len(self.jobs) + 1
        pages = [sheet(text, dpi, mode=mode) for text in texts]
        if settings.get("DocumentFormatExt", settings.get("DocumentFormat")) == "application/pdf":
            pages = [_pdf(pages)]
        job = Job(path=f"/eSCL/ScanJobs/{number:08x}", settings=settings, pages=pages)
        self.jobs.append(job)
        return job

    def status(self) -> str:
        """The device's state as XML."""
        busy = any(job.state == "Processing" for job in self.jobs)
        jammed = any(job.state == "Aborted" for job in self.jobs[-1:])
        adf = self.feeder_trouble if jammed else "ScannerAdfLoaded" if self.feeder else "ScannerAdfEmpty"
        jobs = "".join(
            f"<scan:JobInfo><pwg:JobUri>{job.path}</pwg:JobUri><pwg:JobUuid>{job.path[-8:]}</pwg:JobUuid>"
            f"<scan:Age>1</scan:Age><pwg:ImagesCompleted>{job.given}</pwg:ImagesCompleted>"
            f"<pwg:ImagesToTransfer>{len(job.pages) - job.given}</pwg:ImagesToTransfer>"
            f"<pwg:JobState>{job.state}</pwg:JobState><pwg:JobStateReasons>"
            f"<pwg:JobStateReason>{job.reason}</pwg:JobStateReason></pwg:JobStateReasons></scan:JobInfo>"
            for job in reversed(self.jobs)
        )
        return (
            f'<?xml version="1.0"?><scan:ScannerStatus xmlns:scan="{SCAN}" xmlns:pwg="{PWG}">'
            f"<pwg:Version>2.63</pwg:Version><pwg:State>{'Processing' if busy else 'Idle'}</pwg:State>"
            f"<scan:AdfState>{adf}</scan:AdfState><scan:Jobs>{jobs}</scan:Jobs></scan:ScannerStatus>"
        )

    def unjam(self, rest: Sequence[str]) -> None:
        """Take the stuck sheet out and put the rest in."""
        self.jam_after = None
        for job in self.jobs:
            job.state = "Completed" if job.state != "Aborted" else "Canceled"
        self.feeder = list(rest)


def _pdf(pages: Sequence[bytes]) -> bytes:
    pictures = [Image.open(BytesIO(page)) for page in pages]
    target = BytesIO()
    pictures[0].save(target, "PDF", save_all=True, append_images=pictures[1:], resolution=75)
    return target.getvalue()


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    device: Device

    def log_message(self, *_: object) -> None:
        """A test needs no log."""

    def do_GET(self) -> None:
        device = self.device
        device.asked.append(f"GET {self.path}")
        for ending, answer in device.spoil.items():
            if self.path.endswith(ending):
                answer(self)
                return
        if self.path == "/eSCL/ScannerCapabilities":
            self.tell(200, device.capabilities.encode(), "text/xml")
        elif self.path == "/eSCL/ScannerStatus":
            self.tell(200, device.status().encode(), "text/xml")
        elif match := re.fullmatch(r"(/eSCL/ScanJobs/\w+)/NextDocument", self.path):
            self._page(match[1])
        else:
            self.tell(404)

    def do_POST(self) -> None:
        device = self.device
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        device.asked.append(f"POST {self.path}")
        if self.path != "/eSCL/ScanJobs":
            self.tell(404)
        elif device.busy:
            device.busy -= 1
            self.tell(503, more={"Retry-After": "0"})
        elif isinstance(job := device.begin(body), int):
            self.tell(job)
        else:
            self.tell(201, more={"Location": f"{device.absolute or 'http://' + self.headers['Host']}{job.path}"})

    def do_DELETE(self) -> None:
        self.device.cancelled.append(self.path)
        for job in self.device.jobs:
            if job.path == self.path and job.state == "Processing":
                job.state, job.reason = "Canceled", "JobCanceledByUser"
        self.tell(200)

    def _page(self, path: str) -> None:
        device = self.device
        job = next((job for job in device.jobs if job.path == path), None)
        if job is None or job.state != "Processing":
            self.tell(404)
        elif device.busy:
            device.busy -= 1
            self.tell(503, more={"Retry-After": "0"})
        elif device.early:
            device.early -= 1
            self.tell(404, more={"Retry-After": "0"})
        elif device.jam_after is not None and job.given >= device.jam_after:
            job.state, job.reason = "Aborted", "AbortedBySystem"
            self.tell(409)
        elif job.given == len(job.pages):
            job.state, job.reason = "Completed", "JobCompletedSuccessfully"
            self.tell(404)
        else:
            job.given += 1
            device.before_page(job.given)
            page = job.pages[job.given - 1]
            mime_type = "application/pdf" if page.startswith(b"%PDF") else "image/jpeg"
            if device.cut_page == job.given:
                self.send_response(200)
                self.send_header("Content-Length", str(len(page)))
                self.end_headers()
                self.wfile.write(page[: len(page) // 2])
                self.close_connection = True
                return
            self.tell(200, page, mime_type)

    def tell(self, status: int, body: bytes = b"", mime_type: str = "", more: dict[str, str] | None = None) -> None:
        """Answer."""
        self.send_response(status)
        if mime_type:
            self.send_header("Content-Type", mime_type)
        for name, value in (more or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def switched_on(device: Device, certificate: Path | None = None) -> Iterator[Device]:
    """The device in the network of this machine: ``device.url`` is its eSCL root. ``certificate``: PEM with its key."""
    handler = type("Answers", (_Answers,), {"device": device})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    scheme = "http"
    if certificate is not None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    device.url = f"{scheme}://127.0.0.1:{server.server_address[1]}/eSCL"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="test-scanner", daemon=True)
    thread.start()
    try:
        yield device
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
