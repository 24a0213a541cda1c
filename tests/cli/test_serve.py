"""The app in a browser: for this computer's user alone, with nothing from elsewhere."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key

from navigator.cli import run
from navigator.ui.commands import COMMANDS
from navigator.ui.keymap import sign_of

ROOT = Path(__file__).parents[2]
Capture = pytest.CaptureFixture[str]


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def answers_on(port: int) -> None:
    """Wait until someone listens on a port of this computer."""
    for _ in range(200):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError(f"nobody listens on port {port}")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where a Navigator is served, as it prints it."""
    pytest.importorskip("textual_serve", reason="textual-serve isn't installed (extra: serve)")
    env = {
        **os.environ,
        "NAVIGATOR_DATA_DIR": str(tmp_path / "data"),
        "NAVIGATOR_CONFIG_DIR": str(tmp_path / "config"),
    }
    command = [sys.executable, "-m", "navigator", "serve", "139217", "--no-browser"]
    port = free_port()
    with subprocess.Popen(
        [*command, "--port", str(port)], stdout=subprocess.PIPE, text=True, env=env, cwd=ROOT
    ) as process:
        assert process.stdout
        line = process.stdout.readline()
        answers_on(port)  # before that it isn't ready to be ended, either
        yield line.split()[-1]
        process.terminate()
        assert process.wait(20) == 0, "ended as asked"


async def reached(here: str) -> None:
    for _ in range(100):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", urlsplit(here).port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return


async def test_only_with_the_key_and_from_this_computer(address: str) -> None:
    import aiohttp

    await reached(address)
    parts = urlsplit(address)
    assert parts.hostname == "127.0.0.1"
    bare, socket_at = f"http://{parts.netloc}/", f"ws://{parts.netloc}/ws"
    ours = f"http://{parts.netloc}"
    evil = {"Origin": "http://evil.example"}
    async with aiohttp.ClientSession() as stranger:
        refused: list[tuple[str, dict[str, str]]] = [
            (bare, {}),
            (f"{bare}ws", {}),
            (f"{bare}static/js/textual.js", {}),
            *((f"{bare}plain/{page}", {}) for page in ("", "record", "plan", "at?body=la:892")),
            (f"{bare}plain/?key=guessed", {}),
        ]
        refused += [(f"{bare}?key=guessed", {}), (address, evil)]
        refused += [(address, {"Host": f"evil.example:{parts.port}"}), (address, {"Host": "x"})]
        for url, headers in refused:
            async with stranger.get(url, headers=headers) as answer:
                assert answer.status == 403, url
    jar = aiohttp.CookieJar(unsafe=True)  # which is what aiohttp calls an address in numbers
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        async with session.get(address) as answer:
            page = await answer.text()
            assert answer.status == 200
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
            assert "googleapis" not in page
            assert "key" not in str(answer.url), "the address bar keeps no key"
        async with aiohttp.ClientSession() as stranger, stranger.get(address) as answer:
            assert answer.status == 403, "the key works once"
        async with session.get(address) as answer:
            assert answer.status == 200, "but for who has the cookie"
        async with session.get(f"{bare}plain/at?body=school:139217") as answer:
            page = await answer.text()
            assert answer.status == 200
            assert "Who helps with" in page
            assert answer.headers["Cache-Control"] == "no-store"
            assert "script-src" not in page
        for headers in (evil, {"Host": f"evil.example:{parts.port}"}):
            async with session.get(f"{bare}plain/record", headers=headers) as answer:
                assert answer.status == 403, "another page, or another name, with the cookie"
        for address_of, lands in (
            ("plain/plan?year=2027", "/plain/plan?year=2027"),
            ("/evil.example/", "/"),
            ("plain/../evil", "/"),
        ):
            joined = "&" if "?" in address_of else "?"
            key = parts.query
            async with session.get(f"{bare}{address_of}{joined}{key}", allow_redirects=False) as to:
                assert to.headers["Location"] == lands, "no further than ours"
        async with session.post(f"{bare}plain/record", headers={"Origin": ours}) as answer:
            assert answer.status == 405, "they only show"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(socket_at, headers=evil)
        told = b""
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(socket_at)  # from nowhere: no browser does so
        at = f"{socket_at}?width=120&height=40"
        async with session.ws_connect(at, origin=ours) as terminal:
            async with asyncio.timeout(30):
                async for message in terminal:
                    told += message.data if isinstance(message.data, bytes) else b""
                    if b"Sneinton" in told:
                        break
        assert b"Sneinton" in told


async def test_each_key_of_the_app_comes_from_a_browser_as_itself(address: str) -> None:
    """All keys of F1's lists, pressed on the real page; none is left to the browser, where F5 loads
    the page anew and Ctrl+P prints. What would reach the app is read as it reads it."""
    from tests.tools import browser

    chromium = browser.find()
    if not chromium:
        pytest.skip("there is no Chromium here")
    keys = {key for c in COMMANDS.values() for key in c.keys.split(",") if key}
    keys -= {"super+c"}  # of macOS, where the browser copies
    found: dict[str, str] = {}
    async with browser.opened(chromium, address) as page:
        await page.until("document.querySelector('body.-first-byte')")
        await page.value(
            "WebSocket.prototype.send = text => { window.sent.push(JSON.parse(text)) };"
            "addEventListener('keydown', event => { window.pressed = event }, true)"
        )
        for key in sorted(keys):
            await page.value("window.sent = []")
            await page.press(key)
            sent = await page.value("JSON.stringify(sent.filter(s => s[0] == 'stdin'))")
            typed = "".join(data for _, data in json.loads(sent))
            read = [e.key for e in XTermParser().feed(typed) if isinstance(e, Key)]
            if typed == "\x1b":
                read = ["escape"]  # once nothing follows it for a moment
            ours = sign_of(key) or await page.value("pressed.defaultPrevented")
            found[key] = " ".join(read) if ours else "the browser's, too"
    wrong = {key: read for key, read in found.items() if read != key}
    same = {"alt+left": "ctrl+left", "alt+right": "ctrl+right"}  # each does the same as the other
    assert wrong == same


def checker() -> str:
    """What asks an accessibility checker for all that it finds, "" where it isn't installed."""
    try:
        axe = resources.files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
    except ModuleNotFoundError:
        return ""
    return f"{axe};axe.run().then(r => JSON.stringify(r.violations.map(v => v.id)))"


async def test_in_chromium(address: str) -> None:
    """The real page in a real browser: the app is drawn, takes keys at once, has a way to the plain
    pages and back, and nothing is asked of anyone else."""
    from tests.tools import browser

    chromium = browser.find()
    if not chromium:
        pytest.skip("there is no Chromium here")
    await reached(address)
    async with browser.opened(chromium, address) as page:
        await page.until("document.querySelector('body.-first-byte')")
        assert (
            await page.value("document.documentElement.lang + document.title") == "en-GBNavigator"
        )
        if os.environ.get("NAVIGATOR_TEST_PICTURES"):
            await page.picture(Path(os.environ["NAVIGATOR_TEST_PICTURES"]) / "serve.png")
        screen = "document.querySelector('.xterm-screen').offsetHeight"
        assert await page.value(f"{screen} <= document.querySelector('main').clientHeight")
        await page.press("alt+p")  # out of the terminal, which takes every other key
        await page.until("document.querySelector('input[name=q]')")
        await page.value("document.querySelector('input[name=q]').focus()")
        for letter in "sneinton":
            await page.press(letter)
        await page.press("enter")
        await page.until("document.querySelector('h1').innerText.startsWith('Found')")
        await page.value("[...document.links].find(a => a.text.startsWith('Sneinton')).click()")
        await page.until("document.querySelector('h1').innerText.startsWith('Sneinton')")
        if axe := checker():
            await page.send("Page.setBypassCSP", enabled=True)
            await page.open(await page.value("location.href"), width=390)
            assert json.loads(await page.value(axe)) == []
        await page.value("[...document.links].find(a => a.text == 'Terminal').click()")
        await page.until("document.querySelector('body.-first-byte')")
        await page.until("document.activeElement.className == 'xterm-helper-textarea'")
        await page.press("q")  # without a click
        await page.until("document.querySelector('body.-closed')")
        assert await page.value("document.activeElement.id") == "again"
    assert len(page.asked) > 3
    assert {urlsplit(url).hostname for url in page.asked} == {"127.0.0.1"}


@pytest.mark.parametrize("port", ["80", "70000", "x", "-1"])
def test_a_port_that_isnt_one(port: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(["serve", f"--port={port}"])
    assert "isn't a port from 1024 to 65535" in capsys.readouterr().err


def test_no_other_host_can_be_asked_for(capsys: Capture) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(["serve", "--host=0.0.0.0"])
    assert "--host=0.0.0.0" in capsys.readouterr().err


def test_a_port_in_use(capsys: Capture) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run(["serve", "--no-browser", "--port", str(port)]) == 1
    assert f"Port {port} is in use by another program" in capsys.readouterr().err


def test_a_school_that_isnt_there(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAVIGATOR_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(tmp_path))
    assert run(["serve", "13921", "--no-browser", "--port", str(free_port())]) == 1
    said = capsys.readouterr().err
    assert "Few URNs have only 5 digits: check it. URN 13921 isn't in the sample" in said


def test_without_textual_serve_one_sentence(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    assert run(["serve", "--no-browser", "--port", str(free_port())]) == 1
    err = capsys.readouterr().err
    assert "school-navigator[serve]" in err
    assert err.count("\n") == 1
