"""Landscapes as files for others, and all of England as one table."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from navigator.cli.common import a_urn, add_as_at, describe, open_service, warn
from navigator.cli.files import add_force, add_forms, add_parts, chosen, deliver
from navigator.core import clock
from navigator.core.errors import NotFoundError, RefusedError, SeveralError
from navigator.core.keys import KINDS_WITH_SCHOOLS, Key, is_urn
from navigator.core.model import School
from navigator.export import forms

if TYPE_CHECKING:
    from navigator.cli.commands import Run
    from navigator.cli.common import Parser
    from navigator.domain.index import Listed
    from navigator.export.forms import Form
    from navigator.service import Service
    from navigator.view.documents import LandscapeSheet
    from navigator.view.sections import Page

PARTS_HELP = "put in your notes, or your contacts, too; may be given again"

EXPORT_HELP = """\
Write landscapes as a file to hand on. WHAT is one or more URNs, a school's name, a local
authority, trust, hub, district, diocese or network of yours by name, code or key (la:892;
`navigator find` prints them), bookmarks, or england.

  navigator export 139217 --html FILE           one page for governors: print it, send it
  navigator export 139217 --markdown FILE       … as Markdown; --csv and --json, too
  navigator export Nottingham --html FOLDER/    every school of an authority, in one file
  navigator export "Transform Trust" --csv FILE … of a trust
  navigator export bookmarks --csv -            your bookmarked schools; - prints it
  navigator export 139217 --html FILE --with notes      … with your notes on the school

  navigator export Nottingham --site FOLDER     a folder of pages to hand out: an index to sort and
                                                search, a map, a page a school, one for each body

  navigator export england --csv FILE           a row for each school; --json-lines, --parquet

Your notes and contacts are left out unless you name them. In a folder, Navigator names the file; a
path that ends in / is a folder and is made, and a name without an ending gets the form's (.html).
"""


class SchoolsAsked(NamedTuple):
    """The schools asked for, what they are of ("Nottingham"), its number for a file's name; `said`
    tells which of its schools they are."""

    urns: tuple[int, ...]
    name: str = ""
    number: str = ""
    said: str = ""


def export(command: Parser) -> Run:
    describe(command, EXPORT_HELP)
    command.add_argument("what", nargs="+", metavar="WHAT", help="see above")
    add_forms(command, forms.LANDSCAPE, forms.ENGLAND, required=True)
    add_parts(command, forms.LANDSCAPE, PARTS_HELP)
    add_force(command)
    add_as_at(command, "the landscapes of another day")
    return _export


def _export(given: argparse.Namespace) -> int:
    form, target = chosen(given, forms.LANDSCAPE, forms.ENGLAND)
    england = [word.casefold() for word in given.what] == ["england"]
    if form.id == "site" and not england:
        return _site(given, target)
    subject = forms.ENGLAND if england else forms.LANDSCAPE
    if form.id not in subject.files:
        can = " or ".join(f"--{f}" for f in subject.files)
        raise RefusedError(f"{' '.join(given.what)[:60]} is written with {can}, not --{form.id}.")
    form = subject.files[form.id]
    return _england(given, form, target) if england else _schools(given, form, target)


def _schools(given: argparse.Namespace, form: Form, target: str) -> int:
    from navigator.core import cleaning, wording
    from navigator.export.landscapes import LandscapeExport

    with open_service() as service:
        warn(service.problem)
        asked = _asked(service, given.what)
        sheets, missing = _sheets(service, asked, given)
        of = LandscapeExport(sheets, service.find_school, asked.name)
        one = sheets[0].landscape.school
        name, number = (asked.name, asked.number) if asked.name else (one.name, str(one.urn))
        file = deliver(of, form, target, name, number, force=given.force)
        if file:
            several = wording.count(len(sheets), "school")
            print(f"Wrote {file}: {cleaning.plain(one.name) if len(sheets) == 1 else several}.")
            if of.held:
                print(f"It holds {of.held.removeprefix('Holds ')} Think who should see it.")
            elif given.parts:
                parts = " or ".join(dict.fromkeys(given.parts))
                print(f"You have no {parts} there, so it holds none.")
    return 1 if missing else 0


def _site(given: argparse.Namespace, target: str) -> int:
    from navigator.core import cleaning, wording
    from navigator.export import site
    from navigator.export.landscapes import LandscapeExport
    from navigator.records import settings
    from navigator.storage import whole_folder

    if target == "-":
        raise RefusedError("A folder of pages can't be printed: give a folder's name for --site.")
    whole_folder.check(target, force=given.force)
    with open_service() as service:
        warn(service.problem)
        asked = _asked(service, given.what)
        sheets, missing = _sheets(service, asked, given)
        name = asked.name or sheets[0].landscape.school.name
        of = LandscapeExport(sheets, service.find_school, name)
        day, units = given.as_at or clock.today(), settings.load().units

        def find_page(key: Key) -> Page | None:
            try:
                return service.page(key, None, day, units)
            except NotFoundError:  # a hub that only the head named
                return None

        files = site.files(of, find_page, clock.today(), asked.said)
        folder, size = whole_folder.write(target, files, force=given.force, private=of.private)
        schools = wording.count(len(sheets), "school")
        shown = cleaning.plain(str(folder))
        print(f"Wrote {shown}: {schools}, {len(files)} files, {size / 1e6:.1f} MB.")
        print(f"Open {cleaning.plain(str(folder / site.INDEX))} in a browser.")
        if of.held:
            print(f"It holds {of.held.removeprefix('Holds ')} Think who should see it.")
    return 1 if missing else 0


def _asked(service: Service, what: Sequence[str]) -> SchoolsAsked:
    words = " ".join(what)
    if words.casefold() == "bookmarks":
        urns = tuple(urn for b in service.record().bookmarks if (urn := Key(b.about).urn))
        if not urns:
            raise RefusedError(
                "No school is bookmarked yet. To keep one at hand: navigator bookmark URN"
            )
        return SchoolsAsked(urns, "Bookmarks")
    if all(map(is_urn, what)):
        urns = tuple(dict.fromkeys(a_urn(w) for w in what))
        return SchoolsAsked(urns, "Schools" if len(urns) > 1 else "")
    today = clock.today()
    try:  # a part of an authority's name means that, whatever else has it in its name
        body: School | Listed = service.body_meant(words, today, ("la",))
    except SeveralError:
        raise
    except NotFoundError:
        body = service.meant(words, today, KINDS_WITH_SCHOOLS)
    if isinstance(body, School):
        return SchoolsAsked((body.urn,))
    if said := body.once_called(words):
        warn(f"{said}.")
    urns = service.urns_of(body, today)
    if not urns:
        here = "the sample of 3 areas" if service.info.sample else "the register in use"
        raise RefusedError(f"No open state-funded school of {body.name} is in {here}.")
    said = "open, of its phases, where it works" if body.key.kind == "hub" else ""
    return SchoolsAsked(urns, body.name, body.key.name.rpartition(":")[2], said)


def _sheets(
    service: Service, asked: SchoolsAsked, given: argparse.Namespace
) -> tuple[list[LandscapeSheet], list[NotFoundError]]:
    """What can be written, and why the others can't; these are said. Raises where none can."""
    from navigator.cli.common import Bar
    from navigator.records import settings
    from navigator.view.documents import sheet

    held, today = settings.load(), clock.today()
    sheets: dict[int, LandscapeSheet] = {}
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


# --- all of England ---


def _england(given: argparse.Namespace, form: Form, target: str) -> int:
    from navigator.cli.common import Bar
    from navigator.core import wording
    from navigator.export import england
    from navigator.service import Service
    from navigator.storage import whole_file

    if given.parts:
        raise RefusedError("The table of England holds nothing of yours: leave --with out.")
    service = Service()
    warn(service.problem, wording.SAMPLE_NOTICE if service.info.sample else "")
    with _stoppable():
        maker = england.Export(service, given.as_at or clock.today(), form.id)
        with Bar("England", maker.schools, "schools") as bar:
            if target == "-":
                if form.id == "parquet":
                    raise RefusedError("Parquet isn't text: give a file's name for --parquet.")
                maker.write(sys.stdout.buffer, bar.show)
                return 0
            name = whole_file.file_name("England", service.info.day.isoformat(), form.suffix)
            file = whole_file.place(target, name)
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
