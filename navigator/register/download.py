"""One file over the network: tried again, gone on with after a break, never half of one.

A file lies in its folder as NAME.part until it is whole, beside NAME.json, which holds what the
server said of it: with the ETag or the date a later download goes on where this one broke off, and
only if the file on the server is still the same. Sent with gzip, it is kept as NAME.gz.
"""

from __future__ import annotations

import asyncio
import errno
import json
import re
import socket
import ssl
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar
from urllib.parse import urljoin, urlsplit

import httpx

from navigator import __version__
from navigator.core import wording
from navigator.core.errors import NavigatorError
from navigator.register.update import Progress

BY_HAND = f"Or take the file by hand from {wording.DOWNLOADS} and run: navigator update --from FILE"

TRIES = 5
FURTHER_BYTES = 500_000
PAUSE = 0.5
"""Seconds before the second try; twice as long before each one after it."""

LONGEST_PAUSE = 20.0
CONNECT_SECONDS = 15.0
ANSWER_SECONDS = 30.0
REDIRECTS = 5
MOST_BYTES = 600_000_000
"""Ten times the register: what is longer is something else, or has no end."""

RATE_SECONDS = 5.0
RATE_LEAST = 0.3
TELL_SECONDS = 0.1

AGAIN = (429, 500, 502, 503, 504)
GONE = (404, 410)

Tell = Callable[[Progress], None]
Got = TypeVar("Got")


class FetchError(NavigatorError):
    """Why a file couldn't be fetched, in one sentence, and the next step; nothing was changed."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"{sentence} {BY_HAND}")


class MissingError(Exception):
    """The server has no such file."""


class _StartOverError(Exception):
    """What we hold isn't the beginning of what the server has."""


class _BrokeOffError(Exception):
    """A failure that another try may mend; `sentence` says it if none does.

    `further` where the try brought a good piece of the file: the count of tries begins anew.
    """

    def __init__(self, sentence: str, pause: float | None = None) -> None:
        self.sentence, self.pause, self.further = sentence, pause, False


@dataclass(frozen=True, slots=True)
class Known:
    """What the server said of a file; texts are "" and the total 0 where it didn't."""

    url: str
    etag: str
    modified: str
    packed: bool
    total: int

    @property
    def validator(self) -> str:
        """What asks for the rest of this very file; a weak ETag vouches for no byte of it."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.modified


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
    held = _Held(target, url)

    most = held.size

    async def once() -> Path:
        nonlocal most
        try:
            return await _once(http, held, stage, tell)
        except _BrokeOffError as error:
            error.further = held.size >= most + FURTHER_BYTES
            most = max(most, held.size)
            raise
        except _StartOverError:
            held.discard()
            raise _BrokeOffError(
                f"{_host(url)} sends another part of the file than was asked for.", 0
            ) from None

    def wait(pause: float) -> None:
        if pause:
            told = f"{stage}: broke off, trying again"
            tell(Progress(told, held.size, held.total, None, unit="bytes"))

    return await _tried(once, wait)


class _Held:
    """What lies in the folder of one file."""

    def __init__(self, target: Path, url: str) -> None:
        self.target, self.url = target, url
        self.part = target.with_name(f"{target.name}.part")
        self._note = target.with_name(f"{target.name}.json")
        self.known = self._read()
        if self.known is None or (self.size and not self.known.validator):
            self.discard()
        elif self.known.total and self.size == self.known.total:
            self.finish()  # killed before the last step

    def _read(self) -> Known | None:
        try:
            known = Known(**json.loads(self._note.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return known if known.url == self.url else None

    @property
    def size(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0

    @property
    def total(self) -> int:
        return self.known.total if self.known else 0

    @property
    def whole(self) -> Path | None:
        """The whole file, if it lies there."""
        for path in (self.target, self._packed):
            if path.exists():
                return path
        return None

    @property
    def _packed(self) -> Path:
        return self.target.with_name(f"{self.target.name}.gz")

    def discard(self) -> None:
        for path in (self.part, self.target, self._packed, self._note):
            path.unlink(missing_ok=True)
        self.known = None

    def begin(self, known: Known) -> None:
        """Start from nothing. The note comes first: bytes without one are of no use."""
        self.discard()
        draft = self._note.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(known)), "utf-8")
        draft.replace(self._note)
        self.known = known

    def finish(self) -> Path:
        path = self._packed if self.known and self.known.packed else self.target
        self.part.replace(path)
        return path


async def _once(http: httpx.AsyncClient, held: _Held, stage: str, tell: Tell) -> Path:
    """One try at a file."""
    asked: dict[str, str] = {}
    whole, have = held.whole, held.size
    if whole and held.known:
        if held.known.etag:
            asked["If-None-Match"] = held.known.etag
        if held.known.modified:
            asked["If-Modified-Since"] = held.known.modified
    elif have and held.known and held.known.validator:
        asked = {"Range": f"bytes={have}-", "If-Range": held.known.validator}
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
            if not have or start != have or not same or total not in (0, held.total):
                raise _StartOverError
        else:
            have = 0
            held.begin(told)
        await _pour(answer, held, stage, tell)
    return held.finish()


async def _pour(answer: httpx.Response, held: _Held, stage: str, tell: Tell) -> None:
    """Put what comes behind what is there."""
    host, done = _host(held.url), held.size
    speed = _Speed(done)
    with _on_disk(held.part) as file:
        async for chunk in answer.aiter_raw():
            if not done and chunk.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
                held.discard()
                raise _a_page(host)
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
        raise _BrokeOffError(_broke_off(host, done, held.total))
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
        FetchError, _BrokeOffError: there is none.
    """
    host = _host(url)
    try:
        for _ in range(REDIRECTS + 1):
            async with http.stream(method, url, headers=asked) as answer:
                if not answer.has_redirect_location:
                    yield answer
                    return
                url = _onward(url, answer.headers["Location"])
        raise FetchError(f"{host} leads from one address to the next without end.")
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
        raise _sentence(error, _host(url)) from error


async def _tried(
    once: Callable[[], Awaitable[Got]], wait: Callable[[float], None] | None = None
) -> Got:
    """What `once` gives, tried a few times with a longer pause before each."""
    pause, tries = PAUSE, 0
    while True:
        try:
            return await once()
        except _BrokeOffError as error:
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
        good = urlsplit(onward).scheme in allowed and bool(urlsplit(onward).hostname)
    except ValueError:
        good = False
    if not good:
        raise FetchError(f"{_host(url)} leads on to an address that isn't safe to follow.")
    return onward


def _refuse_status(answer: httpx.Response) -> None:
    host, status = _host(str(answer.url)), answer.status_code
    if status in GONE:
        raise MissingError
    if status == 407:
        raise _proxy("asks for a name and password")
    if status in AGAIN:
        pause = _number(answer.headers.get("Retry-After", ""))
        raise _BrokeOffError(
            f"{host} is out of order at the moment (it answers {status}): try again later.",
            min(float(pause), LONGEST_PAUSE) or None,
        )
    if status in (401, 403):
        raise FetchError(f"{host} refuses to give the register ({status}).")
    if status not in (200, 206):
        raise FetchError(f"{host} answers with what Navigator doesn't understand ({status}).")


def _refuse_a_page(answer: httpx.Response) -> None:
    host = _host(str(answer.url))
    if "html" in answer.headers.get("Content-Type", "").lower():
        raise _a_page(host)
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


# --- what went wrong, in a sentence ---


def _sentence(error: Exception, host: str) -> FetchError | _BrokeOffError:
    lasting = _lasting(error, list(_causes(error)), host)
    if lasting:
        return lasting
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return _BrokeOffError(
            f"{host} can't be reached: check the network, or ask whether it needs a proxy "
            "(HTTPS_PROXY)."
        )
    if isinstance(error, httpx.TimeoutException):
        return _BrokeOffError(f"{host} gave no answer within {ANSWER_SECONDS:.0f} seconds.")
    if isinstance(error, httpx.TransportError):
        return _BrokeOffError(_broke_off(host))
    return FetchError(f"{host} answers with what Navigator doesn't understand ({error}).")


def _lasting(error: Exception, causes: list[BaseException], host: str) -> FetchError | None:
    """What another try wouldn't mend."""
    certificate = next((c for c in causes if isinstance(c, ssl.SSLCertVerificationError)), None)
    if certificate:
        why = getattr(certificate, "verify_message", "") or "it can't be checked"
        return FetchError(
            f"The certificate of {host} isn't trusted ({why}), so nothing was fetched: a school "
            "network that looks into traffic needs its own certificate in this computer's store."
        )
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return FetchError(f"No safe connection to {host} could be made, so nothing was fetched.")
    if isinstance(error, httpx.ProxyError):
        refused = re.search(r"\b407\b", str(error))
        return _proxy("asks for a name and password" if refused else f"refuses ({error})")
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return FetchError(
            f"{host} wasn't found, so this computer seems to have no network "
            "(or needs a proxy: set HTTPS_PROXY)."
        )
    if isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL):
        return FetchError(f"{host} leads on to an address that isn't safe to follow.")
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for inner in error.exceptions:
                yield from _causes(inner)
        error = error.__cause__ or error.__context__


def _broke_off(host: str, done: int = 0, total: int = 0) -> str:
    far = f" after {done / 1e6:.1f} of {total / 1e6:.1f} MB" if total else ""
    return (
        f"The connection to {host} broke off{far} again and again; what came is kept, and "
        "`navigator update` goes on from there."
    )


def _proxy(what: str) -> FetchError:
    return FetchError(
        f"The proxy {what}: ask whoever runs the network for its address, and set "
        "HTTPS_PROXY=http://NAME:PASSWORD@PROXY:PORT."
    )


def _a_page(host: str) -> FetchError:
    return FetchError(
        f"{host} sent a web page instead of the register: the network may want you to sign in "
        "first, in a browser."
    )


@contextmanager
def _on_disk(part: Path) -> Iterator[BinaryIO]:
    try:
        with part.open("ab") as file:
            yield file
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise FetchError(
                f"There is no room left on the disk of {part.parent}: free some and run "
                "`navigator update` again; it goes on from there."
            ) from None
        raise FetchError(f"{part} can't be written ({error.strerror or error}).") from None


def _host(url: str) -> str:
    """The server's name as a person knows it: without name and password, and port where usual."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)
