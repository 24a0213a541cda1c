"""The head's own record as text, JSON and a table: notes, bookmarks, corrections.

Contacts have no form here: they leave the computer in no output but a backup.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from navigator.core import cleaning, wording
from navigator.core.cleaning import cell
from navigator.core.keys import Key
from navigator.core.record import STAR, Bookmark, Correction, Note
from navigator.export.contract import one_line
from navigator.records.kinds import KINDS
from navigator.view.record_sections import FindSchool

NETWORK = "heads' network"

COLUMNS = (
    *("urn", "school", "about", "programme", "published", "published_as", "source"),
    *("corrected", "hub_id", "note", "day"),
)
"""Of the table of corrections: `published` by our facts, `corrected` by the head."""


class Published(NamedTuple):
    """What our facts say on the matter of a correction: hubs or bodies, the claim in words."""

    names: tuple[str, ...]
    said: str
    source: str


class ToldCorrection(NamedTuple):
    """A correction beside what is published. `name` is the body's name now."""

    correction: Correction
    name: str
    programme: str
    published: Published


def counts_text(counts: Mapping[str, int]) -> str:
    """ "12 notes, 3 bookmarks": kinds without records are left out."""
    told = {k: wording.count(counts[k], *KINDS[k].words) for k in KINDS if counts.get(k)}
    told.pop("recent", None)
    return ", ".join(told.values()) or "nothing yet"


def told_body(key: Key, name: str) -> str:
    """A body as a line names it: "Exampleton School, URN 100000", "Exampleshire (la:892)"."""
    if key.urn is not None:
        return f"{cleaning.plain(name) or 'A school'}, URN {key.urn}"
    return f"{cleaning.plain(name)} ({cleaning.plain(key)})" if name else cleaning.plain(key)


# --- notes ---


def note_text(note: Note) -> str:
    """A note as lines: its id and day, the body, tags, then its own lines."""
    day = wording.day(note.day) or "no day"
    head = [f"{cleaning.plain(note.id)}  {day}  {told_body(note.about, note.name)}"]
    more = [*_tags(note.tags)]
    if note.again:
        more.append(f"look again on {wording.day(note.again)}")
    if more:
        head.append("  " + "  ".join(more))
    return "\n".join([*head, *(f"  {line}".rstrip() for line in safe_lines(note.text))])


def safe_lines(text: str) -> Iterator[str]:
    """A text of several lines, each safe for a terminal; what is indented stays so."""
    for line in text.split("\n"):
        shown = line.expandtabs(4)
        yield " " * (len(shown) - len(shown.lstrip(" "))) + cleaning.plain(shown)


def note_json(note: Note) -> str:
    return one_line(
        {
            "id": note.id,
            "about": note.about,
            "name": note.name,
            **_urn(note.about),
            "day": _day(note.day),
            "tags": list(note.tags),
            "again": _day(note.again),
            "text": note.text,
        }
    )


# --- bookmarks ---


def bookmark_text(bookmark: Bookmark, find: FindSchool) -> str:
    """One line; of a school that closed, its successor and what was marked, or that it did."""
    body = told_body(bookmark.about, bookmark.name)
    if bookmark.about.urn:
        body = wording.joined(body, wording.not_open(find(bookmark.about.urn)), sign=", ")
    if bookmark.was:
        body = f"now {body}; was {told_body(bookmark.was.key, bookmark.was.name)}"
    marker = cleaning.plain(bookmark.marker) or STAR
    return "  ".join((marker, body, *_tags(bookmark.tags)))


def bookmark_json(bookmark: Bookmark) -> str:
    """What was marked, and as `now` the school that followed it where it has closed."""
    about, name = bookmark.was or (bookmark.about, bookmark.name)
    now = {"urn": bookmark.about.urn, "name": bookmark.name} if bookmark.was else None
    return one_line(
        {
            "id": bookmark.id,
            "about": about,
            "name": name,
            **_urn(about),
            "added": _day(bookmark.added),
            "marker": bookmark.marker or STAR,
            "tags": list(bookmark.tags),
            "now": now,
        }
    )


# --- corrections ---


def correction_text(told: ToldCorrection) -> str:
    """What the head set, and beneath it what is published."""
    correction = told.correction
    day = wording.day(correction.day) or "no day"
    said = [f"{cleaning.plain(correction.id)}  {day}  {set_text(told)}"]
    said.append(f"  {published_text(told.published)}")
    if correction.note:
        said.append(f"  Note: {cleaning.plain(correction.note)}")
    return "\n".join(said)


def set_text(told: ToldCorrection) -> str:
    """ "Exampleton School, URN 100000: Maths Hub is Central", as a line."""
    body = told_body(told.correction.about, told.name)
    names = cleaning.plain("; ".join(told.correction.names))
    if told.correction.says == "closed":
        return f"{body}: closed"
    what = NETWORK if told.correction.says == "network" else cleaning.plain(told.programme)
    return f"{body}: {what} is {names}"


def published_text(published: Published) -> str:
    names = cleaning.plain("; ".join(published.names))
    said = cleaning.plain(published.said)
    source = cleaning.plain(wording.first_source(published.source))
    told = ": ".join(t for t in (said, names) if t) or "nothing"
    return f"Published: {told}" + (f" (source {source})" if source else "")


def correction_json(told: ToldCorrection) -> str:
    correction = told.correction
    return one_line(
        {
            "id": correction.id,
            "says": correction.says,
            "about": correction.about,
            "name": told.name,
            **_urn(correction.about),
            "programme": correction.programme,
            "names": list(correction.names),
            "hubs": list(correction.hubs),
            "day": _day(correction.day),
            "note": correction.note,
            "published": list(told.published.names),
            "published_as": told.published.said,
            "source": told.published.source,
        }
    )


def corrections_csv(rows: Iterable[ToldCorrection]) -> bytes:
    """A table for whoever keeps the list: UTF-8 with the mark by which Excel knows it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for told in rows:
        correction = told.correction
        closed = correction.says == "closed"
        row = (
            str(correction.about.urn or ""),
            told.name,
            correction.about,
            NETWORK if correction.says == "network" else told.programme,
            "; ".join(told.published.names),
            told.published.said,
            told.published.source,
            "closed" if closed else "; ".join(correction.names),
            "; ".join(hub for hub in correction.hubs if hub),
            correction.note,
            _day(correction.day) or "",
        )
        writer.writerow([cell(cleaning.plain(text)) for text in row])
    return out.getvalue().encode("utf-8-sig", errors="replace")


# --- values ---


def _tags(tags: Iterable[str]) -> Iterator[str]:
    return (f"#{cleaning.plain(tag)}" for tag in tags)


def _urn(key: Key) -> Mapping[str, int]:
    return {} if key.urn is None else {"urn": key.urn}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
