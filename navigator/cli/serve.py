"""The app in a browser on this computer, by textual-serve, for this user only; and beside it plain
pages (export/served_pages.py), for who can't use an app in a terminal.

textual-serve itself would let any web page that is open elsewhere in the browser connect to it, and
fetches a font from the internet. So every request must name this computer and bring a cookie, and
the page may load nothing from anywhere else. The cookie is given for the key that the printed
address holds, once: the list of processes may show the address to other users of the computer.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shlex
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from navigator.cli.common import a_urn, warn
from navigator.core.errors import RefusedError

if TYPE_CHECKING:
    from navigator.cli.commands import Run
    from navigator.cli.common import Parser

HOST = "127.0.0.1"
PORT = 8000
COOKIE = "navigator-{port}"
"""The cookie's name: a browser keeps one for all ports of this computer."""

USED = (
    "This address was opened already, and works once. In the browser that opened it, Navigator is "
    "at the address without its key; in another, end navigator serve and start it anew."
)
ELSE = "Open the address that navigator serve printed."
FAILED = "This page can't be made; where Navigator was started it says why. Go back, or to /plain/."
END_SECONDS = 5
TEMPLATES = Path(__file__).parent / "served"
"""Our page around the terminal: textual-serve's asks for a font from the internet, has no language,
and gives the terminal no keys before a click."""
NEEDED = (
    "serve needs textual-serve, which isn't installed here. Run: "
    "pip install 'school-navigator[serve]' (pipx: pipx inject school-navigator textual-serve)"
)


def serve(command: Parser) -> Run:
    command.add_argument(
        "urn", nargs="?", type=a_urn, help="open this school; without it, the finder"
    )
    command.add_argument(
        "--port", type=_a_port, default=PORT, help=f"the port to listen on ({PORT})"
    )
    command.add_argument(
        "--no-browser", action="store_true", help="print the address, and open no browser"
    )
    command.add_argument(
        "--plain", action="store_true", help="open the plain pages, which need no terminal"
    )
    return _serve


def _a_port(text: str) -> int:
    if text.isascii() and text.isdigit() and 1024 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text[:40]!r} isn't a port from 1024 to 65535")


def _serve(given: argparse.Namespace) -> int:
    _refuse_if_taken(given.port)
    if given.urn:
        _refuse_if_unknown(given.urn)
    server = _server(given.port, _command(given.urn), secrets.token_urlsafe(16))
    at = _first_page(given.urn) if given.plain else "/?"
    address = f"{server.public_url}{at}key={server.key}"
    print(f"Navigator is at {address}\nFor this computer only. Ctrl+C ends it.", flush=True)
    if not given.plain:
        print("Alt+P there leads to plain pages, for a screen reader; --plain opens those.")
    if not given.no_browser:
        import webbrowser

        webbrowser.open(address)
    server.serve()
    return 0


def _refuse_if_unknown(urn: int) -> None:
    """Raises NotFoundError for a school that can't be opened."""
    from navigator.core import clock
    from navigator.service import Service

    with closing(Service()) as service:
        service.landscape(urn, clock.today())


def _first_page(urn: int | None) -> str:
    """Where the plain pages begin, up to the key."""
    from navigator.core.keys import Key
    from navigator.export.served_pages import ROOT, address

    return f"{address(Key.school(urn))}&" if urn else f"{ROOT}?"


def _command(urn: int | None) -> str:
    """The command line that starts the app, for the system's shell."""
    words = [sys.executable, "-m", "navigator", "open", *([str(urn)] if urn else [])]
    # In the place of the shell, so that it sees when whoever served it ends
    return subprocess.list2cmdline(words) if os.name == "nt" else f"exec {shlex.join(words)}"


def _refuse_if_taken(port: int) -> None:
    import socket

    with socket.socket() as asked:
        if os.name != "nt":  # there it would let two listen at once
            asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind((HOST, port))
        except OSError:
            raise RefusedError(
                f"Port {port} is in use by another program: give another, such as "
                f"--port {port + 1 if port < 65535 else PORT}."
            ) from None


def _without_key(request: Any) -> str:
    """Where a request with the key goes on to: the plain page that it asked for, else the terminal.
    No path but ours is taken over, as it might name another server."""
    from navigator.export.served_pages import PATHS, ROOT

    path = request.path.removeprefix(ROOT) if request.path.startswith(ROOT) else None
    if path not in PATHS:
        return "/"
    asked = {name: value for name, value in request.query.items() if name != "key"}
    return str(request.rel_url.with_query(asked))


def _server(port: int, command: str, key: str) -> Any:
    """A textual-serve server that answers this computer's user alone.

    Raises:
        RefusedError: textual-serve isn't installed; the text says how.
    """
    import asyncio

    from navigator.export.served_pages import ROOT, PlainPages
    from navigator.service import Service

    try:
        from aiohttp import web
        from textual_serve.server import Server
    except ImportError:
        raise RefusedError(NEEDED) from None

    plain = PlainPages(Service())
    here = f"{HOST}:{port}"
    cookie, let_in = COOKIE.format(port=port), secrets.token_urlsafe(32)
    unused = [key]
    open_apps: set[Any] = set()

    @web.middleware  # type: ignore[untyped-decorator]
    async def guard(request: Any, handler: Any) -> Any:
        """Another web page, another name for this computer, another user: none gets in."""
        # A browser always says where a connection to the app comes from
        usual = "" if request.path == "/ws" else f"http://{here}"
        origin = request.headers.get("Origin", usual)
        if request.headers.get("Host") != here or origin != f"http://{here}":
            raise web.HTTPForbidden(text="Navigator answers this computer only.")
        told = request.query.get("key", "")
        known = secrets.compare_digest(request.cookies.get(cookie, "").encode(), let_in.encode())
        if told and request.method == "GET":
            if not known:
                if not unused or not secrets.compare_digest(told.encode(), unused[0].encode()):
                    raise web.HTTPForbidden(text=USED if told == key else ELSE)
                unused.clear()
            onward = web.HTTPSeeOther(_without_key(request))
            onward.set_cookie(cookie, let_in, httponly=True, samesite="Strict")
            raise onward
        if not known:
            raise web.HTTPForbidden(text=ELSE)
        return await handler(request)

    async def protect(request: Any, response: Any) -> None:
        del request
        response.headers["Content-Security-Policy"] = (
            f"default-src 'self'; connect-src 'self' ws://{here}; img-src 'self' data:; "
            "style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; "
            "frame-ancestors 'none'"
        )
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"

    async def handle_plain(request: Any) -> Any:
        """A plain page, made in a thread: the terminals go on meanwhile."""
        path, asked = request.match_info["path"], request.query
        try:
            answer = await asyncio.to_thread(plain.answer, path, asked)
        except Exception as error:
            warn(f"a plain page failed ({type(error).__name__}: {error}): {request.path_qs}")
            raise web.HTTPInternalServerError(text=FAILED) from None
        status = 200 if answer.found else 404
        return web.Response(text=answer.page, content_type="text/html", status=status)

    class OwnServer(Server):  # type: ignore[misc]
        """Prints nothing of its own; guards every request."""

        def __init__(self) -> None:
            super().__init__(
                command, HOST, port, "Navigator", f"http://{here}", templates_path=TEMPLATES
            )
            self.key = key

        def initialize_logging(self) -> None:
            """No lines of a log between ours."""

        async def on_startup(self, app: Any) -> None:
            """No banner."""

        async def _make_app(self) -> Any:
            app = await super()._make_app()
            app.middlewares.append(guard)
            app.add_routes([web.get(f"{ROOT}{{path:.*}}", handle_plain)])
            app.on_response_prepare.append(protect)
            return app

        async def handle_websocket(self, request: Any) -> Any:
            task = asyncio.current_task()
            open_apps.add(task)
            try:
                return await super().handle_websocket(request)
            finally:
                open_apps.discard(task)

        # The base class passes it
        async def on_shutdown(self, app: Any) -> None:  # noqa: ARG002
            """The apps end with the server, which would else wait a minute for them."""
            for task in open_apps:
                task.cancel()
            await asyncio.wait(open_apps, timeout=END_SECONDS) if open_apps else None

    return OwnServer()
