"""`navigator serve`: strangers of this computer knock, and the server is ended in any way."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from tests.attack.counts import ROOT, SECONDS, Counts, environment, share_of


def attack(share: float, folder: Path) -> Counts:
    counts = Counts("serve")
    try:
        import aiohttp  # noqa: F401 - only whether it is there
        import textual_serve  # noqa: F401 - the same
    except ImportError:
        counts.skipped = "textual-serve isn't installed (extra: serve)"
        return counts
    for number in range(share_of(6, share)):
        ended_by = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)[number % 3]
        asyncio.run(_round(ended_by, folder, counts))
    return counts


async def _round(ended_by: signal.Signals, folder: Path, counts: Counts) -> None:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "navigator", "serve", "139217", "--no-browser", f"--port={port}"],
        cwd=ROOT,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        address = server.stdout.readline().split()[-1]
        for _ in range(SECONDS * 10):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            await asyncio.sleep(0.1)
        await _knock(address, server, ended_by, counts)
    finally:
        if server.poll() is None:
            server.kill()
        server.communicate()


async def _knock(
    address: str, server: subprocess.Popen[str], ended_by: signal.Signals, counts: Counts
) -> None:
    import aiohttp

    here = urlsplit(address)
    ours, socket_at = f"http://{here.netloc}", f"ws://{here.netloc}/ws?width=100&height=30"
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as head, aiohttp.ClientSession() as other:
        async with head.get(address) as answer:
            assert answer.status == 200, answer.status
        cookies = {c.key: c.value for c in jar}
        for url, headers, name in (
            (address, {}, "the key from the list of processes"),
            (ours, {}, "no key"),
            (f"{ours}/?key=", {}, "an empty key"),
            (f"{ours}/static/js/textual.js", {}, "no cookie"),
            (f"{ours}/plain/record", {}, "the record without a cookie"),
            (f"{ours}/plain/plan?key=", {}, "the plan with an empty key"),
            (f"{ours}/plain/at?body=school:139217", {"Origin": "null"}, "a page of a file"),
            (ours, {"Cookie": "; ".join(f"{k}=guess" for k in cookies)}, "a guessed cookie"),
            (address, {"Origin": "http://evil.example"}, "another page"),
            (address, {"Host": "evil.example"}, "another name"),
        ):
            counts.inputs += 1
            async with other.get(url, headers=headers) as answer:
                if answer.status != 403:
                    counts.let_in.append(f"{name}: {answer.status}")
        for origin in (None, "null", "http://evil.example", f"http://localhost:{here.port}"):
            counts.inputs += 1
            with suppress(aiohttp.WSServerHandshakeError):
                await (await head.ws_connect(socket_at, origin=origin)).close()
                counts.let_in.append(f"a connection from {origin}")
        counts.inputs += 1
        async with head.ws_connect(socket_at, origin=ours) as terminal:
            drawn = b""
            async with asyncio.timeout(SECONDS):
                async for message in terminal:
                    drawn += message.data if isinstance(message.data, bytes) else b""
                    if b"Sneinton" in drawn:
                        break
            children = _children(server.pid)
            assert children
            server.send_signal(ended_by)
            end = time.monotonic() + 20
            while time.monotonic() < end and any(map(_runs, children)):
                await asyncio.sleep(0.2)
            for left in filter(_runs, children):
                counts.hangs.append(f"the app of a server that was ended by {ended_by.name}")
                os.kill(left, signal.SIGKILL)


def _children(of: int) -> list[int]:
    told = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    pairs = [tuple(map(int, line.split())) for line in told.splitlines()]
    found = [pid for pid, parent in pairs if parent == of]
    return found + [pid for pid, parent in pairs if parent in found]


def _runs(pid: int) -> bool:
    told = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return bool(told.stdout.strip()) and not told.stdout.startswith("Z")
