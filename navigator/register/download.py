"""One file over the network: tried again, gone on with after a break, never half of one."""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import httpx

from navigator import __version__
from navigator.register.failures import (
    BrokeOffError,
    FetchError,
    a_page,
    broke_off,
    host_of,
    on_disk,
    proxy_refuses,
    sentence,
)
from navigator.register.held import Held, Known
from navigator.register.sources import MOST_BYTES
from navigator.register.update import Progress

TRIES = 5
AGAIN_BYTES = 1_024
"""Of what is there, asked for once more to see that it is the same file."""

FURTHER_BYTES = 500_000
PAUSE = 0.5
"""Seconds before the second try; twice as long before each one after it."""

LONGEST_PAUSE = 20.0
CONNECT_SECONDS = 15.0
ANSWER_SECONDS = 30.0
REDIRECTS = 5
RATE_SECONDS = 5.0
RATE_LEAST = 0.3
TELL_SECONDS = 0.1

AGAIN = (429, 500, 502, 503, 504)
GONE = (404, 410)

Tell = Callable[[Progress], None]
Awaited = TypeVar("Awaited")


class MissingError(Exception):
    """The server has no such file."""


class _StartOverError(Exception):
    """What we hold isn't the beginning of what the server has."""


def client() -> httpx.AsyncClient:
    """A client that trusts what this computer trusts, and takes a proxy from the environment.

    Raises:
        FetchError: the environment's proxy is no address.
    """
    import truststore

    try:
        return httpx.AsyncClient(
            verify=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
            headers={
                "User-Agent": f"Navigator/{__version__}",
                "Accept": "text/csv, */*;q=0.5",
                "Accept-Encoding": "identity",  # so that lengths are the file's own
            },
        )
    except (ValueError, httpx.InvalidURL, ImportError) as error:
        raise FetchError(
            f"The proxy that this computer names can't be used ({error}): mend HTTPS_PROXY."
        ) from None


async def size(http: httpx.AsyncClient, url: str) -> int:
    """A file's bytes without fetching it, 0 where the server doesn't say.

    Raises:
        MissingError: there is no such file.
        FetchError: it can't be asked.
    """

    async def ask() -> int:
        async with _answer(http, "HEAD", url, {}) as answer:
            if answer.status_code < 400:
                _refuse_a_page(answer)
                return _number(answer.headers.get("Content-Length", ""))
            if answer.status_code in GONE:
                raise MissingError
        # A server that doesn't know HEAD: one byte of the file
        async with _answer(http, "GET", url, {"Range": "bytes=0-0"}) as answer:
            _refuse_status(answer)
            _refuse_a_page(answer)
            if answer.status_code == 206:
                return _range(answer)[1]
            return _number(answer.headers.get("Content-Length", ""))

    return await _tried(ask)


async def fetch(http: httpx.AsyncClient, url: str, target: Path, stage: str, tell: Tell) -> Path:
    """Fetch a file, or go on with what of it lies there.

    Args:
        target: where it is to lie; what the server packs gets ".gz" behind its name.
        stage: the beginning of each progress told.

    Returns:
        The path of the whole file.

    Raises:
        MissingError: there is no such file.
        FetchError: it can't be had; what came of it is kept for the next time.
    """
    held = Held(target, url)

    most = held.size

    async def once() -> Path:
        nonlocal most
        try:
            return await _once(http, held, stage, tell)
        except BrokeOffError as error:
            error.further = held.size >= most + FURTHER_BYTES
            most = max(most, held.size)
            raise
        except _StartOverError:
            held.discard()
            raise BrokeOffError(
                f"{host_of(url)} sends another part of the file than was asked for.", 0
            ) from None

    def wait(pause: float) -> None:
        if pause:
            told = f"{stage}: broke off, trying again"
            tell(Progress(told, held.size, held.total, None, unit="bytes"))

    return await _tried(once, wait)


async def _once(http: httpx.AsyncClient, held: Held, stage: str, tell: Tell) -> Path:
    """One try at a file."""
    asked: dict[str, str] = {}
    whole, have = held.whole, held.size
    again = min(have, AGAIN_BYTES)
    if whole and held.known:
        if held.known.etag:
            asked["If-None-Match"] = held.known.etag
        if held.known.modified:
            asked["If-Modified-Since"] = held.known.modified
    elif have and held.known and held.known.validator:
        asked = {"Range": f"bytes={have - again}-", "If-Range": held.known.validator}
    async with _answer(http, "GET", held.url, asked) as answer:
        if answer.status_code == 304 and whole:
            return whole
        if answer.status_code == 416:
            raise _StartOverError
        _refuse_status(answer)
        _refuse_a_page(answer)
        told = _known(answer, held.url)
        if answer.status_code == 206:
            start, total = _range(answer)
            same = held.known and told.validator in ("", held.known.validator)
            if not have or start != have - again or not same or total not in (0, held.total):
                raise _StartOverError
        else:
            again = 0
            held.begin(told)
        await _pour(answer, held, stage, tell, again)
    return held.finish()


async def _pour(answer: httpx.Response, held: Held, stage: str, tell: Tell, again: int) -> None:
    """Put what comes behind what is there; the first bytes `again` must be those there already.

    Some servers send the rest of another file, whatever was asked: where the two differ at the
    seam, it is begun anew.
    """
    host, done = host_of(held.url), held.size
    seam = held.tail(again)
    speed = _Speed(done)
    with on_disk(held.part) as file:
        async for part in answer.aiter_raw():
            chunk = part
            if not done and chunk.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
                held.discard()
                raise a_page(host)
            if seam:
                if chunk[: len(seam)] != seam[: len(chunk)]:
                    raise _StartOverError
                chunk, seam = chunk[len(seam) :], seam[len(chunk) :]
            done += len(chunk)
            if done > MOST_BYTES:
                held.discard()
                raise FetchError(f"{host} sends far more than the register is long.")
            file.write(chunk)
            if speed.due(done):
                rate = speed.rate
                left = (held.total - done) / rate if rate and held.total else None
                tell(Progress(stage, done, held.total, left, rate, "bytes"))
    if held.total and done < held.total:
        raise BrokeOffError(broke_off(host, done, held.total))
    if held.total and done > held.total:
        held.discard()
        raise FetchError(f"{host} sends more than it says the file is long.")
    tell(Progress(stage, done, done, None, speed.rate, "bytes"))


@asynccontextmanager
async def _answer(
    http: httpx.AsyncClient, method: str, url: str, asked: dict[str, str]
) -> AsyncIterator[httpx.Response]:
    """The answer to a question, redirections followed where they lead to http or https.

    Raises:
        FetchError, BrokeOffError: there is none.
    """
    host = host_of(url)
    try:
        for _ in range(REDIRECTS + 1):
            async with http.stream(method, url, headers=asked) as answer:
                if not answer.has_redirect_location:
                    yield answer
                    return
                url = _onward(url, answer.headers["Location"])
        raise FetchError(f"{host} leads from one address to the next without end.")
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
        raise sentence(error, host_of(url), ANSWER_SECONDS) from error
    except UnicodeError as error:  # what httpx makes of a name that no name can be
        raise _unsafe(url) from error


async def _tried(
    once: Callable[[], Awaitable[Awaited]], wait: Callable[[float], None] | None = None
) -> Awaited:
    """What `once` gives, tried a few times with a longer pause before each."""
    pause, tries = PAUSE, 0
    while True:
        try:
            return await once()
        except BrokeOffError as error:
            if error.further:
                pause, tries = PAUSE, 0
            tries += 1
            if tries >= TRIES:
                raise FetchError(error.sentence) from None
            seconds = pause if error.pause is None else error.pause
            if wait:
                wait(seconds)
            await asyncio.sleep(seconds)
            pause *= 2


def _onward(url: str, location: str) -> str:
    """Where a redirection leads: to http or https, and never from https to http."""
    allowed = ("https",) if url.startswith("https:") else ("http", "https")
    try:
        onward = urljoin(url, location)
        parts = urlsplit(onward)
        good = parts.scheme in allowed and bool(parts.hostname) and parts.port != 0
        httpx.URL(onward)  # which looks at names in other scripts
    except (ValueError, httpx.InvalidURL):
        good = False
    if not good:
        raise _unsafe(url)
    return onward


def _unsafe(url: str) -> FetchError:
    return FetchError(f"{host_of(url)} leads on to an address that isn't safe to follow.")


def _refuse_status(answer: httpx.Response) -> None:
    host, status = host_of(str(answer.url)), answer.status_code
    if status in GONE:
        raise MissingError
    if status == 407:
        raise proxy_refuses("asks for a name and password")
    if status in AGAIN:
        pause = _number(answer.headers.get("Retry-After", ""))
        raise BrokeOffError(
            f"{host} is out of order at the moment (it answers {status}): try again later.",
            min(float(pause), LONGEST_PAUSE) or None,
        )
    if status in (401, 403):
        raise FetchError(f"{host} refuses to give the register ({status}).")
    if status not in (200, 206):
        raise FetchError(f"{host} answers with what Navigator doesn't understand ({status}).")


def _refuse_a_page(answer: httpx.Response) -> None:
    host = host_of(str(answer.url))
    if "html" in answer.headers.get("Content-Type", "").lower():
        raise a_page(host)
    if answer.headers.get("Content-Encoding", "identity").lower() not in ("identity", "gzip"):
        raise FetchError(f"{host} sends the register packed in a way that Navigator can't read.")


def _known(answer: httpx.Response, url: str) -> Known:
    told = answer.headers
    return Known(
        url=url,
        etag=told.get("ETag", ""),
        modified=told.get("Last-Modified", ""),
        packed=told.get("Content-Encoding", "").lower() == "gzip",
        total=_number(told.get("Content-Length", "")),
    )


def _range(answer: httpx.Response) -> tuple[int, int]:
    """(first byte, total) of a part that was sent, (-1, 0) where it doesn't say."""
    match = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", answer.headers.get("Content-Range", ""))
    return (int(match[1]), _number(match[2])) if match else (-1, 0)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


class _Speed:
    """Bytes a second over the last few seconds, and whether it is time to tell."""

    def __init__(self, done: int) -> None:
        self._seen = deque([(time.monotonic(), done)])
        self._told = 0.0

    def due(self, done: int) -> bool:
        now = time.monotonic()
        if now - self._told < TELL_SECONDS:
            return False
        self._told = now
        self._seen.append((now, done))
        while len(self._seen) > 2 and now - self._seen[0][0] > RATE_SECONDS:
            self._seen.popleft()
        return True

    @property
    def rate(self) -> float | None:
        (start, before), (end, after) = self._seen[0], self._seen[-1]
        long_enough = end - start >= RATE_LEAST and after > before
        return (after - before) / (end - start) if long_enough else None
