"""A Navigator's writes without its screens, run as a process of its own by the tests.

    python -m tests.records.driver add FOLDER NAME COUNT     adds notes, prints the id and text
    python -m tests.records.driver edit FOLDER ID COUNT      changes one note again and again
    python -m tests.records.driver one FOLDER BYTES UID      adds a note as the user UID, no file
                                                               above BYTES; prints what is refused
    python -m tests.records.driver nursery                   forks a child that writes for each
                                                               "FOLDER NAME" read from its input

What is printed is flushed after the change returned: it is acknowledged.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
from pathlib import Path

from navigator.core.errors import NavigatorError
from navigator.core.keys import Key
from navigator.core.record import Bookmark, Note
from navigator.records import RecordStore
from tests.tools.notes import note_of


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def add(mine: RecordStore, name: str, count: int) -> None:
    for n in range(count):
        text = f"{name} {n}"
        say(mine.add(Note(about=Key("school:1"), name="A school", text=text)).id, text)


def edit(mine: RecordStore, note: str, count: int) -> None:
    for n in range(count):
        mine.change(note_of(mine, note)._replace(text=f"edited {n}\nof {count}"))
        say(note, n)


def one(mine: RecordStore, most: int, user: int) -> None:
    import resource

    with tempfile.TemporaryDirectory() as other:  # whatever a change imports is in memory then
        RecordStore(Path(other)).add(Note(about=Key("school:1"), name="A school", text="first"))
        assert RecordStore(Path(other)).record.notes
    if most:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    if user:
        os.setuid(user)
    try:
        say("read", len(mine.record.notes))
        say("saved", mine.add(Note(about=Key("school:1"), name="A school", text="one more")).id)
    except NavigatorError as error:
        say(type(error).__name__, error)
    say("read", len(mine.record.notes))


def write_for_ever(mine: RecordStore, name: str) -> None:
    """Adds, changes and removes notes, each announced before and acknowledged after."""
    for n in itertools.count():
        say("add", "-", f"{name}.{n}.0")
        note = mine.add(
            Note(about=Key("school:1"), name="A school", text=f"{name}.{n}.0\n" + "and more\n" * 20)
        ).id
        say("added", note, f"{name}.{n}.0")
        if n % 3 == 1:
            say("change", note, f"{name}.{n}.1")
            mine.change(note_of(mine, note)._replace(text=f"{name}.{n}.1", tags=("shares",)))
            say("changed", note, f"{name}.{n}.1")
        if n % 3 == 2:
            say("remove", note, "-")
            mine.remove("note", note)
            say("removed", note, "-")
        mine.add(Bookmark(about=Key(f"school:{name}.{n}"), name="A school"))


def nursery() -> None:
    import filelock  # noqa: F401 - what a change imports, once for all children
    import tomli_w  # noqa: F401

    while words := sys.stdin.readline().split():
        child = os.fork()
        if child == 0:
            try:
                write_for_ever(RecordStore(Path(words[0])), words[1])
            except BaseException as error:
                say("failed", "-", repr(error))
            os._exit(1)
        say("child", child, "-")
        os.waitpid(child, 0)
        say("ended", child, "-")


def main() -> None:
    what, *rest = sys.argv[1:]
    if what == "nursery":
        nursery()
        return
    mine = RecordStore(Path(rest[0]))
    if what == "add":
        add(mine, rest[1], int(rest[2]))
    elif what == "edit":
        edit(mine, rest[1], int(rest[2]))
    elif what == "one":
        one(mine, int(rest[1]), int(rest[2]))


if __name__ == "__main__":
    main()
