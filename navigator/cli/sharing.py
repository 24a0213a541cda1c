"""Landscapes as files for others, and all of England as one table."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from navigator.cli.common import a_date, a_urn, warn
from navigator.cli.record import opened
from navigator.core import clock
from navigator.core.errors import NotFoundError, RefusedError

if TYPE_CHECKING:
    from navigator.cli.common import Commands
    from navigator.export.sheet import Sheet
    from navigator.service import Service

COMMANDS = ("export",)

EXPORT_HELP = """\
Write landscapes as a file to hand on. WHAT is one or more URNs, a local authority by its code or
name, bookmarks, or england.

  navigator export 139217 --html FILE           one page for governors: print it, send it
  navigator export 139217 --markdown FILE       … as Markdown; --csv and --json, too
  navigator export Nottingham --html FOLDER     every school of an authority, in one file
  navigator export bookmarks --csv -            your bookmarked schools; - prints it
  navigator export 139217 --html FILE --with notes      … with your notes on the school

  navigator export england --csv FILE           a row for each school; --json-lines, --parquet

Your notes and contacts are left out unless you name them. In a folder, Navigator names the file.
"""

FORMS = {
    "html": "one page for governors",
    "markdown": "Markdown",
    "csv": "a table",
    "json": "one JSON object a line, as navigator show --json",
    "json-lines": "of england: one JSON object a line",
    "parquet": "of england: Parquet",
}
OF_SCHOOLS = ("html", "markdown", "csv", "json")
OF_ENGLAND = ("csv", "json-lines", "parquet")


class Asked(NamedTuple):
    """The schools asked for, what they are of ("Nottingham"), its number for a file's name."""

    urns: tuple[int, ...]
    name: str = ""
    number: str = ""


def add_to(commands: Commands) -> None:
    """Add the command's arguments."""
    command = commands.add_parser(
        "export",
        help="write landscapes as a file: a page for governors, a table, all of England",
        description=EXPORT_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("what", nargs="+", metavar="WHAT", help="see above")
    form = command.add_mutually_exclusive_group(required=True)
    for name, text in FORMS.items():
        form.add_argument(f"--{name}", metavar="FILE", help=text)
    add_own_and_force(command)
    command.add_argument(
        "--as-at", type=a_date, metavar="DATE", help="the landscapes of another day, as 2022-05-25"
    )
    command.set_defaults(command=_export)


def add_own_and_force(command: argparse.ArgumentParser) -> None:
    """The arguments of every command that writes a file for others."""
    command.add_argument(
        "--with",
        dest="parts",
        action="append",
        default=[],
        choices=("notes", "contacts"),
        help="put in your notes, or your contacts, too; may be given again",
    )
    command.add_argument("--force", action="store_true", help="replace a file that is there")


def _export(given: argparse.Namespace) -> int:
    form, target = next(
        (f, getattr(given, f.replace("-", "_")))
        for f in FORMS
        if getattr(given, f.replace("-", "_")) is not None
    )
    england = [word.casefold() for word in given.what] == ["england"]
    if form not in (OF_ENGLAND if england else OF_SCHOOLS):
        forms = " or ".join(f"--{f}" for f in (OF_ENGLAND if england else OF_SCHOOLS))
        raise RefusedError(f"{' '.join(given.what)[:60]} is written with {forms}, not --{form}.")
    if england:
        return _england(given, form, target)
    return _schools(given, form, target)


# --- some schools ---


def _schools(given: argparse.Namespace, form: str, target: str) -> int:
    from navigator.export.forms import SUFFIXES, document
    from navigator.storage import whole_file

    with opened() as service:
        warn(service.problem)
        asked = _asked(service, given.what)
        sheets, missing = _sheets(service, asked, given)
        one = sheets[0].landscape.school
        name, number = (asked.name, asked.number) if asked.name else (one.name, str(one.urn))
        data = document(form, sheets, service.find_school, asked.name)
        if target == "-":
            sys.stdout.buffer.write(data)
            return 1 if missing else 0
        file = whole_file.place(Path(target), whole_file.file_name(name, number, SUFFIXES[form]))
        with whole_file.whole(file, force=given.force) as out:
            out.write(data)
        print(f"Wrote {file}: {_told(sheets)}.")
        _say_what_is_in(sheets, given.parts)
    return 1 if missing else 0


def _asked(service: Service, what: Sequence[str]) -> Asked:
    words = " ".join(what)
    if words.casefold() == "bookmarks":
        return _bookmarked(service)
    if all(w.isascii() and w.isdigit() and 5 <= len(w) <= 7 for w in what):
        urns = tuple(dict.fromkeys(a_urn(w) for w in what))
        return Asked(urns, "Schools" if len(urns) > 1 else "")
    authority, schools = service.authority_called(words)
    if not schools:
        here = "the sample of 3 areas" if service.info.sample else "the register in use"
        raise RefusedError(f"No open state-funded school of {authority.name} is in {here}.")
    return Asked(tuple(s.urn for s in schools), authority.name, authority.code)


def _bookmarked(service: Service) -> Asked:
    bookmarks = service.record().bookmarks
    urns = tuple(b.about.urn for b in bookmarks if b.about.urn is not None)
    if not urns:
        raise RefusedError(
            "No school is bookmarked yet. To keep one at hand: navigator bookmark URN"
        )
    return Asked(urns, "Bookmarks")


def _sheets(
    service: Service, asked: Asked, given: argparse.Namespace
) -> tuple[list[Sheet], list[NotFoundError]]:
    """What can be written, and why the others can't; these are said. Raises where none can."""
    from navigator.cli.common import Bar
    from navigator.export.sheet import sheet
    from navigator.records import settings

    held, today = settings.load(), clock.today()
    sheets: dict[int, Sheet] = {}
    missing = []
    with Bar("Landscapes", len(asked.urns), "schools") as bar:
        for done, urn in enumerate(asked.urns):
            bar.show(done)
            try:
                landscape = service.landscape(urn, given.as_at or today)
            except NotFoundError as error:
                missing.append(error)
                continue
            sheets[landscape.school.urn] = sheet(
                landscape, held.units, radius=held.radius, parts=given.parts, today=today
            )
    if not sheets:
        raise missing[0]
    warn(*map(str, missing))
    return list(sheets.values()), missing


def _told(sheets: Sequence[Sheet]) -> str:
    from navigator.core import wording

    if len(sheets) == 1:
        return wording.plain(sheets[0].landscape.school.name)
    return wording.count(len(sheets), "school")


def _say_what_is_in(sheets: Sequence[Sheet], parts: Sequence[str]) -> None:
    from navigator.export.sheet import held_text

    held = held_text(sheets)
    if held:
        print(f"It holds {held.removeprefix('Holds ')} Think who should see it.")
    elif parts:
        print(f"You have no {' or '.join(dict.fromkeys(parts))} there, so it holds none.")


# --- all of England ---


def _england(given: argparse.Namespace, form: str, target: str) -> int:
    from navigator.cli.common import Bar
    from navigator.export import england
    from navigator.service import Service
    from navigator.storage import whole_file

    if given.parts:
        raise RefusedError("The table of England holds nothing of yours: leave --with out.")
    service = Service()
    warn(service.problem)
    if service.info.sample:
        from navigator.core import wording

        warn(wording.SAMPLE_NOTICE)
    day = given.as_at or clock.today()
    with _stoppable():
        maker = england.Export(service, day, form)
        with Bar("England", maker.schools, "schools") as bar:
            if target == "-":
                if form == "parquet":
                    raise RefusedError("Parquet isn't text: give a file's name for --parquet.")
                maker.write(sys.stdout.buffer, bar.show)
                return 0
            name = whole_file.file_name(
                "England", service.info.day.isoformat(), england.SUFFIXES[form]
            )
            file = whole_file.place(Path(target), name)
            with whole_file.whole(file, force=given.force) as out:
                maker.write(out, bar.show)
    columns = len(maker.columns)
    print(f"Wrote {file}: {maker.schools:,} schools, a row each, {columns} columns.")
    return 0


@contextmanager
def _stoppable() -> Iterator[None]:
    """A kill, or the window closed, stops as Ctrl+C does: no half of a file is left."""
    signals = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = [(number, signal.getsignal(number)) for number in signals]
    try:
        for number in signals:
            signal.signal(number, signal.default_int_handler)
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
