"""A page in a headless Chromium, driven by its own DevTools protocol: no driver to install."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from navigator.ui.keymap import sign_of

if TYPE_CHECKING:
    import aiohttp

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SECONDS = 60
MODIFIERS = {"alt": 1, "ctrl": 2, "super": 4, "shift": 8}
NAMED = {
    **{"enter": ("Enter", 13), "tab": ("Tab", 9), "escape": ("Escape", 27)},
    **{"left": ("ArrowLeft", 37), "up": ("ArrowUp", 38)},
    **{"right": ("ArrowRight", 39), "down": ("ArrowDown", 40)},
    **{"pageup": ("PageUp", 33), "pagedown": ("PageDown", 34)},
    **{"home": ("Home", 36), "end": ("End", 35)},
    **{"backspace": ("Backspace", 8), "delete": ("Delete", 46)},
    **{f"f{n}": (f"F{n}", 111 + n) for n in range(1, 13)},
}
PUNCTUATION = dict(
    zip(
        ";:=+,<-_./?[{]}>",
        (186, 186, 187, 187, 188, 188, 189, 189, 190, 191, 191, 219, 219, 221, 221, 190),
        strict=True,
    )
)
"""What a browser calls a key, and its number there, which a terminal in it goes by."""


def find() -> str | None:
    """The Chromium of this computer, None where it has none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class MovedError(Exception):
    """The page was left for another, as by a redirect, before it answered."""


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
                    if "navigated" in told.get("error", {}).get("message", ""):
                        raise MovedError
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
                with suppress(MovedError):  # then the next is asked
                    answer = await self.send("Runtime.evaluate", expression=f"!!({expression})")
                    if answer["result"].get("value"):
                        return
                await asyncio.sleep(0.1)

    async def click(self, x: int, y: int) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            await self.send(
                "Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1
            )

    async def press(self, key: str) -> None:
        """Press a key by Textual's name of it: "p", "P", "slash", "enter", "alt+left"."""
        *modifiers, last = key.split("+")
        sign = sign_of(last) or ""
        if last in NAMED:
            name, number = NAMED[last]
            sign = "\r" if last == "enter" else ""
        else:
            name, number = sign, ord(sign.upper()) if sign.isalnum() else PUNCTUATION[sign]
        held = {*modifiers, *(["shift"] if sign.isupper() else [])}
        told: dict[str, object] = {
            "key": name,
            "code": f"Key{name.upper()}" if sign.isalpha() else name,
            "windowsVirtualKeyCode": number,
            "modifiers": sum(MODIFIERS[word] for word in held),
        }
        typed = {"text": sign} if sign and held <= {"shift"} else {}
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
