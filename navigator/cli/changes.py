"""What changed between two registers, on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from navigator.cli.common import add_json, open_service, warn
from navigator.core import clock
from navigator.core.errors import RefusedError

if TYPE_CHECKING:
    from navigator.cli.commands import Run
    from navigator.cli.common import Parser
    from navigator.core.model import RegisterInfo
    from navigator.domain.changes import Changes
    from navigator.register import Register

ABOUT = """\
What changed around you since the register before the one in use: for your school (see settings),
schools near it, your bookmarks and networks, their trusts and your school's hubs; and another
website or telephone of what you bookmarked. With --from, what changed in all of England between any
two registers.
"""
A_REGISTER = (
    "DfE's establishment file, its .zip, a folder that holds it, or a register of Navigator"
)
SQLITE = b"SQLite format 3\0"


def changes(command: Parser) -> Run:
    command.description = ABOUT
    command.add_argument("--from", dest="old", type=Path, metavar="OLD", help=A_REGISTER)
    command.add_argument(
        "--to", dest="new", type=Path, metavar="NEW", help=f"{A_REGISTER}; else the one in use"
    )
    add_json(command)
    return _changes


def _changes(given: argparse.Namespace) -> int:
    if given.new and not given.old:
        raise RefusedError("--to needs --from: give the register to compare with, too.")
    if given.old:
        found, info = _in_england(given.old, given.new)
        _print(found, given.json, "England's schools, trusts and hubs", info)
        return 0
    from navigator.core import wording
    from navigator.records import settings

    school = settings.load().school
    with open_service() as service:
        warn(service.problem)
        found = service.changes(school, clock.today())
        info = service.info
    _print(found, given.json, "what is around you", info)
    if school is None:
        warn(f"{wording.NO_SCHOOL_SET}: set it in the app (Ctrl+P, Settings).")
    return 0


def _print(found: Changes, as_json: bool, what: str, info: RegisterInfo) -> None:
    from navigator.core import wording
    from navigator.domain import changes
    from navigator.export.changes import change_json, change_text
    from navigator.export.contract import headed

    if as_json:
        for difference in found.differences:
            print(headed(change_json(difference), info))
        return
    days = f"{wording.day(found.since)} to {wording.day(found.until)}"
    if not found.differences:
        print(f"{days}: of {what} nothing changed.")
        return
    print(f"{days}: {changes.summary(found)}")
    for kind in changes.KINDS:
        of_kind = found.of(kind)
        if of_kind:
            print(f"\n{changes.TITLES[kind]}")
        for difference in of_kind:
            print(f"  {change_text(difference)}")


def _in_england(old: Path, new: Path | None) -> tuple[Changes, RegisterInfo]:
    """What changed, and the newer of the two registers."""
    from navigator.core import paths
    from navigator.directory import open_directory
    from navigator.domain.changes import in_england
    from navigator.register import open_register

    own = paths.own_facts_dir()
    with ExitStack() as stack:
        before = stack.enter_context(_register(old))
        if new:
            after = stack.enter_context(_register(new))
        else:
            after = open_register()
            stack.callback(after.close)
            warn(after.problem)
            if after.info.sample:
                raise RefusedError(
                    "No register of all England is in use to compare with: give one with --to."
                )
        facts = open_directory(None, own if own.is_dir() else None)
        return in_england(before, after, facts), after.info


@contextmanager
def _register(path: Path) -> Iterator[Register]:
    """A register of Navigator's, or one built of DfE's files for as long as it is needed.

    Raises:
        RefusedError: it is neither; the text says which and why.
    """
    from tempfile import TemporaryDirectory

    from navigator.register import open_register, update_from
    from navigator.register.opening import UnusableError, open_file

    path = path.expanduser()
    if _is_ours(path):
        try:
            register = open_file(path)
        except UnusableError as error:
            raise RefusedError(f"{path} can't be compared: {error}.") from None
        try:
            yield register
        finally:
            register.close()
        return
    with TemporaryDirectory(prefix="navigator-", ignore_cleanup_errors=True) as made:
        update_from(path, Path(made))
        register = open_register(Path(made))
        try:
            yield register
        finally:
            register.close()


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(SQLITE)) == SQLITE
    except OSError:
        return False
