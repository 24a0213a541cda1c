"""What goes wrong between this computer and a server, in a sentence with the next step."""

from __future__ import annotations

import errno
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

import httpx

from navigator.core import wording
from navigator.core.errors import NavigatorError

BY_HAND = f"Or take the file by hand from {wording.DOWNLOADS} and run: navigator update --from FILE"


class FetchError(NavigatorError):
    """Why a file couldn't be fetched, in one sentence, and the next step; nothing was changed."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"{sentence} {BY_HAND}")


class BrokeOffError(Exception):
    """A failure that another try may mend; `sentence` says it if none does.

    `further` where the try brought a good piece of the file: the count of tries begins anew.
    """

    def __init__(self, sentence: str, pause: float | None = None) -> None:
        self.sentence, self.pause, self.further = sentence, pause, False


def sentence(error: Exception, host: str, seconds: float) -> FetchError | BrokeOffError:
    """What to say of a failure that httpx tells; a server has so many seconds to answer."""
    lasting = _lasting(error, list(_causes(error)), host)
    if lasting:
        return lasting
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return BrokeOffError(
            f"{host} can't be reached: check the network, or ask whether it needs a proxy "
            "(HTTPS_PROXY)."
        )
    if isinstance(error, httpx.TimeoutException):
        return BrokeOffError(f"{host} gave no answer within {seconds:.0f} seconds.")
    if isinstance(error, httpx.TransportError):
        return BrokeOffError(broke_off(host))
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
        return proxy_refuses("asks for a name and password" if refused else f"refuses ({error})")
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


def broke_off(host: str, done: int = 0, total: int = 0) -> str:
    far = f" after {done / 1e6:.1f} of {total / 1e6:.1f} MB" if total else ""
    return (
        f"The connection to {host} broke off{far} again and again; what came is kept, and "
        "`navigator update` goes on from there."
    )


def proxy_refuses(what: str) -> FetchError:
    return FetchError(
        f"The proxy {what}: ask whoever runs the network for its address, and set "
        "HTTPS_PROXY=http://NAME:PASSWORD@PROXY:PORT."
    )


def a_page(host: str) -> FetchError:
    return FetchError(
        f"{host} sent a web page instead of the register: the network may want you to sign in "
        "first, in a browser."
    )


@contextmanager
def on_disk(part: Path) -> Iterator[BinaryIO]:
    """A file to write on at the end of; what the disk won't is told as a `FetchError`."""
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


def host_of(url: str) -> str:
    """The server's name as a person knows it: without name and password, and port where usual."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)
