"""The register: fetch DfE's newest, load what was downloaded, go back to the one before."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from navigator.cli.common import describe, draw, warn, wipe
from navigator.core.errors import RefusedError, RefusedTodayError

if TYPE_CHECKING:
    from navigator.cli.commands import Run
    from navigator.cli.common import Parser
    from navigator.core.model import RegisterInfo
    from navigator.records.settings import Settings
    from navigator.register import Progress

DOWNLOADS = "https://get-information-schools.service.gov.uk/Downloads"

USUAL = 20_000
"""Open schools in England, at the least: about 22,000 are state-funded."""

ONCE_MORE = "To fetch it again all the same, run: navigator update --again"

UPDATE_HELP = f"""\
Load the schools register, once and whenever you want newer facts. It asks the network only now:

  navigator update                 fetch DfE's newest files (about 60 MB) and take them into use
  navigator update --check         say whether there is a newer register, and take nothing
  navigator update --undo          go back to the register before; again, and forth

Stopped by Ctrl+C or a break, nothing is changed, and the next update goes on from there. A file
that was refused isn't fetched again the same day, unless --again says so.
A proxy is taken from HTTPS_PROXY, certificates from this computer's own store. Another folder than
DfE's: register_url in settings.toml, or NAVIGATOR_REGISTER_URL.

The facts about hubs and networks, which come with Navigator, may be newer as a pack:

  navigator update --facts FILE    take a pack, or fetch it from an https:// address

By hand, without a network for Navigator:

  1. Open {DOWNLOADS}
  2. Take "Establishment fields CSV" (all of England, about 60 MB), and beside it, for trusts and
     for schools that changed their URN, "All group records CSV" and "Establishment links CSV".
  3. navigator update --from FILE     (the file, the .zip, or the folder they are in)
"""


def update(command: Parser) -> Run:
    describe(command, UPDATE_HELP)
    way = command.add_mutually_exclusive_group()
    way.add_argument("--check", action="store_true", help="only say whether there is a newer one")
    way.add_argument("--undo", action="store_true", help="go back to the register before")
    way.add_argument(
        "--again", action="store_true", help="fetch also a file that was refused earlier today"
    )
    way.add_argument(
        "--from",
        dest="path",
        type=Path,
        metavar="PATH",
        help="the establishment file, its .zip, .gz or .xz, or a folder that holds it",
    )
    command.add_argument(
        "--facts",
        nargs="?",
        const="",
        metavar="FILE",
        help="newer facts about hubs and networks, as a pack: its file or https address; without "
        "one, facts_url of settings.toml; --check shows what would change, --undo goes back",
    )
    return _update


def _update(given: argparse.Namespace) -> int:
    from navigator.core import paths, wording
    from navigator.register import undo, update_from
    from navigator.register.opening import names

    if given.facts is not None:
        from navigator.cli.facts_pack import update_facts

        return update_facts(given)
    if given.check:
        return _check_newest()
    if given.undo:
        info = undo()
        print(f"Went back to {info.name}, {wording.day(info.day)}. The same again goes forth.")
        return 0
    show = _show_progress if sys.stderr.isatty() else None
    before = names(paths.data_dir())
    try:
        if given.path:
            info, taken = update_from(given.path, progress=show), True
        else:
            info, taken = _fetch(show, again=given.again)
    except KeyboardInterrupt:
        if names(paths.data_dir()) == before:
            raise
        warn("It was in use before it could be stopped; `navigator update --undo` goes back.")
        return 130
    finally:
        if show:
            wipe()
    if taken:
        _say_loaded(info)
    else:
        print(f"The register in use, {wording.day(info.day)}, is the newest: nothing was taken.")
    return 0


def _fetch(show: Callable[[Progress], None] | None, *, again: bool) -> tuple[RegisterInfo, bool]:
    """(the register in use then, whether it was taken now)."""
    from navigator.records import settings
    from navigator.register import update_over_network

    try:
        outcome = update_over_network(_settled(settings.load()), progress=show, again=again)
    except RefusedTodayError as error:
        if error.again:
            raise RefusedError(f"{error} {ONCE_MORE}") from None
        raise
    return outcome.info, outcome.taken


def _say_loaded(info: RegisterInfo) -> None:
    from navigator.core import wording

    print(
        f"Loaded {info.name}: {info.schools:,} open schools in England, {info.rows:,} rows, "
        f"dated {wording.day(info.day)}."
    )
    if info.schools < USUAL:
        print(f"England usually has some 22,000 open schools: is the file whole? {DOWNLOADS}")
    for said in wording.parts_notes(info):
        print(said)
    if info.groups_day is None or info.links_day is None:
        print("For both, see: navigator update --help")


def _check_newest() -> int:
    from navigator.core import cleaning, wording
    from navigator.records import settings
    from navigator.register import newest

    found = newest(_settled(settings.load()))
    size = f", {found.size / 1e6:.0f} MB" if found.size >= 1e6 else ""
    using = found.using
    have = f"the one in use is of {wording.day(using.day)}" if using else "none is loaded yet"
    if found.newer:
        print(f"There is a register of {wording.day(found.day)}{size}; {have}.")
        if found.refused:
            print(f"It was refused earlier today: {cleaning.plain(found.refused)}")
            print(ONCE_MORE)
        else:
            print("To take it, run: navigator update")
    else:
        print(f"There is none newer: {have}.")
    return 0


def _settled(given: Settings) -> str:
    """The address in the settings; what is wrong with them is said."""
    warn(given.problem)
    return given.register_url


def _show_progress(progress: Progress) -> None:
    draw(progress.stage, progress.share, progress.said)
