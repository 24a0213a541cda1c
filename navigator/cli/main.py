"""The arguments, and the commands that ask the register and the facts: open, show, find, update."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from navigator import __version__
from navigator.cli import (
    changes,
    corrections,
    keeping,
    locality,
    plan,
    record,
    review,
    serve,
    sharing,
)
from navigator.cli.common import Parser, a_date, a_limit, a_urn, draw, standard_input, warn, wipe
from navigator.cli.files import add_forms, chosen
from navigator.core import clock
from navigator.core.errors import NavigatorError
from navigator.export import forms

if TYPE_CHECKING:
    from navigator.core.model import RegisterInfo
    from navigator.records.settings import Settings
    from navigator.register import Progress

EXAMPLES = """\
examples:
  navigator                        find a school by name, town, postcode or URN
  navigator 139217                 open a school's landscape
  navigator show 139217            print it as plain text (good with a screen reader)
  navigator show 139217 --json     … as one line of JSON
  navigator find st joseph leeds   list schools that match
  navigator update                 load all of England from DfE; --from FILE by hand
  navigator changes                what changed around you since the register before
  navigator serve                  the app in a browser, on this computer only
  navigator check-facts FOLDER     name every fault in a table of facts
  navigator note 139217 "They share their planning" --tag shares
  navigator notes planning         notes that hold a word; --due: those to look at again
  navigator bookmark 139217        keep a school at hand; navigator bookmarks lists them
  navigator set 139217 maths-hub East Midlands West    say what you know better
  navigator corrections --export FILE                  … and all of it as a table to send
  navigator backup FILE            all that you keep, in one file; navigator restore FILE
  navigator export 139217 --html FILE     a page for governors; also --markdown, --csv, --json
  navigator export england --csv FILE     a row for each school in England
  navigator locality Nottingham    figures about a place; also a district, region, URN --radius 3
  navigator overlap 139217         what it shares with the schools around it
  navigator review 139217 --html FILE     your local learning system on a page, for a heads' meeting
  navigator plan list --closing 30        professional learning; navigator plan --help
  navigator status                 which register, which facts, where every file lies
"""

DOWNLOADS = "https://get-information-schools.service.gov.uk/Downloads"

USUAL = 20_000
"""Open schools in England, at the least: about 22,000 are state-funded."""

UPDATE_HELP = f"""\
Load the schools register, once and whenever you want newer facts. It asks the network only now:

  navigator update                 fetch DfE's newest files (about 60 MB) and take them into use
  navigator update --check         say whether there is a newer register, and take nothing
  navigator update --undo          go back to the register before; again, and forth

Stopped by Ctrl+C or a break, nothing is changed, and the next update goes on from there.
A proxy is taken from HTTPS_PROXY, certificates from this computer's own store. Another folder than
DfE's: register_url in settings.toml, or NAVIGATOR_REGISTER_URL.

By hand, without a network for Navigator:

  1. Open {DOWNLOADS}
  2. Take "Establishment fields CSV" (all of England, about 60 MB), and beside it, for trusts and
     for schools that changed their URN, "All group records CSV" and "Establishment links CSV".
  3. navigator update --from FILE     (the file, the .zip, or the folder they are in)
"""


def run(arguments: Sequence[str]) -> int:
    """Run the command line; returns the exit code. Never a traceback for what a user can mend."""
    _utf8()
    parser = _parser()
    given = parser.parse_args(_with_command(arguments))
    try:
        code = given.command(given)
        sys.stdout.flush()
    except NavigatorError as error:
        warn(str(error))
        return 1
    except KeyboardInterrupt:
        print("navigator: stopped; nothing was changed.", file=sys.stderr)
        return 130
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            print(f"navigator: the output can't be written: {error.strerror}.", file=sys.stderr)
            return 1
        # The reader (head, less) has gone. Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return int(code)


def _utf8() -> None:
    """Print UTF-8 wherever it goes: a Windows pipe would else fail on the first "●"."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


COMMANDS = (
    *("open", "show", "find", "update", "status", "check-facts"),
    *record.COMMANDS,
    *corrections.COMMANDS,
    *keeping.COMMANDS,
    *changes.COMMANDS,
    *serve.COMMANDS,
    *sharing.COMMANDS,
    *locality.COMMANDS,
    *review.COMMANDS,
    *plan.COMMANDS,
)


def _with_command(arguments: Sequence[str]) -> list[str]:
    """`navigator 139217` and `navigator` mean `navigator open …`."""
    for argument in arguments:
        if argument in COMMANDS or argument in ("-h", "--help", "--version"):
            return list(arguments)
        if not argument.startswith("-"):
            break
    return ["open", *arguments]


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="navigator",
        description="Every body that could support a school in England, on one screen and offline.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"navigator {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=Parser)

    command = commands.add_parser("open", help="open the app (what `navigator [URN]` does)")
    command.add_argument(
        "urn", nargs="?", type=a_urn, help="open this school; without it, the finder"
    )
    _add_as_at(command)
    command.set_defaults(command=_open)

    command = commands.add_parser("show", help="print a school's landscape")
    command.add_argument(
        "urns", nargs="+", metavar="URN", help="one or more URNs; - reads them from standard input"
    )
    _add_as_at(command)
    add_forms(command, forms.SHOWN)
    command.set_defaults(command=_show)

    command = commands.add_parser("find", help="list schools that match words, a postcode or a URN")
    command.add_argument("words", nargs="+", metavar="WORDS")
    command.add_argument("--limit", type=a_limit, default=20, help="at most this many (20)")
    command.add_argument("--json", action="store_true", help="one JSON object a line")
    command.set_defaults(command=_find)

    command = commands.add_parser(
        "update",
        help="load all of England from DfE, or from its download",
        description=UPDATE_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    way = command.add_mutually_exclusive_group()
    way.add_argument("--check", action="store_true", help="only say whether there is a newer one")
    way.add_argument("--undo", action="store_true", help="go back to the register before")
    way.add_argument(
        "--from",
        dest="path",
        type=Path,
        metavar="PATH",
        help="the establishment file, its .zip, .gz or .xz, or a folder that holds it",
    )
    command.set_defaults(command=_update)

    command = commands.add_parser("status", help="which register, which facts, where files lie")
    command.add_argument(
        "--facts", action="store_true", help="each table of facts: rows, sources, what it covers"
    )
    command.set_defaults(command=_status)

    command = commands.add_parser("check-facts", help="name every fault in a folder of facts")
    command.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="the folder; ours if left out"
    )
    command.set_defaults(command=_check_facts)

    record.add_to(commands)
    corrections.add_to(commands)
    keeping.add_to(commands)
    changes.add_to(commands)
    serve.add_to(commands)
    sharing.add_to(commands)
    locality.add_to(commands)
    review.add_to(commands)
    plan.add_to(commands)
    return parser


def _add_as_at(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--as-at", type=a_date, metavar="DATE", help="the landscape of another day, as 2022-05-25"
    )


# --- commands ---


def _open(given: argparse.Namespace) -> int:
    in_browser = "WebDriver" in os.environ.get("TEXTUAL_DRIVER", "")  # as `navigator serve` does
    if not in_browser and (
        not sys.stdout.isatty() or os.environ.get("TERM") in ("dumb", "unknown")
    ):
        # A pipe, a file, or a terminal that can't place a cursor: the same facts as text.
        if given.urn is None:
            print(
                "navigator: no terminal to open the app in. "
                "Give a URN (navigator show 139217) or search (navigator find WORDS).",
                file=sys.stderr,
            )
            return 2
        return _print_landscapes([given.urn], given.as_at or clock.today(), "text")
    import gc

    # Until the first frame nearly all that is made stays: looking for garbage in it costs a tenth
    # of the time to first paint. The app turns it on again.
    gc.disable()
    from navigator.records import settings
    from navigator.service import Service

    service = Service()
    day = given.as_at or clock.today()
    # Found out before the app opens, so that a mistyped URN is one sentence in the terminal.
    landscape = service.landscape(given.urn, day) if given.urn is not None else None

    from navigator.ui.app import NavigatorApp

    app = NavigatorApp(service, settings.load(), landscape=landscape, as_at=given.as_at)
    app.run()
    return app.return_code or 0


def _show(given: argparse.Namespace) -> int:
    form, _ = chosen(given, forms.SHOWN)
    return _print_landscapes(_urns(given.urns), given.as_at or clock.today(), form.id)


def _urns(words: Iterable[str]) -> Iterator[int]:
    for word in words:
        for text in standard_input().split() if word == "-" else [word]:
            try:
                yield a_urn(text)
            except argparse.ArgumentTypeError as error:
                print(f"navigator: {error}", file=sys.stderr)
                sys.exit(2)


def _print_landscapes(urns: Iterable[int], day: date, form: str) -> int:
    from navigator.export.landscapes import SHOWN
    from navigator.records import settings
    from navigator.service import Service

    service = Service()
    units = settings.load().units
    warn(service.problem)
    code = 0
    for number, urn in enumerate(list(urns)):  # a word that is no URN: before anything is shown
        try:
            landscape = service.landscape(urn, day)
        except NavigatorError as error:  # the others are still printed
            warn(str(error))
            code = 1
            continue
        if number:
            print({"text": "\n", "markdown": "\n---\n\n"}.get(form, ""), end="")
        print(SHOWN[form](landscape, units))
        if form == "json":
            warn(*landscape.notices)
    return code


def _find(given: argparse.Namespace) -> int:
    from navigator.core import wording
    from navigator.export.contract import school_json
    from navigator.export.text import school_text
    from navigator.service import Service

    service = Service()
    warn(service.problem)
    words = " ".join(given.words)
    schools = service.search(words, given.limit)
    if not schools:
        sample = service.info.sample
        hint = wording.SAMPLE_NOTICE if sample else wording.try_instead(words)
        print(f"navigator: no school matches {words[:80]!r}. {hint}", file=sys.stderr)
        return 1
    for school in schools:
        print(
            school_json(school, *service.links(school.urn)) if given.json else school_text(school)
        )
    if len(schools) == given.limit:
        warn(f"These are the first {given.limit}; --limit {given.limit * 5} shows more.")
    if service.info.sample:
        warn(wording.SAMPLE_NOTICE)
    return 0


def _update(given: argparse.Namespace) -> int:
    from navigator.core import paths, wording
    from navigator.records import settings
    from navigator.register import undo, update_from, update_over_network
    from navigator.register.opening import names

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
            outcome = update_over_network(_settled(settings.load()), progress=show)
            info, taken = outcome.info, outcome.taken
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
    from navigator.core import wording
    from navigator.records import settings
    from navigator.register import newest

    found = newest(_settled(settings.load()))
    size = f", {found.size / 1e6:.0f} MB" if found.size >= 1e6 else ""
    using = found.using
    have = f"the one in use is of {wording.day(using.day)}" if using else "none is loaded yet"
    if found.newer:
        print(f"There is a register of {wording.day(found.day)}{size}; {have}.")
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


def _status(given: argparse.Namespace) -> int:
    from navigator.export.status import facts_text, status_text

    with record.opened() as service:
        print(
            facts_text(service, clock.today())
            if given.facts
            else status_text(service, clock.today())
        )
    return 0


def _check_facts(given: argparse.Namespace) -> int:
    from navigator.core import paths
    from navigator.directory.check import check
    from navigator.service import Service

    folder = given.folder or paths.facts_dir()
    if not folder.is_dir():
        raise NavigatorError(f"There is no folder {folder}. Give the folder that holds the tables.")
    service = Service()
    # The sample holds few schools: against it most leads would seem unknown.
    lead = None if service.info.sample else service.lead_known
    faults = check(folder, lead=lead, register_name=service.info.name)
    for fault in faults:
        print(fault)
    if faults:
        print(f"navigator: {len(faults)} to mend in {folder}.", file=sys.stderr)
        return 1
    print(f"No fault found in {folder}.")
    if lead is None:
        print("Lead schools weren't looked up: that needs all of England (navigator update).")
    return 0
