"""A page in a headless Chromium, driven by its own DevTools protocol: no driver to install."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import aiohttp

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SECONDS = 60


def find() -> str | None:
    """The Chromium of this computer, None where it has none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Page:
    """One page; `asked` is every address that it asked for."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = count(1)
        self.asked: list[str] = []

    async def send(self, method: str, **given: object) -> dict[str, Any]:
        """Send a command and give its answer; what the page does meanwhile is noted."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": given})
        async with asyncio.timeout(SECONDS):
            while True:
                told = json.loads(await self._socket.receive_str())
                if told.get("method") in ("Network.requestWillBeSent", "Network.webSocketCreated"):
                    self.asked.append(told["params"].get("url") or told["params"]["request"]["url"])
                if told.get("id") == number:
                    assert "error" not in told, told["error"]
                    answer: dict[str, Any] = told["result"]
                    return answer

    async def value(self, expression: str) -> Any:
        """What a JavaScript expression gives on the page, waited for if it is a promise."""
        answer = await self.send("Runtime.evaluate", expression=expression, awaitPromise=True)
        return answer["result"].get("value")

    async def open(self, address: str, *, width: int, height: int = 900) -> None:
        """Another page at an address, in a window so wide: a phone's beneath 500 pixels."""
        await self.send(
            "Emulation.setDeviceMetricsOverride",
            **{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500},
        )
        await self.send("Page.navigate", url=address)
        await self.until(f"document.readyState == 'complete' && location.href == '{address}'")

    async def until(self, expression: str) -> None:
        """Wait until a JavaScript expression is true on the page."""
        async with asyncio.timeout(SECONDS):
            while True:
                answer = await self.send("Runtime.evaluate", expression=f"!!({expression})")
                if answer["result"].get("value"):
                    return
                await asyncio.sleep(0.1)

    async def click(self, x: int, y: int) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            await self.send(
                "Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1
            )

    async def press(self, key: str, *, alt: bool = False) -> None:
        """Press a letter, or Enter or Tab by its name."""
        named = {"Enter": ("\r", 13), "Tab": ("", 9)}
        text, number = named.get(key, (key, ord(key.upper()) if len(key) == 1 else 0))
        told: dict[str, object] = {
            "key": key,
            "code": key if key in named else f"Key{key.upper()}",
            "windowsVirtualKeyCode": number,
            "modifiers": 1 if alt else 0,
        }
        typed = {"text": text} if text and not alt else {}
        await self.send("Input.dispatchKeyEvent", type="keyDown", **told, **typed)
        await self.send("Input.dispatchKeyEvent", type="keyUp", **told)

    async def picture(self, path: Path) -> None:
        answer = await self.send("Page.captureScreenshot")
        path.write_bytes(base64.b64decode(answer["data"]))


@asynccontextmanager
async def opened(chromium: str, address: str, size: str = "1300,800") -> AsyncIterator[Page]:
    """A page at an address, in a browser with a profile of its own."""
    import aiohttp  # comes with textual-serve

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [
                *(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
                *("--remote-debugging-port=0", f"--user-data-dir={profile}"),
                *(f"--window-size={size}", "about:blank"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            port = await _port(Path(profile) / "DevToolsActivePort")
            async with aiohttp.ClientSession() as session:
                async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                    pages = [p for p in await answer.json() if p["type"] == "page"]
                at = pages[0]["webSocketDebuggerUrl"]
                async with session.ws_connect(at, max_msg_size=0) as socket:
                    page = Page(socket)
                    await page.send("Network.enable")
                    await page.send("Page.navigate", url=address)
                    yield page
        finally:
            process.kill()
            process.wait()


async def _port(file: Path) -> int:
    async with asyncio.timeout(SECONDS):
        while True:
            lines = file.read_text().split() if file.exists() else []
            if len(lines) == 2:
                return int(lines[0])
            await asyncio.sleep(0.05)
