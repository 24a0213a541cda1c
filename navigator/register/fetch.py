"""Fetching DfE's register, or one file from any https address (`fetch_file`), when the user asks
and only then.

DfE publishes each file under its day. The newest is looked for from today back, links and groups
from that day back, as they may come out later than it. The files come to
the folder `download` in the data folder, and go from there into a new register as those that were
downloaded by hand do (`update`). What came before a break lies there until the next time.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from navigator.core import clock, paths
from navigator.core.errors import NavigatorError, RefusedError, RefusedTodayError
from navigator.core.model import RegisterInfo
from navigator.register import opening
from navigator.register.refused import Offered, forget
from navigator.register.sources import GROUPS, LINKS, SCHOOLS
from navigator.register.stopping import StoppedError, alone, run_until
from navigator.register.update import Progress, update_from
from navigator.storage import sums

if TYPE_CHECKING:
    from httpx import AsyncClient

DFE = "https://ea-edubase-api-prod.azurewebsites.net/edubase/downloads/public"
"""The folder of DfE's daily files; the links of the Downloads page lead there."""

VARIABLE, SETTING = "NAVIGATOR_REGISTER_URL", "register_url"
"""What name another folder: the environment's goes before the one in settings.toml."""

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""Hosts that are this computer."""

DAYS_BACK = 7


STAGES = {
    SCHOOLS: "Fetching schools",
    LINKS: "Fetching old URNs",
    GROUPS: "Fetching trusts",
}


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest register that the server has; `size` is in bytes, 0 where it doesn't say.
    `refused` is why it was refused earlier today, "" where it wasn't."""

    day: date
    size: int
    using: RegisterInfo | None
    refused: str = ""

    @property
    def newer(self) -> bool:
        """Whether it is worth taking: newer than the one in use, or that one lacks a part."""
        using = self.using
        if using is None or using.day < self.day:
            return True
        lacking = bool(using.lacks) or None in (using.links_day, using.groups_day)
        return using.day == self.day and lacking


@dataclass(frozen=True, slots=True)
class Outcome:
    """The register in use after an update, and whether it was `taken` now."""

    info: RegisterInfo
    taken: bool


def folder_address(setting: str = "") -> str:
    """The address of the folder that holds the files.

    Args:
        setting: `register_url` of the user's settings, "" for none.

    Raises:
        RefusedError: the one given is no http or https address.
    """
    given, where = os.environ.get(VARIABLE, "").strip(), VARIABLE
    if not given:
        given, where = setting.strip(), f"{SETTING} in settings.toml"
    if not given:
        return DFE
    try:
        parts = urlsplit(given)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if good and parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise RefusedError(
            f"{where} is “{given[:80]}”: what comes by http anyone on the way can change. Give an "
            "address that begins with https://; http is for this computer alone."
        )
    if not good or parts.query or parts.fragment or not given.isprintable():
        raise RefusedError(
            f"{where} is “{given[:80]}”, and is to be the address of a folder that begins with "
            "https://: mend it, or take it away to use DfE's."
        )
    return given.rstrip("/")


def server(setting: str = "") -> str:
    """The name of the server that an update asks. Raises RefusedError as `folder_address` does."""
    return urlsplit(folder_address(setting)).hostname or ""


def newest(
    setting: str = "",
    data_dir: Path | None = None,
    stop: threading.Event | None = None,
) -> Newest:
    """Ask what the newest register is; nothing is fetched.

    Raises:
        FetchError: it can't be asked, in one sentence with the next step.
        StoppedError: `stop` was set.
    """
    base = folder_address(setting)
    folder = data_dir or paths.data_dir()
    using = opening.current_info(folder)

    async def look() -> Newest:
        from navigator.register import download

        async with download.client() as http:
            day, size = await _latest(http, base)
            return Newest(day, size, using, Offered(base, day, size).why_refused(folder))

    return run_until(look(), stop)


def update_over_network(
    setting: str = "",
    data_dir: Path | None = None,
    progress: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
    *,
    again: bool = False,
) -> Outcome:
    """Fetch the newest register and take it into use, unless the one in use is as new.

    Args:
        setting: `register_url` of the user's settings, "" for none.
        data_dir: where registers lie; the user's data folder if left out.
        progress: told about ten times a second.
        stop: set from another thread, it ends the update soon, with nothing changed.
        again: fetch also what was refused earlier today.

    Raises:
        FetchError: it can't be fetched; what came so far is kept.
        RefusedTodayError: what came can't be used; or the newest was refused earlier today, and
            wasn't fetched again.
        StoppedError: `stop` was set.
        NavigatorError: the disk wouldn't. Each in one sentence with the next step; nothing changed.
    """
    base = folder_address(setting)
    folder = data_dir or paths.data_dir()

    def tell(told: Progress) -> None:
        if progress:
            progress(told)
        if stop and stop.is_set():
            raise StoppedError

    with alone(folder) as into:
        using = opening.current_info(folder)
        try:
            offered = run_until(_fetch(base, into, using, tell, again=again), stop)
        except OSError as error:
            from navigator.register.failures import FetchError

            raise FetchError(
                f"{into} can't be written ({error.strerror or error}); nothing was changed. Close "
                "what has a file in it open, or free some room, and run `navigator update` again."
            ) from error
        if not offered:
            assert using is not None  # noqa: S101 - the only register that is new enough
            return Outcome(using, taken=False)
        try:
            info = update_from(into, folder, tell)
        except RefusedError as error:
            if _as_offered(into, offered):
                offered.note(folder, str(error))
            shutil.rmtree(into, ignore_errors=True)  # the same bytes would be refused again
            from navigator.register.failures import BY_HAND

            raise RefusedTodayError(f"{error} {BY_HAND}") from None
        shutil.rmtree(into, ignore_errors=True)
        forget(folder)
        return Outcome(info, taken=True)


def fetch_file(address: str, into: Path, *, most: int) -> Path:
    """Fetch one file of at most so many bytes from an https address into a folder.

    Raises:
        RefusedError: the address isn't one, or there is more.
        NavigatorError: it can't be had; one sentence with the next step.
    """
    from navigator.register import download, failures

    try:
        parts = urlsplit(address)
        good = parts.scheme == "https" and bool(parts.hostname) and address.isprintable()
    except ValueError:
        good = False
    if not good:
        raise RefusedError(
            f"“{address[:80]}” is to be an address that begins with https://, or a file."
        )
    host = failures.host_of(address)

    def tell(told: Progress) -> None:
        if max(told.done, told.total) > most:
            raise RefusedError(f"{host} sends more than {most / 1e6:.0f} MB: that is no such file.")

    name = _own_name(parts.path)

    async def get() -> Path:
        async with download.client() as http:
            file = await download.fetch(http, address, into / name, f"Asking {host}", tell)
            for path, beside in (
                (f"{parts.path}{sums.OWN}", f"{name}{sums.OWN}"),
                (f"{parts.path.rpartition('/')[0]}/{sums.ALL}", sums.ALL),
            ):
                if await _beside(http, parts._replace(path=path).geturl(), into / beside):
                    break
            return file

    try:
        return run_until(get(), None)
    except download.MissingError:
        raise RefusedError(f"{host} has no such file: look at the address.") from None
    except failures.FetchError as error:
        said = str(error).removesuffix(failures.BY_HAND).strip()
        said = said.replace("the register", "the file")
        raise NavigatorError(f"{said} Or take the file in a browser, and give its name.") from None


def _own_name(path: str) -> str:
    """The name of a file in an address, where it is one that any system takes."""
    name = path.rpartition("/")[2]
    return name if re.fullmatch(r"[A-Za-z0-9][\w.-]{0,80}\.[A-Za-z0-9]+", name) else "fetched"


async def _fetch(
    base: str,
    into: Path,
    using: RegisterInfo | None,
    tell: Callable[[Progress], None],
    *,
    again: bool,
) -> Offered | None:
    """Fetch the files of the newest day; None where the register in use is as new."""
    from navigator.register import download, failures

    async with download.client() as http:
        tell(Progress(f"Asking {urlsplit(base).hostname}", 0, 0, None))
        day, size = await _latest(http, base)
        if not Newest(day, size, using).newer:
            return None
        offered = Offered(base, day, size)
        if not again:
            offered.refuse_again(into.parent)
        names = {what: _names(what, day) for what in STAGES}
        names[SCHOOLS] = names[SCHOOLS][:1]
        for left in into.iterdir():  # of another day
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            elif not left.name.startswith(tuple(n for some in names.values() for n in some)):
                left.unlink()
        _refuse_if_full(into, size)
        came = []
        for what, some in names.items():
            for name in some:
                try:
                    await download.fetch(http, f"{base}/{name}", into / name, STAGES[what], tell)
                    came.append(name)
                    break
                except download.MissingError:
                    if what == SCHOOLS:
                        raise failures.FetchError(
                            f"{urlsplit(base).hostname} took the register away while it was "
                            "fetched: run `navigator update` again."
                        ) from None
        # DfE publishes no checksums: nobody is asked for what isn't there
        if base != DFE and not await _beside(http, f"{base}/{sums.ALL}", into / sums.ALL):
            for name in came:
                await _beside(http, f"{base}/{name}{sums.OWN}", into / f"{name}{sums.OWN}")
        return offered


def _as_offered(into: Path, offered: Offered) -> bool:
    """Whether what came is as long as the server said: else another try may well bring another."""
    file = into / _names(SCHOOLS, offered.day)[0]
    return not offered.size or not file.exists() or file.stat().st_size == offered.size


async def _beside(http: AsyncClient, address: str, target: Path) -> bool:
    """Fetch a file of checksums; False where none can be had. Who keeps it from us could as well
    have sent another file: so there is nothing to refuse then."""
    import gzip

    from navigator.register import download, failures
    from navigator.storage.zips import BAD_ZIP, is_of_disk

    target.unlink(missing_ok=True)
    try:
        came = await download.fetch(http, address, target, "Asking for checksums", _within_sums)
        if came != target:  # the server packed it on the way
            with gzip.open(came) as packed:
                target.write_bytes(packed.read(sums.MOST_BYTES))
            came.unlink()
        if not sums.holds_any(target):
            target.unlink()
            return False
    except (download.MissingError, failures.FetchError, *BAD_ZIP) as error:
        if is_of_disk(error):
            raise
        return False
    return True


def _within_sums(told: Progress) -> None:
    if max(told.done, told.total) > sums.MOST_BYTES:
        from navigator.register.failures import FetchError

        raise FetchError("That is no list of checksums.")


async def _latest(http: AsyncClient, base: str) -> tuple[date, int]:
    """The newest day that has an establishment file, from today back, and that file's size."""
    from navigator.register import download, failures

    today = clock.today()
    for back, name in enumerate(_names(SCHOOLS, today)):
        try:
            return today - timedelta(days=back), await download.size(http, f"{base}/{name}")
        except download.MissingError:
            continue
    raise failures.FetchError(
        f"{urlsplit(base).hostname} has no register of today or of the {DAYS_BACK} days before: "
        "it may have moved."
    )


def _names(what: str, day: date) -> list[str]:
    """DfE's file names of a day and of those before it: the one place that knows the pattern."""
    days = (day - timedelta(days=back) for back in range(DAYS_BACK + 1))
    return [f"{what}{each:%Y%m%d}.csv" for each in days]


def _refuse_if_full(into: Path, size: int) -> None:
    held = sum(path.stat().st_size for path in into.iterdir())
    if shutil.disk_usage(into).free < max(size - held, 0):
        from navigator.register.failures import FetchError

        raise FetchError(
            f"The register takes {size / 1e6:.0f} MB and the disk of {into} has no room for it: "
            "free some and run `navigator update` again."
        )
