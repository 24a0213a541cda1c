"""The head's notes and bookmarks on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from navigator.cli.common import a_date, add_json, open_service, standard_input, the_body, warn
from navigator.core import clock, texts
from navigator.core.errors import NavigatorError, NotFoundError
from navigator.core.fields import DATE_HINT
from navigator.core.keys import Key
from navigator.core.record import BodyRef, Bookmark, Note

if TYPE_CHECKING:
    from navigator.cli.commands import Run
    from navigator.cli.common import Parser
    from navigator.service import Service

BODY = "a URN or a school's name, or another body's key such as la:892 or hub:maths-hub/central"

MOST_READ = 1_000_000
"""Characters read from standard input: far more than a note may hold."""


def note(command: Parser) -> Run:
    command.add_argument("about", metavar="URN", help=BODY)
    command.add_argument(
        "text", nargs="+", metavar="TEXT", help="the note; - reads it from standard input"
    )
    _add_tags(command)
    command.add_argument(
        "--again", type=a_date, metavar="DATE", help=f"look at it again on this day: {DATE_HINT}"
    )
    return _note


def notes(command: Parser) -> Run:
    command.add_argument("words", nargs="*", metavar="WORDS", help="only those that hold them all")
    command.add_argument("--about", metavar="URN", help=f"only on this body: {BODY}")
    command.add_argument("--due", action="store_true", help="only those to look at again by today")
    add_json(command)
    return _notes


def bookmark(command: Parser) -> Run:
    command.add_argument("about", metavar="URN", help=BODY)
    _add_tags(command)
    command.add_argument("--remove", action="store_true", help="take the bookmark away")
    return _bookmark


def bookmarks(command: Parser) -> Run:
    add_json(command)
    return _bookmarks


def _add_tags(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--tag",
        dest="tags",
        action="append",
        default=[],
        metavar="WORD",
        help="a tag, such as shares, sells, protects, open, closed; may be given again",
    )


def find(service: Service, key: Key) -> BodyRef:
    """The body of a key, by its name today; of a closed school the successor, and it is said.

    Raises:
        NotFoundError: there is no such body; the text says what to do next.
    """
    from navigator.core import cleaning

    name = key.name
    if key.urn is not None:
        warn(service.problem)
        school, notices = service.school(key.urn, clock.today())
        warn(*notices)
        return BodyRef(Key.school(school.urn), cleaning.plain(school.name))
    names: dict[str, Callable[[], str]] = {
        "hub": lambda: _hub_name(service, key),
        "programme": lambda: service.directory.programme(name).name,
        "trust": lambda: service.register.trust_name(name),
        "la": lambda: getattr(service.directory.authority(name), "name", ""),
        "network": lambda: service.network_or_partnership(key).name,
        "partnership": lambda: service.network_or_partnership(key).name,
        "own": lambda: next((n.name for n in service.kept.networks if n.id == name), ""),
    }
    if key.kind not in names:
        raise NotFoundError(
            f"There is no body {key[:60]!r}. Give a URN, or one of these with what it names: "
            + ", ".join(f"{k}:…" for k in names)
        )
    found = names[key.kind]()
    if not found:
        sample = " (the sample of 3 areas)" if service.info.sample and key.kind == "trust" else ""
        raise NotFoundError(
            f"No body {key[:60]!r} is known{sample}. In the app, d lists every body there is."
        )
    return BodyRef(key, cleaning.plain(found))


def _hub_name(service: Service, key: Key) -> str:
    programme, hub_id = key.programme_and_hub
    return next((h.name for h in service.directory.hubs(programme) if h.id == hub_id), "")


# --- notes ---


def _note(given: argparse.Namespace) -> int:
    from navigator.export.record import told_body

    with open_service() as service:
        body = find(service, the_body(service, given.about))
        text = standard_input(MOST_READ) if given.text == ["-"] else " ".join(given.text)
        note = Note(
            about=body.key, name=body.name, tags=tuple(given.tags), again=given.again, text=text
        )
        print(service.records.add(note).id)
        if given.about not in (body.key, str(body.key.urn)):  # it was named
            warn(f"noted on {told_body(*body)}.")
    return 0


def _notes(given: argparse.Namespace) -> int:
    from navigator.export.contract import headed
    from navigator.export.record import note_json, note_text

    with open_service() as service:
        record = service.kept
        if not record.notes:
            warn('there are no notes yet. To write one, run: navigator note URN "its text"')
            return 0
        notes = record.notes_with(" ".join(given.words))
        if given.due:
            found = set(notes)
            notes = tuple(note for note in record.due(clock.today()) if note in found)
        if given.about:
            ids = _on(service, the_body(service, given.about))
            notes = tuple(note for note in notes if note.id in ids)
        for number, note in enumerate(notes):
            if given.json:
                print(headed(note_json(note), service.info))
            else:
                print(("\n" if number else "") + note_text(note))
        if not notes:
            due = " is due to be looked at again" if given.due else ""
            words = f" holds {' '.join(given.words)[:80]!r}" if given.words else ""
            about = f" is on {given.about[:60]!r}" if given.about else ""
            that = " and".join(t for t in (about, words, due) if t)
            warn(f"no note{that}. There are {len(record.notes):,}; navigator notes lists them.")
            return 1
    return 0


def _on(service: Service, key: Key) -> set[str]:
    """The ids of the notes on a body: for a school those on the closed ones before it, too."""
    as_written = {note.id for note in service.kept.notes if note.about == key}
    try:
        body = find(service, key)
    except NavigatorError:
        if as_written:  # a body that the register or facts in use no longer hold
            return as_written
        raise
    return as_written | {note.id for note in service.record().notes if note.about == body.key}


# --- bookmarks ---


def _bookmark(given: argparse.Namespace) -> int:
    from navigator.export.record import told_body

    with open_service() as service:
        about = the_body(service, given.about)
        held = next((b for b in service.kept.bookmarks if b.about == about), None)
        if not (held and given.remove):  # what no longer exists can still be taken away
            body = find(service, about)
            said = told_body(*body)
            held = next((b for b in service.record().bookmarks if b.about == body.key), None)
        else:
            said = told_body(held.about, held.name)
        if given.remove:
            if held is None:
                warn(f"{said} isn't bookmarked.")
            else:
                service.records.remove("bookmark", held.id)
                print(f"No longer bookmarked: {said}")
        elif held is None:
            marked = Bookmark(about=body.key, name=body.name, tags=tuple(given.tags))
            service.records.add(marked)
            print(f"Bookmarked: {said}")
        else:
            _add_tags_to(service, held, texts.tagged(given.tags), said)
    return 0


def _add_tags_to(service: Service, held: Bookmark, tags: list[str], said: str) -> None:
    added = [tag for tag in tags if tag not in held.tags]
    if not added:
        warn(f"{said} is bookmarked already.")
        return
    service.records.change(held._replace(tags=(*held.tags, *added)))
    print(f"Bookmarked already, now tagged {' '.join(f'#{tag}' for tag in added)}: {said}")


def _bookmarks(given: argparse.Namespace) -> int:
    from navigator.export.contract import headed
    from navigator.export.record import bookmark_json, bookmark_text

    with open_service() as service:
        bookmarks = service.record().bookmarks
        if not bookmarks:
            warn("there are no bookmarks yet. To keep a school at hand: navigator bookmark URN")
        for bookmark in bookmarks:
            if given.json:
                print(headed(bookmark_json(bookmark), service.info))
            else:
                print(bookmark_text(bookmark, service.find_school))
    return 0
