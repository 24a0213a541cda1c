"""A real HTTP server with DfE's files, which misbehaves as it is told to.

What it does to a request is a list of `Turn`s, taken from the front; with none left it behaves. It
counts every byte of a body that it sends, by path.
"""

from __future__ import annotations

import gzip
import re
import ssl
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.utils import formatdate
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.register import made


@dataclass
class Turn:
    """One answer gone wrong. `status` answers so with `headers` and `body`; `cut` breaks off after
    so much of the body (0.9); `stall` stands still for so many seconds there instead; `only` names
    the method it waits for."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    cut: float | None = None
    stall: float = 0.0
    only: str = "GET"


@dataclass
class Served:
    """What the server holds, and what came of it."""

    files: dict[str, bytes] = field(default_factory=dict)
    turns: list[Turn] = field(default_factory=list)
    always: Turn | None = None
    etag: bool = True
    modified: bool = True
    weak: bool = False
    ranges: bool = True
    knows_head: bool = True
    if_range: bool = True
    packs: bool = False
    says_length: bool = True
    slowly: float = 0.0
    sent: Counter[str] = field(default_factory=Counter)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    url: str = ""

    def publish(self, count: int = 400, day: date | None = None, first: int = 100_000) -> date:
        """Put a made register of so many schools there, as of a day (today)."""
        day = day or date.today()
        stamp = f"{day:%Y%m%d}"
        rows = made.schools(count, first)
        rows[0].update({"Trusts (code)": "77", "TrustSchoolFlag (code)": "3"})
        self.files = {
            f"/edubasealldata{stamp}.csv": made.text(rows).encode("cp1252"),
            f"/links_edubasealldata{stamp}.csv": (
                b"URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\r\n"
                b"100000,99,Old School,Predecessor,01-09-2015\r\n"
            ),
            f"/allgroupsdata{stamp}.csv": (
                b"Group UID,Group Name,Companies House Number,Group Type (code),Group Status,"
                b"Open date,Incorporated on (open date)\r\n"
                b"77,THE MADE TRUST,01234567,06,Open,01/09/2015,\r\n"
            ),
        }
        return day

    @property
    def schools(self) -> str:
        """The path of the establishment file."""
        return next(path for path in self.files if path.startswith("/edubase"))

    def got(self, path: str) -> list[dict[str, str]]:
        """The headers of each GET of a path."""
        return [headers for method, at, headers in self.asked if (method, at) == ("GET", path)]


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no fault of the server's: only others are printed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # as it came


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    served: Served

    def log_message(self, *args: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer("HEAD")

    def do_GET(self) -> None:
        self._answer("GET")

    def _answer(self, method: str) -> None:
        served = self.served
        path = re.sub(r"^https?://[^/]+", "", self.path)  # as a proxy is asked
        served.asked.append((method, path, dict(self.headers.items())))
        turn = served.always
        if served.turns and served.turns[0].only == method:
            turn = served.turns.pop(0)
        if turn and turn.only == method and turn.status:
            self._plain(turn.status, turn.headers, turn.body, method)
            return
        if method == "HEAD" and not served.knows_head:
            self._plain(405, {}, b"", method)
            return
        body = served.files.get(path)
        if body is None:
            self._plain(404, {"Content-Type": "text/html"}, b"<html>nothing here</html>", method)
            return
        self._file(path, body, method, turn if turn and turn.only == method else None)

    def _plain(self, status: int, headers: dict[str, str], body: bytes, method: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if method == "GET":
            self.wfile.write(body)

    def _file(self, path: str, body: bytes, method: str, turn: Turn | None) -> None:
        served = self.served
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        etag = f"W/{etag}" if served.weak else etag
        modified = formatdate(1_790_000_000 + int(sha256(body).hexdigest()[:4], 16), usegmt=True)
        headers = {"Content-Type": "text/csv"}
        headers |= {"ETag": etag} if served.etag else {}
        headers |= {"Last-Modified": modified} if served.modified else {}
        same = (served.etag and self.headers.get("If-None-Match") == etag) or (
            served.modified and self.headers.get("If-Modified-Since") == modified
        )
        if same:
            self._plain(304, headers, b"", method)
            return
        if served.packs:
            body = gzip.compress(body, mtime=0)
            headers["Content-Encoding"] = "gzip"
        status, start, stop = 200, 0, len(body)
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        known = (etag if served.etag else "", modified if served.modified else "")
        held = self.headers.get("If-Range")
        if wanted and served.ranges and (held is None or held in known or not served.if_range):
            start = int(wanted[1])
            if start >= len(body):
                self._plain(416, {"Content-Range": f"bytes */{len(body)}"}, b"", method)
                return
            stop = int(wanted[2]) + 1 if wanted[2] else len(body)
            headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(body)}"
            status = 206
        self.send_response(status)
        if served.says_length:
            headers["Content-Length"] = str(stop - start)
        else:
            headers["Connection"] = "close"
            self.close_connection = True
        for name, value in {**headers, **(turn.headers if turn else {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if method == "GET":
            self._send(path, body[start:stop], turn, len(body) - start)

    def _send(self, path: str, body: bytes, turn: Turn | None, whole: int) -> None:
        served = self.served
        end = int(whole * turn.cut) if turn and turn.cut is not None else len(body)
        step = 16_384
        for at in range(0, min(end, len(body)), step):
            piece = body[at : min(at + step, end)]
            try:
                self.wfile.write(piece)
            except OSError:
                self.close_connection = True
                return
            served.sent[path] += len(piece)
            if served.slowly:
                time.sleep(served.slowly)
        if end < len(body):
            if turn and turn.stall:
                time.sleep(turn.stall)
            self.close_connection = True


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Served]:
    """A server of its own on a port of its own, until the block ends."""
    served = Served()
    handler = type("Handler", (_Handler,), {"served": served})
    http = _Server(("127.0.0.1", 0), handler)
    http.daemon_threads = True
    http.block_on_close = False
    if context:
        http.socket = context.wrap_socket(http.socket, server_side=True)
    served.url = f"{'https' if context else 'http'}://127.0.0.1:{http.server_address[1]}"
    thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield served
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


def days_ago(days: int) -> date:
    return date.today() - timedelta(days=days)
