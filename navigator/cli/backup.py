"""Back up all that the head keeps, and bring it back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from navigator.cli.common import open_service, warn
from navigator.cli.files import add_force
from navigator.core.errors import RefusedError

if TYPE_CHECKING:
    from navigator.cli.commands import Run
    from navigator.cli.common import Parser
    from navigator.records.backup import Backup
    from navigator.records.merge import Restored


def backup(command: Parser) -> Run:
    command.add_argument("file", type=Path, metavar="FILE", help="the .zip to write")
    add_force(command)
    command.add_argument(
        "--without-contacts", action="store_true", help="leave out the people you noted"
    )
    return _backup


def restore(command: Parser) -> Run:
    command.add_argument("file", type=Path, metavar="FILE", help="what navigator backup wrote")
    how = command.add_mutually_exclusive_group()
    how.add_argument(
        "--merge", action="store_true", help="add what is missing here; of two, the newer stays"
    )
    how.add_argument("--replace", action="store_true", help="replace what is here, without asking")
    return _restore


def _backup(given: argparse.Namespace) -> int:
    from navigator.export.record import counts_text
    from navigator.records import backup

    with open_service() as service:
        records = service.records
        if records.is_new():
            raise RefusedError(
                f"There is nothing to back up yet in {records.path}: no notes, no bookmarks."
            )
        counts = records.counts()
        data = records.backup(contacts=not given.without_contacts)
        backup.write(given.file, data, force=given.force)
        contacts = counts.pop("contact") if given.without_contacts else counts["contact"]
        print(f"Wrote {given.file}: {counts_text(counts)}, and your settings.")
        if contacts and given.without_contacts:
            print("Your contacts were left out of it.")
        elif contacts:
            print("It holds people (contacts): keep it as safe as their names.")
    return 0


def _restore(given: argparse.Namespace) -> int:
    from navigator.export.record import counts_text
    from navigator.records import backup, settings

    with open_service() as service:
        records = service.records
        held = backup.read(given.file)
        merge, here = given.merge, records.counts()
        brought = _settings_of(held)
        if not (given.merge or given.replace or records.is_new()):
            # What isn't in the backup stays: nothing need be said of it
            told = {kind: number for kind, number in here.items() if kind in held.counts}
            answer = _ask(counts_text(told), held, counts_text(held.counts), ", ".join(brought))
            if answer not in ("y", "m"):
                warn("nothing was changed.")
                return 1
            merge = answer == "m"
        settings_go = merge and (records.path / settings.FILE).exists()
        if not settings_go:
            held = _without_addresses(held, brought)
        done = records.restore(held, merge=merge)
        if merge:
            print(f"Merged the backup of {_when(held)}: {_merged(done)}.")
        else:
            print(f"Restored the backup of {_when(held)}: {counts_text(held.counts)}.")
        if brought and not settings_go:
            print(f"Settings are as the backup has them: {', '.join(brought)}.")
        if done.before:
            print(f"What was here before is in {done.before}")
            if here["contact"]:
                print("It holds people (contacts), as your own files do.")
            print(f'To go back, run: navigator restore --replace "{done.before}"')
    return 0


def _settings_of(held: Backup) -> dict[str, Any]:
    """The settings that a backup brings, by their keys."""
    from navigator.records import settings

    return settings.brought(held.files.get(settings.FILE, b""))


def _without_addresses(held: Backup, brought: dict[str, Any]) -> Backup:
    """The backup, without an address to update from that the head doesn't want. Whoever made the
    file could else give them any register."""
    from navigator.records import settings

    try:
        here = settings.brought(settings.settings_file().read_bytes())
    except (OSError, ValueError, RecursionError):
        here = {}
    foreign = {k: brought[k] for k in settings.ADDRESSES if brought.get(k) not in ("", here.get(k))}
    if not foreign:
        return held
    told = " and ".join(f"{key} = {str(value)[:200]}" for key, value in foreign.items())
    if sys.stdin.isatty() and _answer(
        f"The backup would have updates fetched from elsewhere: {told}\n"
        "Take that, too? Only if you know the address. [y/N] "
    ).startswith("y"):
        return held
    warn(f"left out of the settings: {told}. If you know the address, put it into settings.toml.")
    for key in foreign:
        brought.pop(key)
    data = settings.without(held.files[settings.FILE], foreign, here)
    return held._replace(files={**held.files, settings.FILE: data})


def _ask(here: str, held: Backup, there: str, keys: str) -> str:
    """The first letter of the answer; "" where there is nobody to ask."""
    if not sys.stdin.isatty():
        warn("there is no terminal to ask on. Give --merge, or --replace to replace what is here.")
        return ""
    question = (
        f"Here: {here}. The backup of {_when(held)}: {there}"
        f"{f', and settings ({keys})' if keys else ''}.\n"
        "Replace what is here (y), merge the two (m), or leave all as it is? [y/m/N] "
    )
    return _answer(question)[:1]


def _answer(question: str) -> str:
    print(question, end="", file=sys.stderr, flush=True)
    # Only before the first line is read: after it Python refuses, also where nothing would change
    if hasattr(sys.stdin, "reconfigure") and sys.stdin.errors != "replace":
        sys.stdin.reconfigure(errors="replace")
    return sys.stdin.readline().strip().casefold()


def _when(held: Backup) -> str:
    from navigator.core import wording

    return f"{wording.day(held.made.date())}, {held.made:%H:%M}"


def _merged(done: Restored) -> str:
    from navigator.core import wording

    told = [f"{done.added:,} added"]
    if done.replaced:
        told.append(f"{done.replaced:,} here were older and were replaced")
    if done.both:
        told.append(f"{wording.count(done.both, 'note')} kept in both versions")
    if done.stayed:
        told.append(f"{done.stayed:,} here differ and stay as they are")
    if told == ["0 added"]:
        return "all that it holds was here already"
    return ", ".join(told)
